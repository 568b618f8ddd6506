"""The worklist: queues of open tasks in one order, read a page at a time from where the last page ended.

The order is due date, priority, id: the groups vandaag, deze week, later and zonder datum follow each other, and
within a day the most urgent comes first. One direction and no null (NO_DUE), so comparing rows finds the next page.
"""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Medewerker, OpenPoint, Stage, Task, TaskStatus, Vrijgave
from bedrijfsbureau.queries.access import tasks_visible_to

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PAGE = 50
CAP = 1000  # a count stops here: nobody reads further, and counting everything would cost more than the page
WAITING = "wacht op"  # the state of a verdict
AT_WORK = (Stage.VOORBEREIDING, Stage.PLANNING, Stage.BEHANDELKLAAR)


class Queue(enum.StrEnum):
    """Values are what stands in the URL."""

    MINE = "mijn-taken"
    TEAM = "mijn-team"
    LOCATIE = "mijn-locatie"
    WAITING = "wacht-op-derden"
    THIS_WEEK = "loopt-deze-week-af"
    RETURNED = "teruggezonden"


class Position(NamedTuple):
    """Where a page ended."""

    due_on: date
    priority: int
    task_id: str


@dataclass(frozen=True)
class Row:
    task_id: str
    name: str
    team: str
    checks: Sequence[str]
    due_on: date
    priority: int
    assignee_id: int | None
    assignee: str | None
    dossier_id: int
    number: str
    heading: str
    verdicts: Mapping[str, Mapping[str, Any]]
    gehoor_op: date | None
    setback: Mapping[str, Any] | None

    @property
    def position(self) -> Position:
        return Position(self.due_on, self.priority, self.task_id)


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    after: Position | None  # where the next page starts; None on the last one


@dataclass(frozen=True)
class Counts:
    """Each is at most CAP."""

    queues: Mapping[Queue, int]
    mine_today: int  # of mine, due today or too late
    mine_last_step: int  # of mine, in a dossier where one blocking point is left


def page(tx: Tx, queue: Queue, name: str = "", after: Position | None = None, size: int = PAGE) -> Page:
    """One page of `queue`, only tasks called `name` when given. One statement."""
    query = _rows().where(in_queue(tx, queue)).order_by(Task.due_on, Task.priority, Task.id).limit(size + 1)
    if name:
        query = query.where(Task.name == name)
    if after:
        query = query.where(tuple_(Task.due_on, Task.priority, Task.id) > after)
    result: Iterable[Any] = tx.session.execute(query)
    found = [Row(*row) for row in result]
    shown = tuple(found[:size])
    return Page(shown, shown[-1].position if len(found) > size else None)


def rows(tx: Tx, task_ids: Collection[str]) -> dict[str, Row]:
    """These tasks, as far as the actor may see them and they are open. One statement."""
    visible = and_(Task.id.in_(task_ids), Task.status == TaskStatus.OPEN, tasks_visible_to(tx.actor))
    result: Iterable[Any] = tx.session.execute(_rows().where(visible))
    return {row.task_id: row for row in (Row(*values) for values in result)}


def _rows() -> Select[Any]:
    assignee = aliased(Medewerker)
    columns: list[Any] = [
        Task.id, Task.name, Task.team, Task.checks, Task.due_on, Task.priority, Task.assignee_id, assignee.name,
        Dossier.id, Dossier.number, Dossier.heading, Dossier.verdicts, Dossier.gehoor_op,
        Dossier.setback,
    ]  # fmt: skip
    query = select(*columns).join(Dossier, Dossier.id == Task.dossier_id)
    return query.outerjoin(assignee, assignee.id == Task.assignee_id)


def counts(tx: Tx) -> Counts:
    """Every number of the worklist. One statement."""
    conditions = [in_queue(tx, queue) for queue in Queue]
    mine = in_queue(tx, Queue.MINE)
    conditions += [and_(mine, Task.due_on <= _today(tx)), and_(mine, _blocking_points() == 1)]
    parts = [_capped(number, condition) for number, condition in enumerate(conditions)]
    found: dict[int, int] = dict(tx.session.execute(union_all(*parts)).all())
    numbers = [found[number] for number in range(len(conditions))]
    return Counts(dict(zip(Queue, numbers, strict=False)), numbers[-2], numbers[-1])


def names(tx: Tx, queue: Queue) -> tuple[str, ...]:
    """The kinds of task in a queue, to filter on; from its first CAP tasks. One statement."""
    first = select(Task.name).where(in_queue(tx, queue)).limit(CAP).subquery()
    return tuple(tx.session.scalars(select(first.c.name).distinct().order_by(first.c.name)))


def next_task(tx: Tx, *, but: str = "") -> str | None:
    """The task to work on next: the first of my own, else the first of my team that nobody has and I may do."""
    may_do = or_(Task.competence.is_(None), Task.competence.in_(sorted(tx.actor.competences)))
    for queue in (Queue.MINE, Queue.TEAM):
        query = select(Task.id).where(in_queue(tx, queue), may_do, Task.id != but)
        if found := tx.session.scalar(query.order_by(Task.due_on, Task.priority, Task.id).limit(1)):
            return found
    return None


def in_queue(tx: Tx, queue: Queue) -> ColumnElement[bool]:
    actor, visible = tx.actor, and_(Task.status == TaskStatus.OPEN, tasks_visible_to(tx.actor))
    mine = Task.assignee_id == actor.id if actor.id is not None else false()
    team = and_(Task.team.in_(sorted(actor.teams)), Task.assignee_id.is_(None))
    match queue:
        case Queue.MINE:
            return and_(visible, mine)
        case Queue.TEAM:
            return and_(visible, team)
        case Queue.LOCATIE:
            return visible
        case Queue.WAITING:
            return and_(visible, or_(mine, team), _waits_on_another())
        case Queue.THIS_WEEK:
            return and_(visible, or_(mine, team), Task.due_on <= end_of_week(_today(tx)))
        case Queue.RETURNED:
            return and_(visible, or_(mine, team), _was_returned())


def _waits_on_another() -> ColumnElement[bool]:
    of_dossier = OpenPoint.dossier_id == Task.dossier_id
    return exists().where(of_dossier, OpenPoint.blocking, OpenPoint.state == WAITING).correlate(Task)


def _was_returned() -> ColumnElement[bool]:
    """The gehoor sent the dossier back, and it has not gone out again since."""
    at_work = exists().where(Dossier.id == Task.dossier_id, Dossier.stage.in_(AT_WORK)).correlate(Task)
    returned = exists().where(Vrijgave.dossier_id == Task.dossier_id, Vrijgave.returned_at.is_not(None))
    return and_(returned.correlate(Task), at_work)


def _blocking_points() -> Any:
    of_dossier = OpenPoint.dossier_id == Task.dossier_id
    return select(func.count()).where(of_dossier, OpenPoint.blocking).correlate(Task).scalar_subquery()


def _capped(number: int, condition: ColumnElement[bool]) -> Any:
    first = select(literal(1)).select_from(Task).where(condition).limit(CAP).subquery()
    return select(literal(number), func.count()).select_from(first)


def _today(tx: Tx) -> date:
    return local_day(tx.now)


def local_day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def end_of_week(day: date) -> date:
    """The Sunday of this week."""
    return day + timedelta(days=7 - day.isoweekday())
