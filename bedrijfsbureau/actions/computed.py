"""What the system works out itself from the record: decisions that hold at every moment, terms, and priority.

Runs once for every state of the record, before anything looks at verdicts; the models need no step for it.
"""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

from bedrijfsbureau import dmn, feel
from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.actions.decisions import trace_of
from bedrijfsbureau.actions.expressions import evaluate
from bedrijfsbureau.errors import InvalidInput, StepFailed
from bedrijfsbureau.model import Json, Termijn
from bedrijfsbureau.termijnen import Computed, Options, compute, fixed, read_rule

PRIORITIES = {"spoed": 1, "hoog": 2, "normaal": 3}
BESLISTERMIJNEN = ("beslistermijn", "beslissen")  # as the decisions of the two regimes name it
BY_COURT = "[D] ECLI:NL:RBDHA:2024:22100: de rechter kan bepalen wanneer iemand uiterlijk wordt gehoord"


def recompute(at_hand: AtHand) -> None:
    """Bring computed fields, terms and priority up to date with the record as it is now, where it was touched."""
    while at_hand.undecided:
        wanted, at_hand.undecided = at_hand.undecided, set()
        changes, tables = _decided(at_hand, wanted)
        at_hand.write(changes, because="berekend", tables=tables, process=at_hand.kind.process_number)
        if "termijnen" in wanted:
            _keep_terms(at_hand)
        if "prioriteit" in wanted:
            outcome = _outcome(at_hand, "prioriteit")
            at_hand.dossier.priority = PRIORITIES.get(str(outcome), PRIORITIES["normaal"])


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


def _keep_terms(at_hand: AtHand) -> None:
    """Every term that applies and has a start gets a row; a changed date is an event with the old one."""
    dossier, fields_of = at_hand.dossier, at_hand.kind.soort.conduct.term_fields
    known, kept = at_hand.termijnen, {}
    for made in _terms(at_hand):
        assert made.due_on is not None
        row = kept[made.kind] = known.get(made.kind) or _new_term(at_hand, made.kind)
        if row.due_on != made.due_on:
            at_hand.record(
                "termijn_berekend",
                term=made.kind,
                old=row.due_on and row.due_on.isoformat(),
                new=made.due_on.isoformat(),
                why=[step.text for step in made.steps],
            )
        row.title, row.due_on, row.content = made.kind.replace("_", " ").capitalize(), made.due_on, _content(made)
    for gone in (row for kind, row in known.items() if kind not in kept):
        at_hand.unwritten.remove(gone)
        at_hand.record("termijn_vervallen", term=gone.kind, old=gone.due_on.isoformat())
    at_hand.termijnen = kept
    dossier.beslistermijn = next((kept[kind].due_on for kind in BESLISTERMIJNEN if kind in kept), None)
    dates = {kind: kept[kind].due_on.isoformat() if kind in kept else None for kind in {*known, *kept}}
    at_hand.write({path: dates[kind] for kind, path in fields_of.items() if kind in dates}, because="termijnen")


def _new_term(at_hand: AtHand, kind: str) -> Termijn:
    row = Termijn(dossier_id=at_hand.dossier.id, kind=kind)
    at_hand.unwritten.add(row)
    return row


def _terms(at_hand: AtHand) -> Iterator[Computed]:
    """Those of the decision `termijnen`, and the date that a court set."""
    for rule in _outcome(at_hand, "termijnen") or []:
        made = _term(at_hand, rule)
        if made is not None and made.due_on is not None:
            yield made
    by_court = at_hand.view["planning.rechter_datum"]
    if by_court is not None:
        yield fixed("rechter", by_court, "De rechter", BY_COURT)


def _term(at_hand: AtHand, rule: Mapping[str, Any]) -> Computed | None:
    """None while the term has no start, or a setting it needs was not filled in ("te bevestigen")."""
    start = rule.get("start")
    if not isinstance(start, date):
        return None
    settings = at_hand.kind.policy.instellingen
    try:
        read = read_rule(rule["termijn"], rule["lengte"], rule["kalender"], rule.get("basis") or "", settings)
    except InvalidInput:
        return None
    ground = (at_hand.dossier.gegevens.get("route") or {}).get("niet_ontvankelijk_grond")
    return compute(read, start, Options(ground=ground))


def _content(made: Computed) -> Json:
    return {
        "basis": made.basis,
        "steps": [{"text": step.text, "on": step.on and step.on.isoformat()} for step in made.steps],
        "days": [day.isoformat() for day in made.days],
    }
