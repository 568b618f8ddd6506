"""What a running process asks of the dossier: names for its conditions, work for its service tasks, decisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bedrijfsbureau import engine, feel
from bedrijfsbureau.actions.command import outbox
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.computed import recompute
from bedrijfsbureau.actions.command.handlers import HANDLERS
from bedrijfsbureau.actions.kinds.decisions import trace_of
from bedrijfsbureau.actions.kinds.expressions import evaluate
from bedrijfsbureau.actions.kinds.view import verzoek_of
from bedrijfsbureau.termijnen import atw, functions


class Host:
    """The engine's window on one dossier at hand."""

    def __init__(self, at_hand: AtHand) -> None:
        self.at_hand = at_hand
        self.now: datetime = at_hand.tx.now
        self.functions = functions

    def context(self, local: Mapping[str, Any]) -> Mapping[str, Any]:
        """The dossier's names, and for a token that is about one check (`punt`) the verzoek it stands for."""
        recompute(self.at_hand)
        punt = local.get("punt")
        return {**self.at_hand.context, **local, **(self._verzoek(str(punt)) if punt else {})}

    def handle(self, handler: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        HANDLERS[handler](self.at_hand, local)

    def decide(self, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Evaluate the decision, keep its outcome and trace, and write what the model says it writes."""
        assert element.decision is not None
        context = self.context(local)
        result = element.result or element.decision
        outcome = decide(self.at_hand, element.decision, result, context)
        names = {**context, result: outcome, **(outcome if isinstance(outcome, dict) else {})}
        changes = {path: feel.to_json(evaluate(text, names)) for path, text in element.writes}
        self.at_hand.write(changes, decision=element.decision)

    def send(self, message: str, element: engine.Element, local: Mapping[str, Any], key: str | None) -> None:
        self.at_hand.sent.append((message, key, dict(local)))

    def signal(self, signal: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        outbox.spread(self.at_hand, signal)

    def _verzoek(self, code: str) -> dict[str, Any]:
        row = self.at_hand.verzoek(code)
        if row is None:
            return {"verzoek": None, "antwoord": None, "escalatie": None}
        wait = self.at_hand.kind.policy.instellingen.get("herinnering_na")
        asked = row.reminded_on or row.asked_on
        remind_on = atw.add_working_days(asked, int(wait)) if wait is not None and row.is_open else None
        return {
            "verzoek": {**verzoek_of(row), "herinneren_op": remind_on},
            "antwoord": row.answer,
            "escalatie": row.escalation,
        }


def decide(at_hand: AtHand, decision: str, result: str, context: Mapping[str, Any]) -> Any:
    """The decision's outcome as FEEL value; outcome and trace stay with the dossier under `result`."""
    made = at_hand.kind.decisions[decision].decide(decision, context)
    outcome, tables = feel.to_json(made.value), trace_of(made)
    rules = [number for table in tables for number in table["rules"]]
    before = at_hand.dossier.results.get(result, {})
    if (before.get("outcome"), before.get("rules")) != (outcome, rules):
        kept = {"decision": decision, "outcome": outcome, "rules": rules, "at": at_hand.tx.now.isoformat()}
        at_hand.dossier.results = {**at_hand.dossier.results, result: kept}
        number = at_hand.kind.process_number
        at_hand.record("beslissing", name=decision, outcome=outcome, rules=rules, tables=tables, process=number)
        at_hand.changed(result)
    return made.value
