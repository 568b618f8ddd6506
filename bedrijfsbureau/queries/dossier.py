"""One dossier and what belongs to it, as its pages show it. `head` answers whether the actor may see it at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import (
    Dossier,
    Incident,
    Json,
    Locatie,
    Medewerker,
    Relatie,
    Stage,
    Stuk,
    StukState,
    Task,
    TaskStatus,
    Termijn,
    Vrijstelling,
)
from bedrijfsbureau.queries.access import dossiers_visible_to


@dataclass(frozen=True)
class Head:
    id: int
    number: str
    heading: str
    dossiersoort: str
    regime: str | None
    stage: Stage
    locatie: str
    gehoor_op: date | None
    beslistermijn: date | None
    version: int
    process_version_id: int
    policy_version_id: int
    gegevens: Mapping[str, Any]
    verdicts: Mapping[str, Json]
    setback: Json | None  # why it is no longer as far as it was: at, was, sentence, codes
    reopened: Mapping[str, str]  # code -> why the hoormedewerker sent it back
    active: Mapping[str, int]  # element id -> tokens
    changed_at: datetime
    closed_at: datetime | None
    open_tasks: int
    stukken: int  # those that are there
    termijnen: int
    relaties: int
    incidents: int  # open


@dataclass(frozen=True)
class TaskLine:
    id: str
    element: str
    name: str
    team: str
    checks: tuple[str, ...]
    about: str | None  # the code of the check it was opened for
    status: TaskStatus
    due_on: date
    assignee_id: int | None
    assignee: str | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None

    @property
    def is_open(self) -> bool:
        return self.status is TaskStatus.OPEN

    def serves(self, code: str, element: str) -> bool:
        """Whether doing this task helps the check `code`, which the policy gives to task `element`."""
        return self.about == code or code in self.checks or (self.about is None and self.element == element)


@dataclass(frozen=True)
class RelatieLine:
    kind: str
    id: int
    number: str
    heading: str
    stage: Stage
    gehoor_op: date | None
    locatie: str
    verdicts: Mapping[str, Json]


@dataclass(frozen=True)
class VrijstellingLine:
    id: int
    code: str
    ground: str
    reason: str
    valid_until: date
    granted_by: str
    granted_by_id: int
    granted_at: datetime
    needs_second: bool
    confirmed_by: str | None
    confirmed_at: datetime | None

    @property
    def is_asked(self) -> bool:
        """It waits for a second person and does not count yet."""
        return self.needs_second and self.confirmed_at is None

    @property
    def by(self) -> str:
        return f"{self.granted_by} en {self.confirmed_by}" if self.confirmed_by else self.granted_by

    @property
    def why(self) -> str:
        return f"{self.ground}: {self.reason}" if self.ground else self.reason


def head(tx: Tx, dossier_id: int) -> Head:
    """Raises NotFound when there is no such dossier that the actor may see. One statement.

    Every page, file and download of one dossier comes through here, so this is the place to log who looked at it.
    """
    query = (
        select(
            Dossier.id, Dossier.number, Dossier.heading, Dossier.dossiersoort, Dossier.regime, Dossier.stage,
            Locatie.name, Dossier.gehoor_op, Dossier.beslistermijn, Dossier.version, Dossier.process_version_id,
            Dossier.policy_version_id, Dossier.gegevens, Dossier.verdicts, Dossier.setback, Dossier.reopened,
            Dossier.active,
            Dossier.changed_at, Dossier.closed_at,
            _count(Task, Task.status == TaskStatus.OPEN), _count(Stuk, Stuk.state == StukState.AANWEZIG),
            _count(Termijn), _count(Relatie), _count(Incident, Incident.resolved_at.is_(None)),
        )
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))
    )  # fmt: skip
    found: Any = tx.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("Dit dossier bestaat niet, of hoort bij een andere locatie.")
    return Head(*found)


def visible(tx: Tx, dossier_id: int) -> Select[int]:
    """The id of this dossier when the actor may see it, else nothing: for the `where` of what belongs to it."""
    return select(Dossier.id).where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))


def tasks(tx: Tx, dossier_id: int) -> tuple[TaskLine, ...]:
    """Open tasks first, by date and priority; then what was done, newest first. One statement."""
    assignee, closer = aliased(Medewerker), aliased(Medewerker)
    query = (
        select(Task, assignee.name, closer.name)
        .outerjoin(assignee, assignee.id == Task.assignee_id)
        .outerjoin(closer, closer.id == Task.closed_by_id)
        .where(Task.dossier_id.in_(visible(tx, dossier_id)))
        .order_by(Task.due_on, Task.priority, Task.id)
    )
    lines = [_task(*row) for row in tx.session.execute(query)]
    closed = sorted((line for line in lines if line.closed_at), key=lambda line: line.closed_at or tx.now, reverse=True)
    return (*(line for line in lines if line.is_open), *closed)


def vrijstellingen(tx: Tx, dossier_id: int) -> dict[str, VrijstellingLine]:
    """Those that were given or asked and not taken back, by the code of their check; the latest when there are more."""
    query = select(
        Vrijstelling.id, Vrijstelling.code, Vrijstelling.ground, Vrijstelling.reason, Vrijstelling.valid_until,
        Vrijstelling.granted_by, Vrijstelling.granted_by_id, Vrijstelling.granted_at, Vrijstelling.needs_second,
        Vrijstelling.confirmed_by, Vrijstelling.confirmed_at,
    )  # fmt: skip
    query = query.where(Vrijstelling.dossier_id.in_(visible(tx, dossier_id)), Vrijstelling.withdrawn_at.is_(None))
    return {row[1]: VrijstellingLine(*row) for row in tx.session.execute(query.order_by(Vrijstelling.id))}


def relaties(tx: Tx, dossier_id: int) -> tuple[RelatieLine, ...]:
    """Dossiers that belong with this one; those the actor may not see are left out."""
    query = (
        select(
            Relatie.kind, Dossier.id, Dossier.number, Dossier.heading, Dossier.stage, Dossier.gehoor_op, Locatie.name,
            Dossier.verdicts,
        )
        .join(Dossier, Dossier.id == Relatie.other_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(Relatie.dossier_id.in_(visible(tx, dossier_id)), dossiers_visible_to(tx.actor))
        .order_by(Relatie.kind, Dossier.number)
    )  # fmt: skip
    return tuple(RelatieLine(*row) for row in tx.session.execute(query))


def open_incidents(tx: Tx, dossier_id: int) -> tuple[str, ...]:
    """The elements of the process where something failed that nobody resolved yet."""
    query = select(Incident.element).where(Incident.dossier_id.in_(visible(tx, dossier_id)))
    return tuple(tx.session.scalars(query.where(Incident.resolved_at.is_(None)).order_by(Incident.id)))


def _count(rows: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(rows).where(rows.dossier_id == Dossier.id, *conditions)
    return query.correlate(Dossier).scalar_subquery()


def _task(task: Task, assignee: str | None, closed_by: str | None) -> TaskLine:
    about = task.local.get("punt") or task.local.get("code")
    return TaskLine(
        task.id, task.element, task.name, task.team, tuple(task.checks), str(about) if about else None, task.status,
        task.due_on, task.assignee_id, assignee, task.opened_at, task.closed_at, closed_by, task.closed_reason,
    )  # fmt: skip
