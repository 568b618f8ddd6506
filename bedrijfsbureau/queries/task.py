"""One task and what belongs beside it: dossier, stukken, what was asked, what happened before. Four statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import (
    Dossier,
    Event,
    Json,
    Locatie,
    Medewerker,
    Stuk,
    StukState,
    StukVersion,
    Task,
    TaskStatus,
    Verzoek,
)
from bedrijfsbureau.queries.access import tasks_visible_to

EVENTS = 60


@dataclass(frozen=True)
class DossierOfTask:
    id: int
    number: str
    heading: str
    locatie: str
    stage: str
    gehoor_op: date | None
    version: int
    gegevens: Mapping[str, Any]
    verdicts: Mapping[str, Json]
    process_version_id: int
    policy_version_id: int


@dataclass(frozen=True)
class TaskHead:
    id: str
    name: str
    form: str | None
    team: str
    competence: str | None
    checks: tuple[str, ...]
    local: Mapping[str, Any]
    is_open: bool
    priority: int
    due_on: date
    due_reason: str | None
    assignee_id: int | None
    assignee: str | None
    claimed_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None
    draft: Mapping[str, Any]
    draft_at: datetime | None


@dataclass(frozen=True)
class StukLine:
    id: int
    soort: str
    source: str
    received_on: date
    valid_until: date | None
    version: int  # number of its latest version
    filename: str


@dataclass(frozen=True)
class EventLine:
    at: datetime
    actor: str
    kind: str
    data: Json


@dataclass(frozen=True)
class VerzoekLine:
    code: str
    partij: str
    asked_on: date
    reminded_on: date | None


@dataclass(frozen=True)
class TaskPage:
    task: TaskHead
    dossier: DossierOfTask
    stukken: tuple[StukLine, ...]
    verzoeken: Mapping[str, VerzoekLine]  # the open ones, by the code of their check
    events: tuple[EventLine, ...]  # newest first


def find(tx: Tx, task_id: str) -> TaskPage:
    """Raises NotFound when there is no such task that the actor may see."""
    closer, assignee = aliased(Medewerker), aliased(Medewerker)
    query = (
        select(Task, Dossier, Locatie.name, assignee.name, closer.name)
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Locatie, Locatie.id == Task.locatie_id)
        .outerjoin(assignee, assignee.id == Task.assignee_id)
        .outerjoin(closer, closer.id == Task.closed_by_id)
        .where(Task.id == task_id, tasks_visible_to(tx.actor))
    )
    found = tx.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("Deze taak bestaat niet, of hoort bij een andere locatie.")
    task, dossier, locatie, assigned_to, closed_by = found
    return TaskPage(
        _head(task, assigned_to, closed_by),
        _dossier(dossier, locatie),
        stukken_of(tx, dossier.id),
        open_verzoeken(tx, dossier.id),
        latest_events(tx, dossier.id),
    )


def stukken_of(tx: Tx, dossier_id: int) -> tuple[StukLine, ...]:
    """The stukken that are there, newest first, each with its latest version."""
    each = aliased(StukVersion)
    latest = select(func.max(each.number)).where(each.stuk_id == Stuk.id).correlate(Stuk).scalar_subquery()
    query = (
        select(
            Stuk.id, Stuk.soort, Stuk.source, Stuk.received_on, Stuk.valid_until,
            StukVersion.number, StukVersion.filename,
        )
        .join(StukVersion, StukVersion.stuk_id == Stuk.id)
        .where(Stuk.dossier_id == dossier_id, Stuk.state == StukState.AANWEZIG, StukVersion.number == latest)
        .order_by(Stuk.received_on.desc(), Stuk.id.desc())
    )  # fmt: skip
    return tuple(StukLine(*row) for row in tx.session.execute(query))


def open_verzoeken(tx: Tx, dossier_id: int) -> dict[str, VerzoekLine]:
    query = select(Verzoek.code, Verzoek.partij, Verzoek.asked_on, Verzoek.reminded_on)
    query = query.where(Verzoek.dossier_id == dossier_id, Verzoek.is_open).order_by(Verzoek.id)
    return {row[0]: VerzoekLine(*row) for row in tx.session.execute(query)}


def latest_events(tx: Tx, dossier_id: int, most: int = EVENTS) -> tuple[EventLine, ...]:
    query = select(Event.at, Event.actor, Event.kind, Event.data).where(Event.dossier_id == dossier_id)
    query = query.order_by(Event.number.desc()).limit(most)
    return tuple(EventLine(*row) for row in tx.session.execute(query))


def _head(task: Task, assignee: str | None, closed_by: str | None) -> TaskHead:
    return TaskHead(
        id=task.id,
        name=task.name,
        form=task.form,
        team=task.team,
        competence=task.competence,
        checks=tuple(task.checks),
        local=task.local,
        is_open=task.status is TaskStatus.OPEN,
        priority=task.priority,
        due_on=task.due_on,
        due_reason=task.due_reason,
        assignee_id=task.assignee_id,
        assignee=assignee,
        claimed_at=task.claimed_at,
        closed_at=task.closed_at,
        closed_by=closed_by,
        closed_reason=task.closed_reason,
        draft=task.draft,
        draft_at=task.draft_at,
    )


def _dossier(dossier: Dossier, locatie: str) -> DossierOfTask:
    return DossierOfTask(
        id=dossier.id,
        number=dossier.number,
        heading=dossier.heading,
        locatie=locatie,
        stage=dossier.stage.value,
        gehoor_op=dossier.gehoor_op,
        version=dossier.version,
        gegevens=dossier.gegevens,
        verdicts=dossier.verdicts,
        process_version_id=dossier.process_version_id,
        policy_version_id=dossier.policy_version_id,
    )
