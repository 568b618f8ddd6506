"""The history of one dossier: newest first, a page at a time; and the course of its verdicts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Event, Json
from bedrijfsbureau.queries.dossier import visible

PAGE = 50
JUDGED = "oordeel_gewijzigd"
MOST_VERDICTS = 500  # a dossier changes its mind some fifty times; what is older is in the history itself


@dataclass(frozen=True)
class HistoryLine:
    number: int
    at: datetime
    actor: str
    kind: str
    data: Json


@dataclass(frozen=True)
class Page:
    lines: tuple[HistoryLine, ...]
    before: int | None  # where the next page starts; None on the last one


def page(tx: Tx, dossier_id: int, kinds: Collection[str] = (), before: int | None = None, size: int = PAGE) -> Page:
    """Events of these kinds (all of them when empty) older than number `before`. One statement."""
    query = _lines(tx, dossier_id).order_by(Event.number.desc()).limit(size + 1)
    if kinds:
        query = query.where(Event.kind.in_(sorted(kinds)))
    if before is not None:
        query = query.where(Event.number < before)
    found = [HistoryLine(*row) for row in tx.session.execute(query)]
    lines = tuple(found[:size])
    return Page(lines, lines[-1].number if len(found) > size else None)


def whole(tx: Tx, dossier_id: int) -> Iterator[HistoryLine]:
    """Every event, oldest first, for an export."""
    query = _lines(tx, dossier_id).order_by(Event.number).execution_options(yield_per=500)
    return (HistoryLine(*row) for row in tx.session.execute(query))


def verdict_changes(tx: Tx, dossier_id: int) -> dict[str, list[HistoryLine]]:
    """Code of a check -> how its verdict changed, newest first. One statement for all of them."""
    query = _lines(tx, dossier_id).where(Event.kind == JUDGED).order_by(Event.number.desc()).limit(MOST_VERDICTS)
    found: dict[str, list[HistoryLine]] = {}
    for row in tx.session.execute(query):
        line = HistoryLine(*row)
        found.setdefault(line.data["code"], []).append(line)
    return found


def _lines(tx: Tx, dossier_id: int) -> Select[tuple[int, datetime, str, str, dict[str, Any]]]:
    query = select(Event.number, Event.at, Event.actor, Event.kind, Event.data)
    return query.where(Event.dossier_id.in_(visible(tx, dossier_id)))
