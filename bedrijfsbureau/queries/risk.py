"""The risk list: dossiers by how many days are left of a term, and the runs that recompute terms.

Terms that were met, that no longer apply and that are only a minimum are no risk; one without a date yet is counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select, tuple_

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Locatie, Stage, Termijn, TermijnRun
from bedrijfsbureau.queries.access import dossiers_counted_for, dossiers_visible_to
from bedrijfsbureau.queries.worklist import PAGE, local_day
from bedrijfsbureau.termijnen import in_force
from bedrijfsbureau.termijnen.dwangsom import Dwangsom, run_up

LATE, URGENT, WARNED = "te-laat", "dringend", "let-op"  # as they stand in the address


class Position(NamedTuple):
    """Where a page ended."""

    due_on: date
    dossier_id: int
    kind: str


@dataclass(frozen=True)
class Filter:
    """`term`: a kind of term; `level`: one of LATE, URGENT, WARNED. What is None or empty does not narrow."""

    locatie_id: int | None = None
    term: str = ""
    level: str = ""


@dataclass(frozen=True)
class Row:
    dossier_id: int
    number: str
    heading: str
    stage: Stage
    locatie: str
    kind: str
    title: str
    due_on: date
    warn_on: date | None
    urgent_on: date | None
    verdicts: Mapping[str, Mapping[str, Any]]
    content: Mapping[str, Any]

    def dwangsom(self, today: date) -> Dwangsom | None:
        """What runs up while it is late, where that is switched on; None while nothing does."""
        found = run_up(self.content, None, today)
        return found if found and found.days else None

    @property
    def position(self) -> Position:
        return Position(self.due_on, self.dossier_id, self.kind)


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    after: Position | None  # where the next page starts; None on the last one


@dataclass(frozen=True)
class Counts:
    """Of one kind of term; `undated`: not to be computed yet."""

    title: str
    late: int
    urgent: int
    warned: int
    running: int
    undated: int


def page(tx: Tx, wanted: Filter, after: Position | None = None, size: int = PAGE) -> Page:
    """The least time left first. One statement."""
    place = tuple_(Termijn.due_on, Termijn.dossier_id, Termijn.kind)
    columns: list[Any] = [
        Dossier.id, Dossier.number, Dossier.heading, Dossier.stage, Locatie.name, Termijn.kind, Termijn.title,
        Termijn.due_on, Termijn.warn_on, Termijn.urgent_on, Dossier.verdicts, Termijn.content,
    ]  # fmt: skip
    query = _of_terms(select(*columns)).join(Locatie, Locatie.id == Dossier.locatie_id)
    query = query.where(dossiers_visible_to(tx.actor), *_matches(tx, wanted), Termijn.due_on.is_not(None))
    query = query.order_by(Termijn.due_on, Termijn.dossier_id, Termijn.kind).limit(size + 1)
    if after:
        query = query.where(place > after)
    result: Iterable[Any] = tx.session.execute(query)
    found = [Row(*row) for row in result]
    rows = tuple(found[:size])
    return Page(rows, rows[-1].position if len(found) > size else None)


def counts(tx: Tx, wanted: Filter) -> dict[str, Counts]:
    """Kind of term -> how many are late, urgent, warned of, or running. One statement."""
    today = local_day(tx.now)
    due, urgent, warn = Termijn.due_on, Termijn.urgent_on, Termijn.warn_on
    level = case((due.is_(None), "u"), (due < today, "l"), (urgent <= today, "d"), (warn <= today, "w"), else_="r")
    query = _of_terms(select(Termijn.kind, func.min(Termijn.title), level, func.count()))
    query = query.where(dossiers_counted_for(tx.actor), *_matches(tx, wanted)).group_by(Termijn.kind, level)
    found: dict[str, dict[str, int]] = {}
    titles = {}
    for kind, title, name, number in tx.session.execute(query.order_by(Termijn.kind)):
        found.setdefault(kind, {})[name] = number
        titles[kind] = title
    return {kind: Counts(titles[kind], *(each.get(n, 0) for n in "ldwru")) for kind, each in found.items()}


def runs(tx: Tx, most: int = 20) -> tuple[TermijnRun, ...]:
    """The latest first. One statement."""
    return tuple(tx.session.scalars(select(TermijnRun).order_by(TermijnRun.id.desc()).limit(most)))


def with_rule(tx: Tx) -> dict[str, int]:
    """Rule -> how many terms of open dossiers were computed by it. One statement."""
    query = select(Termijn.rule, func.count()).join(Dossier, Dossier.id == Termijn.dossier_id)
    query = query.where(Termijn.rule.is_not(None), Dossier.closed_at.is_(None)).group_by(Termijn.rule)
    return {str(rule): count for rule, count in tx.session.execute(query)}


def _of_terms(query: Select[Any]) -> Select[Any]:
    query = query.select_from(Termijn).join(Dossier, Dossier.id == Termijn.dossier_id)
    at_stake = and_(Termijn.met_on.is_(None), Termijn.rule.is_not(None), Termijn.kind.not_in(_minima()))
    return query.where(at_stake, Dossier.closed_at.is_(None))


def _matches(tx: Tx, wanted: Filter) -> Iterable[ColumnElement[bool]]:
    today = local_day(tx.now)
    if wanted.locatie_id is not None:
        yield Dossier.locatie_id == wanted.locatie_id
    if wanted.term:
        yield Termijn.kind == wanted.term
    if wanted.level == LATE:
        yield Termijn.due_on < today
    elif wanted.level == URGENT:
        yield Termijn.urgent_on <= today
    elif wanted.level == WARNED:
        yield Termijn.warn_on <= today


def _minima() -> list[str]:
    """Kinds of term before which something may not happen: they can't be too late."""
    return sorted({rule.term for rule in in_force().values() if rule.is_minimum})
