"""What planner and manager steer by: numbers per locatie, each the size of a list that `dossiers` can show.

Every function counts what `dossiers_counted_for` lets the actor count, of one locatie or (None) of all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, OpenPoint, Stage, Task, TaskStatus, Vrijgave
from bedrijfsbureau.queries.access import dossiers_counted_for
from bedrijfsbureau.queries.dossiers import (
    AGES,
    WEEK,
    Filter,
    Happened,
    Lateness,
    age_band,
    lateness,
    matches,
    week_bounds,
)
from bedrijfsbureau.queries.worklist import WAITING, local_day

WEEKS = 8  # of inflow and outflow


@dataclass(frozen=True)
class Partij:
    """Who others wait for. Numbers of dossiers; `oldest`: since when the oldest of its points is open."""

    name: str
    blocking: int
    asked: int
    oldest: datetime


@dataclass(frozen=True)
class Week:
    monday: date
    counts: Mapping[Happened, int]


def stages(tx: Tx, locatie_id: int | None) -> dict[Stage, tuple[int, ...]]:
    """Of each stage with open dossiers, how many there are in each band of age, the youngest first. One statement."""
    band = age_band(tx.now)
    query = select(Dossier.stage, band, func.count()).where(*_counted(tx, Filter(locatie_id=locatie_id)))
    found: dict[Stage, list[int]] = {}
    for stage, age, number in tx.session.execute(query.group_by(Dossier.stage, band)):
        found.setdefault(stage, [0] * (len(AGES) + 1))[age] = number
    return {stage: tuple(found[stage]) for stage in Stage if stage in found}


def partijen(tx: Tx, locatie_id: int | None) -> tuple[Partij, ...]:
    """Who holds up dossiers, whoever holds up most first. One statement."""
    blocked = func.count(distinct(Dossier.id))
    asked = func.count(distinct(case((OpenPoint.state == WAITING, Dossier.id))))
    query = (
        select(OpenPoint.partij, blocked, asked, func.min(OpenPoint.since))
        .join(Dossier, Dossier.id == OpenPoint.dossier_id)
        .where(OpenPoint.blocking, *_counted(tx, Filter(locatie_id=locatie_id)))
        .group_by(OpenPoint.partij)
        .order_by(blocked.desc(), OpenPoint.partij)
    )
    return tuple(Partij(*row) for row in tx.session.execute(query))


def teams(tx: Tx, locatie_id: int | None) -> dict[str, dict[Lateness, int]]:
    """Of each team, the dossiers with an open task by how late it is. One statement."""
    late = lateness(local_day(tx.now))
    query = (
        select(Task.team, late, func.count(distinct(Dossier.id)))
        .join(Dossier, Dossier.id == Task.dossier_id)
        .where(Task.status == TaskStatus.OPEN, *_counted(tx, Filter(locatie_id=locatie_id)))
        .group_by(Task.team, late)
        .order_by(Task.team)
    )
    found: dict[str, dict[Lateness, int]] = {}
    for team, name, number in tx.session.execute(query):
        found.setdefault(team, dict.fromkeys(Lateness, 0))[Lateness(name)] = number
    return found


def at_risk(tx: Tx, locatie_id: int | None) -> int:
    """How many dossiers have a gehoor or beslistermijn soon and are not ready for it. One statement."""
    query = select(func.count()).select_from(Dossier)
    return tx.session.scalars(query.where(*_counted(tx, Filter(locatie_id=locatie_id, at_risk=True)))).one()


def weeks(tx: Tx, locatie_id: int | None) -> tuple[Week, ...]:
    """What happened in this week and the ones before it, oldest first. Two statements."""
    this = _monday(local_day(tx.now))
    mondays = [this - WEEK * back for back in reversed(range(WEEKS))]
    begin = week_bounds(mondays[0])[0]
    of_locatie = _counted(tx, Filter(locatie_id=locatie_id, happened=Happened.OPENED))
    opened = select(*_per_week(Dossier.id, Dossier.opened_at, mondays))
    opened = opened.where(Dossier.opened_at >= begin, *of_locatie)
    released, returned = (_per_week(Dossier.id, moment, mondays) for moment in (Vrijgave.at, Vrijgave.returned_at))
    gone = select(*released, *returned).select_from(Vrijgave).join(Dossier, Dossier.id == Vrijgave.dossier_id)
    gone = gone.where((Vrijgave.at >= begin) | (Vrijgave.returned_at >= begin), *of_locatie)
    numbers = [*tx.session.execute(opened).one(), *tx.session.execute(gone).one()]
    return tuple(
        Week(monday, dict(zip(Happened, numbers[place::WEEKS], strict=True))) for place, monday in enumerate(mondays)
    )


def _per_week(counted: Any, moment: Any, mondays: Sequence[date]) -> list[ColumnElement[int]]:
    bounds = [week_bounds(monday) for monday in mondays]
    return [
        func.count(distinct(case((and_(moment >= begin, moment < end), counted)))).label(None) for begin, end in bounds
    ]


def _counted(tx: Tx, wanted: Filter) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return dossiers_counted_for(tx.actor), matches(tx, wanted)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
