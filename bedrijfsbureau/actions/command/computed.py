"""What the system works out itself from the record: decisions that hold at every moment, terms, and priority.

Runs once for every state of the record, before anything looks at verdicts; the models need no step for it.
"""

from collections.abc import Container
from typing import Any

from bedrijfsbureau import dmn, feel
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.terms import keep_terms, urgency
from bedrijfsbureau.actions.kinds.decisions import trace_of
from bedrijfsbureau.actions.kinds.expressions import evaluate
from bedrijfsbureau.errors import StepFailed
from bedrijfsbureau.model import Json

PRIORITIES = {"spoed": 1, "hoog": 2, "normaal": 3}


def recompute(at_hand: AtHand) -> None:
    """Bring computed fields, terms and priority up to date with the record as it is now, where it was touched."""
    while at_hand.undecided:
        wanted, at_hand.undecided = at_hand.undecided, set()
        changes, tables = _decided(at_hand, wanted)
        at_hand.write(changes, because="berekend", tables=tables, process=at_hand.kind.process_number)
        before = urgency(at_hand.termijnen.values(), at_hand.today)
        if "termijnen" in wanted:
            keep_terms(at_hand, _outcome(at_hand, "termijnen") or [])
        by_terms = urgency(at_hand.termijnen.values(), at_hand.today)
        if "prioriteit" in wanted or by_terms != before:
            at_hand.dossier.priority = min(by_terms, _priority(at_hand))


def _priority(at_hand: AtHand) -> int:
    """By the decision `prioriteit`; a dossiersoort without one knows no urgent dossiers but for their terms."""
    if "prioriteit" not in at_hand.kind.decisions:
        return PRIORITIES["normaal"]
    return PRIORITIES.get(str(_outcome(at_hand, "prioriteit")), PRIORITIES["normaal"])


def _decided(at_hand: AtHand, wanted: Container[str]) -> tuple[Json, list[Json]]:
    """Fields that a decision fills at all times (`berekend` in soort.yaml), and which rules hit in its tables."""
    changes, tables = {}, []
    for field in at_hand.kind.soort.conduct.computed:
        if field.decision not in wanted:
            continue
        made = _decision(at_hand, field.decision)
        outcome = _only_value(made.value)
        names = {**at_hand.view.context, **(outcome if isinstance(outcome, dict) else {"uitkomst": outcome})}
        changes[field.path] = feel.to_json(evaluate(field.value, names))
        tables += trace_of(made)
    return changes, tables


def _decision(at_hand: AtHand, decision: str) -> dmn.Decision:
    """Raises StepFailed when it can't be taken: no step is at fault then, but the model is."""
    try:
        return at_hand.kind.decisions[decision].decide(decision, at_hand.view.context)
    except feel.FeelError as error:
        raise StepFailed(decision, error) from error


def _outcome(at_hand: AtHand, decision: str) -> Any:
    return _only_value(_decision(at_hand, decision).value)


def _only_value(value: feel.Value) -> Any:
    return next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value
