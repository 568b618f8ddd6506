"""The list of dossiers: one filter, which the figures of the overview use as well, so that a number and the list behind
it agree. Rows come in the order of what is planned first, a page at a time from where the last page ended."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, exists, func, literal, or_, select, true, tuple_, type_coerce

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import (
    NO_DUE,
    Dossier,
    Locatie,
    OpenPoint,
    PreviewChange,
    ProcessVersion,
    Stage,
    Task,
    TaskStatus,
    Vrijgave,
)
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.queries.worklist import AMSTERDAM, CAP, PAGE, WAITING, end_of_week, local_day

AGES = (timedelta(weeks=2), timedelta(weeks=4), timedelta(weeks=8))  # where one band of age ends and the next begins
SOON = timedelta(weeks=2)  # how far ahead the risk list looks
NOT_READY = (Stage.VOORBEREIDING, Stage.PLANNING)
WEEK = timedelta(weeks=1)


class Lateness(enum.StrEnum):
    """Of open tasks. Values are what stands in the URL."""

    LATE = "te-laat"
    TODAY = "vandaag"
    THIS_WEEK = "deze-week"
    LATER = "later"
    UNDATED = "zonder-datum"


class Happened(enum.StrEnum):
    """What a dossier can have gone through in a week. Values are what stands in the URL."""

    OPENED = "geopend"
    RELEASED = "vrijgegeven"
    RETURNED = "teruggezonden"


class Foreseen(NamedTuple):
    """A change that a preview found; "" is any."""

    preview_id: int
    kind: str
    code: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Filter:
    """What a list or a number is about; what is None or empty does not narrow. Only dossiers that are not closed,
    unless it asks what happened in a week."""

    stage: Stage | None = None
    locatie_id: int | None = None
    soort: str = ""
    version: int | None = None  # number of its process
    element: str = ""  # where it stands in the diagram
    waits_on: str = ""  # the partij of a blocking point
    asked: bool = False  # of such a point: it was asked for already
    age: int | None = None  # band, 0 the youngest
    team: str = ""  # of an open task
    lateness: Lateness | None = None  # of an open task
    at_risk: bool = False
    happened: Happened | None = None
    week: date | None = None  # its Monday
    change: "Foreseen | None" = None  # what would be different in it


class Position(NamedTuple):
    """Where a page ended."""

    next_on: date
    id: int


@dataclass(frozen=True)
class Row:
    id: int
    number: str
    heading: str
    soort: str
    stage: Stage
    locatie: str
    verdicts: Mapping[str, Mapping[str, Any]]
    gehoor_op: date | None
    beslistermijn: date | None
    opened_at: datetime
    setback: Mapping[str, Any] | None
    next_on: date

    @property
    def position(self) -> Position:
        return Position(self.next_on, self.id)


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    after: Position | None  # where the next page starts; None on the last one


def page(tx: Tx, wanted: Filter, after: Position | None = None, size: int = PAGE) -> Page:
    """One page of what the actor may see. One statement."""
    query = (
        select(
            Dossier.id, Dossier.number, Dossier.heading, Dossier.dossiersoort, Dossier.stage, Locatie.name,
            Dossier.verdicts, Dossier.gehoor_op, Dossier.beslistermijn, Dossier.opened_at, Dossier.setback,
            NEXT_ON,
        )
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(dossiers_visible_to(tx.actor), matches(tx, wanted))
        .order_by(NEXT_ON, Dossier.id)
        .limit(size + 1)
    )  # fmt: skip
    if after:
        query = query.where(tuple_(NEXT_ON, Dossier.id) > after)
    result: Iterable[Any] = tx.session.execute(query)
    found = [Row(*row) for row in result]
    rows = tuple(found[:size])
    return Page(rows, rows[-1].position if len(found) > size else None)


def count(tx: Tx, wanted: Filter) -> int:
    """How many the actor may see; at most CAP. One statement."""
    seen = select(literal(1)).select_from(Dossier).where(dossiers_visible_to(tx.actor), matches(tx, wanted))
    return tx.session.scalars(select(func.count()).select_from(seen.limit(CAP).subquery())).one()


def locaties(tx: Tx) -> dict[int, str]:
    """Every locatie by name: to choose from, for who may see them all."""
    return {row[0]: row[1] for row in tx.session.execute(select(Locatie.id, Locatie.name).order_by(Locatie.name))}


def soorten(tx: Tx) -> tuple[str, ...]:
    """To choose from: every dossiersoort with a process."""
    query = select(ProcessVersion.dossiersoort).distinct().order_by(ProcessVersion.dossiersoort)
    return tuple(tx.session.scalars(query))


def partijen(tx: Tx) -> tuple[str, ...]:
    """To choose from: whom dossiers wait for."""
    return tuple(tx.session.scalars(select(OpenPoint.partij).distinct().order_by(OpenPoint.partij)))


def matches(tx: Tx, wanted: Filter) -> ColumnElement[bool]:
    """`wanted` as a condition on Dossier."""
    return and_(true(), *_of_dossier(tx, wanted), *_of_process(wanted), *_of_work(tx, wanted), *_foreseen(wanted))


def age_band(now: datetime) -> ColumnElement[int]:
    """0 for the youngest dossiers, 3 for the oldest."""
    limits = [(Dossier.opened_at > now - age, band) for band, age in enumerate(AGES)]
    return case(*limits, else_=len(AGES))


def lateness(today: date) -> ColumnElement[str]:
    """Which Lateness an open task has."""
    return case(
        (Task.due_on < today, Lateness.LATE.value),
        (Task.due_on == today, Lateness.TODAY.value),
        (Task.due_on <= end_of_week(today), Lateness.THIS_WEEK.value),
        (Task.due_on < NO_DUE, Lateness.LATER.value),
        else_=Lateness.UNDATED.value,
    )


def week_bounds(monday: date) -> tuple[datetime, datetime]:
    """The moments at which a week begins and ends in Amsterdam."""
    return _midnight(monday), _midnight(monday + WEEK)


def _of_dossier(tx: Tx, wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.happened is None:
        yield Dossier.closed_at.is_(None)
    if wanted.stage is not None:
        yield Dossier.stage == wanted.stage
    if wanted.locatie_id is not None:
        yield Dossier.locatie_id == wanted.locatie_id
    if wanted.soort:
        yield Dossier.dossiersoort == wanted.soort
    if wanted.age is not None:
        yield age_band(tx.now) == wanted.age
    if wanted.at_risk:
        horizon = local_day(tx.now) + SOON
        yield Dossier.stage.in_(NOT_READY)
        yield or_(Dossier.gehoor_op <= horizon, Dossier.beslistermijn <= horizon)


def _of_process(wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.version is not None:
        numbered = select(ProcessVersion.id).where(ProcessVersion.number == wanted.version)
        yield Dossier.process_version_id.in_(numbered)
    if wanted.element:
        yield Dossier.active[wanted.element].as_integer() > 0


def _of_work(tx: Tx, wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.waits_on:
        of_partij = exists().where(
            OpenPoint.dossier_id == Dossier.id, OpenPoint.blocking, OpenPoint.partij == wanted.waits_on
        )
        yield (of_partij.where(OpenPoint.state == WAITING) if wanted.asked else of_partij).correlate(Dossier)
    if wanted.team or wanted.lateness:
        is_open = exists().where(Task.dossier_id == Dossier.id, Task.status == TaskStatus.OPEN)
        if wanted.team:
            is_open = is_open.where(Task.team == wanted.team)
        if wanted.lateness:
            is_open = is_open.where(lateness(local_day(tx.now)) == wanted.lateness.value)
        yield is_open.correlate(Dossier)
    if wanted.happened is not None and wanted.week is not None:
        yield _happened(wanted.happened, *week_bounds(wanted.week))


def _foreseen(wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if (change := wanted.change) is not None:
        told = zip((PreviewChange.code, PreviewChange.old, PreviewChange.new), change[2:], strict=True)
        where = [column == text for column, text in told if text]
        where.append(PreviewChange.preview_id == change.preview_id)
        where.append(type_coerce(PreviewChange.kind, String) == change.kind)
        yield exists().where(PreviewChange.dossier_id == Dossier.id, *where).correlate(Dossier)


def _happened(happened: Happened, begin: datetime, end: datetime) -> ColumnElement[bool]:
    if happened is Happened.OPENED:
        return and_(Dossier.opened_at >= begin, Dossier.opened_at < end)
    moment = Vrijgave.at if happened is Happened.RELEASED else Vrijgave.returned_at
    return exists().where(Vrijgave.dossier_id == Dossier.id, moment >= begin, moment < end).correlate(Dossier)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


NEXT_ON = func.coalesce(
    case(
        (or_(Dossier.gehoor_op.is_(None), Dossier.beslistermijn < Dossier.gehoor_op), Dossier.beslistermijn),
        else_=Dossier.gehoor_op,
    ),
    NO_DUE,
)
"""The gehoor or the beslistermijn, whichever is first; NO_DUE when there is neither."""
