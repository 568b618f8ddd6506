"""The terms of a dossier as their tab shows them: each with its facts, what may be done about it, and its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bedrijfsbureau.dossiersoort import Record
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.queries.history import HistoryLine
from bedrijfsbureau.queries.termijnen import TermijnLine
from bedrijfsbureau.termijnen import Fact, FactKind, Ground, Rule, in_force
from bedrijfsbureau.termijnen.dwangsom import Dwangsom, run_up
from bedrijfsbureau.termijnen.facts import said

EVENTS = frozenset({
    "termijn_berekend", "termijn_vervallen", "termijn_opgeschort", "termijn_verlengd", "rechter_bepaalde",
    "in_gebreke_gesteld", "opschorting_beeindigd", "termijnfeit_gecorrigeerd", "termijnfeit_ingetrokken",
})  # fmt: skip
"""Kinds of event that are about a term; their data has `term`."""


@dataclass(frozen=True)
class FactShown:
    fact: Fact
    sentence: str
    is_open: bool  # a suspension that still stands
    replaced_by: int | None


@dataclass(frozen=True)
class TermShown:
    """`also`: label and date of what is kept but does not count. `course`: newest first."""

    line: TermijnLine
    rule: Rule | None
    facts: tuple[FactShown, ...]
    also: tuple[tuple[str, date], ...]
    course: tuple[HistoryLine, ...]
    dwangsom: Dwangsom | None

    @property
    def dwangsom_is_off(self) -> bool:
        """A court set one, and for this dossiersoort and period what runs up is not kept."""
        return not self.line.content.get("dwangsom", {}).get("counts", True)

    @property
    def suspensions(self) -> tuple[Ground, ...]:
        return tuple(self.rule.suspensions.values()) if self.rule else ()

    @property
    def extensions(self) -> tuple[Ground, ...]:
        return tuple(self.rule.extensions.values()) if self.rule else ()

    @property
    def takes_notice(self) -> bool:
        return bool(self.rule and self.rule.notice and not self.line.is_over)


def shown(
    lines: Sequence[TermijnLine], events: Sequence[HistoryLine], record: Record, today: date
) -> list[TermShown]:  # fmt: skip
    of = {line.kind: [each for each in events if each.data.get("term") == line.kind] for line in lines}
    found = [_shown(line, of[line.kind], record, today) for line in lines]
    return sorted(found, key=lambda term: _place(term, today))


def _place(term: TermShown, today: date) -> tuple[int, date]:
    """What still runs comes first, the first to end on top; then what waits for a date, and what is behind us."""
    line, due_on = term.line, term.line.due_on or date.max
    if line.is_over:
        return 3, due_on
    is_behind = line.met_on is not None or (line.is_minimum and due_on < today)
    return (2 if is_behind else 1 if line.due_on is None else 0), due_on


def _shown(line: TermijnLine, events: Sequence[HistoryLine], record: Record, today: date) -> TermShown:
    rule = in_force().get(line.rule or "")
    replaced = {fact.replaces: fact.number for fact in line.facts if fact.replaces}
    facts = tuple(FactShown(each, said(each, rule), _is_open(each), replaced.get(each.number)) for each in line.facts)
    also = tuple((_label(record, path), date.fromisoformat(day)) for path, day in line.content.get("also", {}).items())
    return TermShown(line, rule, facts, also, tuple(events), run_up(line.content, line.met_on, today))


def _is_open(fact: Fact) -> bool:
    return fact.kind is FactKind.SUSPENSION and fact.end is None and not fact.gone


def _label(record: Record, path: str) -> str:
    try:
        return record.field(path).label
    except NotFound:
        return path
