"""What we wait for, of whom, in which message it went, and what goes with the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from bedrijfsbureau.checks import OURSELVES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, NotFound
from bedrijfsbureau.model import (
    Actor,
    Dossier,
    Locatie,
    OpenPoint,
    Rappel,
    RappelItem,
    RappelState,
    Role,
    Task,
    TaskStatus,
    Verzoek,
)
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.rappel import Point

SEES_RAPPELS = frozenset({Role.MEDEWERKER, Role.PLANNER, Role.MANAGER, Role.AUDITOR})
ESCALATION = "t_escalatie"  # the task of the process `opvragen` after its last reminder
MOST = 50  # messages on a page

STILL_ASKED: ColumnElement[bool] = and_(
    Verzoek.is_open, Verzoek.answered_at.is_(None), Verzoek.partij != OURSELVES, Dossier.closed_at.is_(None)
)
"""No answer came in yet, of someone else than us: our own work is never asked for. On Verzoek and its Dossier."""
UNSENT: ColumnElement[bool] = and_(RappelItem.rappel_id.is_(None), RappelItem.dropped_at.is_(None))


@dataclass(frozen=True)
class Item:
    point: Point
    id: int
    verzoek_id: int
    dossier_id: int
    code: str
    partij: str
    locatie_id: int
    locatie: str
    is_asked: bool  # the answer has not come in
    dropped_at: datetime | None


@dataclass(frozen=True)
class PartijLine:
    """`open`: verzoeken without an answer; `escalated`: of those, the ones that a teamleider is to talk about."""

    partij: str
    open: int
    oldest: date
    reminded: int
    escalated: int
    waiting: int = 0  # that go with the next message
    last_day: date | None = None
    last_state: RappelState | None = None
    last_id: int | None = None


@dataclass(frozen=True)
class OpenLine:
    """One verzoek without an answer."""

    verzoek_id: int
    dossier_id: int
    number: str
    heading: str
    locatie: str
    code: str
    title: str | None  # None for what was asked before there were rappels
    asked_on: date
    reminders: int
    reminded_on: date | None
    is_waiting: bool  # goes with the next message


@dataclass(frozen=True)
class RappelLine:
    """`is_whole`: the actor may see every dossier in it, and so its text."""

    row: Rappel
    locatie: str | None
    items: int
    is_whole: bool


def require_rappels(tx: Tx) -> None:
    if not tx.actor.is_system and tx.actor.role not in SEES_RAPPELS:
        raise Forbidden("Rappels zijn voor wie dossiers voorbereidt of plant. Vraag een collega met die rol.")


def waiting(tx: Tx, *conditions: ColumnElement[bool]) -> list[Item]:
    """What goes with the next message of each partij: of every verzoek the latest, by partij and dossier."""
    rows = _items(tx, UNSENT, STILL_ASKED, dossiers_visible_to(tx.actor), *conditions)
    latest = {item.verzoek_id: item for item in rows}
    return sorted(latest.values(), key=_by_partij)


def items_of(tx: Tx, rappel_id: int) -> list[Item]:
    """Those of dossiers that the actor may see, also what was taken out."""
    return sorted(_items(tx, RappelItem.rappel_id == rappel_id, dossiers_visible_to(tx.actor)), key=_by_partij)


def partijen(tx: Tx) -> list[PartijLine]:
    """Whoever owes most first. Four statements."""
    require_rappels(tx)
    seen = dossiers_visible_to(tx.actor)
    escalated = select(Task.id).where(
        Task.dossier_id == Dossier.id, Task.status == TaskStatus.OPEN, Task.element == ESCALATION,
        Task.local["punt"].as_string() == Verzoek.code,
    )  # fmt: skip
    query = (
        select(
            Verzoek.partij, func.count(), func.min(Verzoek.asked_on), func.count(Verzoek.reminded_on),
            func.count().filter(escalated.exists()),
        )
        .join(Dossier, Dossier.id == Verzoek.dossier_id)
        .where(STILL_ASKED, seen)
        .group_by(Verzoek.partij)
    )  # fmt: skip
    counts: dict[str, int] = {}
    for item in waiting(tx):
        counts[item.partij] = counts.get(item.partij, 0) + 1
    last = _last(tx)
    lines = [
        PartijLine(*row, waiting=counts.get(row[0], 0), **last.get(row[0], {})) for row in tx.session.execute(query)
    ]
    return sorted(lines, key=lambda line: (-line.open, line.partij.casefold()))


def ours(tx: Tx) -> int:
    """How many dossiers are held up by work of our own: for that there is the worklist, and never a message."""
    mine = select(OpenPoint.dossier_id).where(OpenPoint.partij == OURSELVES, OpenPoint.blocking)
    query = select(func.count()).select_from(Dossier).where(Dossier.id.in_(mine), Dossier.closed_at.is_(None))
    return tx.session.scalar(query.where(dossiers_visible_to(tx.actor))) or 0


def open_lines(tx: Tx, partij: str) -> list[OpenLine]:
    """What this partij was asked and did not answer, the oldest first."""
    require_rappels(tx)
    question = select(RappelItem.question).where(RappelItem.verzoek_id == Verzoek.id).order_by(RappelItem.id.desc())
    question = question.limit(1).correlate(Verzoek)
    goes = select(RappelItem.id).where(RappelItem.verzoek_id == Verzoek.id, UNSENT).exists()
    query = (
        select(
            Verzoek.id, Dossier.id, Dossier.number, Dossier.heading, Locatie.name, Verzoek.code,
            question.scalar_subquery(), Verzoek.asked_on, Verzoek.reminders, Verzoek.reminded_on, goes,
        )
        .join(Dossier, Dossier.id == Verzoek.dossier_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(STILL_ASKED, Verzoek.partij == partij, dossiers_visible_to(tx.actor))
        .order_by(Verzoek.asked_on, Dossier.number, Verzoek.code)
    )  # fmt: skip
    result: Any = tx.session.execute(query)
    return [OpenLine(*row) for row in result]


def rappels(tx: Tx, partij: str | None = None) -> list[RappelLine]:
    """The latest messages, newest first: those for this locatie, and those that hold something of it."""
    require_rappels(tx)
    query = _rappels(tx).order_by(Rappel.day.desc(), Rappel.id.desc()).limit(MOST)
    if partij is not None:
        query = query.where(Rappel.partij == partij)
    return [_line(tx.actor, *row) for row in tx.session.execute(query)]


def find(tx: Tx, rappel_id: int) -> RappelLine:
    """Raises NotFound, Forbidden."""
    require_rappels(tx)
    found = tx.session.execute(_rappels(tx).where(Rappel.id == rappel_id)).one_or_none()
    if found is None:
        raise NotFound("Dit bericht bestaat niet, of gaat over een andere locatie.")
    return _line(tx.actor, *found)


def _items(tx: Tx, *conditions: ColumnElement[bool]) -> list[Item]:
    """Oldest first."""
    query = (
        select(
            RappelItem.id, RappelItem.verzoek_id, RappelItem.dossier_id, Verzoek.code, Verzoek.partij,
            Dossier.locatie_id, Locatie.name, STILL_ASKED, RappelItem.dropped_at, Dossier.number, Dossier.v_nummer,
            RappelItem.question, RappelItem.remark, RappelItem.number, Verzoek.asked_on,
        )
        .join(Verzoek, Verzoek.id == RappelItem.verzoek_id)
        .join(Dossier, Dossier.id == RappelItem.dossier_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(*conditions)
        .order_by(RappelItem.id)
    )  # fmt: skip
    result: Any = tx.session.execute(query).all()
    return [Item(Point(*row[9:]), *row[:9]) for row in result]


def _by_partij(item: Item) -> tuple[str, str, str]:
    return item.partij.casefold(), item.point.dossier, item.code


def _rappels(tx: Tx) -> Select[Any]:
    count = select(func.count()).where(RappelItem.rappel_id == Rappel.id, RappelItem.dropped_at.is_(None))
    query = select(Rappel, Locatie.name, count.correlate(Rappel).scalar_subquery())
    return query.outerjoin(Locatie, Locatie.id == Rappel.locatie_id).where(_visible_to(tx.actor))


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """A condition on Rappel: of the actor's locatie, or for all locaties and with something of the actor's in it."""
    if actor.locatie_id is None:
        return true()
    mine = select(RappelItem.id).join(Dossier, Dossier.id == RappelItem.dossier_id)
    mine = mine.where(RappelItem.rappel_id == Rappel.id, dossiers_visible_to(actor))
    return or_(Rappel.locatie_id == actor.locatie_id, and_(Rappel.locatie_id.is_(None), mine.exists()))


def _line(actor: Actor, row: Rappel, locatie: str | None, items: int) -> RappelLine:
    return RappelLine(row, locatie, items, actor.locatie_id is None or row.locatie_id == actor.locatie_id)


def _last(tx: Tx) -> Mapping[str, Mapping[str, Any]]:
    """The latest message that went, or is to be handed over, of each partij."""
    newest = select(func.max(Rappel.id)).where(_visible_to(tx.actor), Rappel.state != RappelState.EMPTY)
    query = select(Rappel.partij, Rappel.day, Rappel.state, Rappel.id)
    query = query.where(Rappel.id.in_(newest.group_by(Rappel.partij)))
    return {
        partij: {"last_day": day, "last_state": state, "last_id": key}
        for partij, day, state, key in tx.session.execute(query)
    }
