"""The terms of a dossier, brought up to date with its record: which apply, when they end, when to warn.

The decision `termijnen` says which apply and by which rule of law; a row without a rule carries its own length and
calendar. What happened to a term (`Termijn.facts`) stays on its row, also when the term itself no longer applies.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import Json, Locatie, Termijn
from bedrijfsbureau.termijnen import Computed, FactKind, Options, Rule, Step, compute, counting, in_force, read_rule
from bedrijfsbureau.termijnen.apply import FROM_SOURCES
from bedrijfsbureau.termijnen.on_record import Worked, after_notice, court_date, met_on, work_out

BESLISTERMIJNEN = ("beslistermijn", "beslissen")  # as the decisions of the two regimes name it
BY_COURT = "[D] ECLI:NL:RBDHA:2024:22100: de rechter kan bepalen wanneer uiterlijk wordt gehoord en beslist"
TO_HEAR, TO_DECIDE, AFTER_NOTICE = "rechter", "rechter-beslissen", "ingebrekestelling"
NO_LONGER = "Deze termijn geldt niet meer voor dit dossier."


def keep_terms(at_hand: AtHand, wanted: Iterable[Mapping[str, Any]]) -> None:
    """Every term that applies gets a row; a changed date or version is an event with the old one. `wanted`: the rows of
    the decision."""
    known, kept = at_hand.termijnen, {}
    for made in _terms(at_hand, wanted):
        kind = made.computed.kind if isinstance(made, Worked) else made.kind
        row = kept[kind] = known.get(kind) or new_term(at_hand, kind)
        _note_change(at_hand, row, made)
        for name, value in _columns(at_hand, made).items():
            setattr(row, name, value)
    for gone in (row for kind, row in known.items() if kind not in kept):
        if gone.facts:
            kept[gone.kind] = gone
            _set_aside(at_hand, gone)
        else:
            at_hand.unwritten.remove(gone)
            at_hand.record("termijn_vervallen", term=gone.kind, old=gone.due_on and gone.due_on.isoformat())
    at_hand.termijnen = kept
    at_hand.dossier.beslistermijn = next((kept[kind].due_on for kind in BESLISTERMIJNEN if kind in kept), None)
    fields_of = at_hand.kind.soort.conduct.term_fields
    dates = {kind: _text(kept[kind].due_on) if kind in kept else None for kind in {*known, *kept}}
    at_hand.write({path: dates[kind] for kind, path in fields_of.items() if kind in dates}, because="termijnen")


def new_term(at_hand: AtHand, kind: str) -> Termijn:
    row = Termijn(dossier_id=at_hand.dossier.id, kind=kind, title=kind, due_on=None, content={}, facts=[], steers=False)
    at_hand.unwritten.add(row)
    at_hand.termijnen[kind] = row
    return row


def urgency(rows: Iterable[Termijn], today: date) -> int:
    """The priority that the terms ask for: 1 when one is urgent or over, 2 from its warning on, else 3."""
    most = 3
    for row in rows:
        if row.due_on is not None and row.met_on is None:
            if row.urgent_on and row.urgent_on <= today:
                return 1
            if row.warn_on and row.warn_on <= today:
                most = 2
    return most


def columns_of(worked: Worked, gegevens: Mapping[str, Any], today: date) -> Json:
    """What the row of a term says, but for its facts."""
    computed, rule = worked.computed, worked.rule
    warn_on, urgent_on = worked.windows()
    content: Json = {"basis": computed.basis, "steps": _steps(computed.steps), "days": _days(computed)}
    if computed.missing:
        content["missing"] = list(computed.missing)
    if worked.dwangsom_from:
        content["dwangsom_from"] = worked.dwangsom_from.isoformat()
    if worked.dwangsom:
        content["dwangsom"] = worked.dwangsom.to_json()
    if worked.also:
        content["also"] = {path: day.isoformat() for path, day in worked.also.items()}
    return {
        "title": rule.name, "due_on": computed.due_on, "content": content, "rule": rule.key,
        "rule_version": worked.version, "begin_on": worked.begin_on, "warn_on": warn_on, "urgent_on": urgent_on,
        "met_on": met_on(rule, gegevens, computed.due_on, today), "steers": rule.steers,
    }  # fmt: skip


def _terms(at_hand: AtHand, wanted: Iterable[Mapping[str, Any]]) -> Iterator[Worked | Computed]:
    """Those of the decision, what a court set, and what follows on a notice of default."""
    rules, notices = in_force(), []
    for row in wanted:
        rule = rules.get(row.get("regel") or "")
        made = _by_rule(at_hand, rule) if rule else _by_row(at_hand, row)
        if made is None:
            continue
        yield made
        if rule and rule.notice and isinstance(made, Worked):
            facts = counting(_facts(at_hand, rule.term), FactKind.NOTICE)
            notices += [(notice, made.computed.due_on) for notice in facts]
    for notice, due_on in notices[:1]:
        yield after_notice(rules[AFTER_NOTICE], notice, due_on, at_hand.kind.policy.instellingen)
    yield from _by_court(at_hand, rules)


def _by_court(at_hand: AtHand, rules: Mapping[str, Rule]) -> Iterator[Worked]:
    for key, on in ((TO_HEAR, at_hand.view["planning.rechter_datum"]), (TO_DECIDE, None)):
        facts = list(counting(_facts(at_hand, rules[key].term), FactKind.COURT_DATE))
        last = on or (facts[-1].on if facts and key == TO_DECIDE else None)
        if last is not None:
            yield court_date(rules[key], last, facts, BY_COURT, at_hand.kind.policy.instellingen)


def _by_rule(at_hand: AtHand, rule: Rule) -> Worked | None:
    row, settings = at_hand.termijnen.get(rule.term), at_hand.kind.policy.instellingen
    kept = row.rule_version if row and row.rule == rule.key else None
    locatie = _locatie(at_hand) if FROM_SOURCES in settings.values() else None
    return work_out(rule, at_hand.dossier.gegevens, settings, row.facts if row else (), kept, locatie)


def _by_row(at_hand: AtHand, row: Mapping[str, Any]) -> Computed | None:
    """A row of the decision with a length and calendar of its own; it names an unknown rule or an empty instelling."""
    start, kind = row.get("start"), row["termijn"]
    if row.get("regel"):
        why = Step(f"De termijnregel '{row['regel']}' bestaat niet; meld dit aan de proceseigenaar.", None)
        return Computed(kind, None, (why,), row.get("basis") or "")
    if not isinstance(start, date):
        return None
    try:
        read = read_rule(kind, row["lengte"], row["kalender"], row.get("basis") or "", at_hand.kind.policy.instellingen)
    except InvalidInput as error:
        why = Step(f"Nog niet te berekenen, te bevestigen: {error}", None)
        return Computed(kind, None, (why,), row.get("basis") or "", missing=tuple(error.fields))
    ground = (at_hand.dossier.gegevens.get("route") or {}).get("niet_ontvankelijk_grond")
    return compute(read, start, Options(ground=ground))


def _facts(at_hand: AtHand, kind: str) -> list[Json]:
    row = at_hand.termijnen.get(kind)
    return row.facts if row else []


def _locatie(at_hand: AtHand) -> str | None:
    return at_hand.tx.connection.scalar(select(Locatie.name).where(Locatie.id == at_hand.dossier.locatie_id))


def _columns(at_hand: AtHand, made: Worked | Computed) -> Json:
    if isinstance(made, Worked):
        return columns_of(made, at_hand.dossier.gegevens, at_hand.today)
    content: Json = {"basis": made.basis, "steps": _steps(made.steps), "days": _days(made)}
    if made.missing:
        content["missing"] = list(made.missing)
    title = made.kind.replace("_", " ").capitalize()
    without_a_rule = dict.fromkeys(("rule", "rule_version", "begin_on", "warn_on", "urgent_on", "met_on"))
    return {"title": title, "due_on": made.due_on, "content": content, **without_a_rule, "steers": False}


def _note_change(at_hand: AtHand, row: Termijn, made: Worked | Computed) -> None:
    computed, version = (made.computed, made.version) if isinstance(made, Worked) else (made, None)
    other_version = row.rule_version is not None and version is not None and row.rule_version != version
    if row.due_on != computed.due_on or other_version:
        more: Json = {"rule": made.rule.key, "version": version} if isinstance(made, Worked) else {}
        why = [step.text for step in computed.steps]
        at_hand.record(
            "termijn_berekend", term=row.kind, old=_text(row.due_on), new=_text(computed.due_on), why=why, **more
        )


def _set_aside(at_hand: AtHand, row: Termijn) -> None:
    """It no longer applies, but what happened to it stays."""
    if row.due_on is not None:
        at_hand.record("termijn_vervallen", term=row.kind, old=row.due_on.isoformat())
    row.due_on, row.warn_on, row.urgent_on = None, None, None
    row.content = {"basis": "", "steps": [{"text": NO_LONGER, "on": None}], "days": [], "over": True}


def _steps(steps: Iterable[Step]) -> list[Json]:
    return [{"text": step.text, "on": _text(step.on)} for step in steps]


def _days(made: Computed) -> list[str]:
    return [day.isoformat() for day in made.days]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
