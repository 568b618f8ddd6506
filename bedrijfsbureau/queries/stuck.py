"""Open dossiers that will never move again by themselves: nobody works on them and nothing will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, exists, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import (
    Dossier,
    DueWork,
    Incident,
    IncidentKind,
    Stage,
    Task,
    TaskStatus,
    Verzoek,
    Vrijgave,
    WorkKind,
)


@dataclass(frozen=True)
class StuckDossier:
    id: int
    number: str
    dossiersoort: str
    stage: str
    since: datetime  # when it last changed
    active: tuple[str, ...]  # elements where the process stands


def stuck(tx: Tx, most: int) -> Sequence[StuckDossier]:
    """Without a task, a timer, a message the process waits for, an open verzoek, a vrijgave that waits for the gehoor,
    or an incident."""
    query = _stuck().where(~exists().where(Incident.dossier_id == Dossier.id, Incident.resolved_at.is_(None)))
    found = tx.session.execute(query.order_by(Dossier.id).limit(most))
    return [
        StuckDossier(id_, number, soort, stage.value, since, tuple(active))
        for id_, number, soort, stage, since, active in found
    ]


def is_stuck(tx: Tx, dossier_id: int) -> bool:
    """Whether it still is, whatever incidents it has."""
    return tx.session.execute(_stuck().where(Dossier.id == dossier_id)).first() is not None


def reported_as_stuck(tx: Tx) -> Sequence[str]:
    """Numbers of those for which there is an incident already."""
    is_open = (Incident.kind == IncidentKind.VASTGELOPEN, Incident.resolved_at.is_(None))
    query = select(Dossier.number).join(Incident, Incident.dossier_id == Dossier.id).where(*is_open)
    return tx.session.scalars(query.order_by(Dossier.id)).all()


@cache
def _stuck() -> Select[int, str, str, Stage, datetime, dict[str, Any]]:
    query = select(
        Dossier.id, Dossier.number, Dossier.dossiersoort, Dossier.stage, Dossier.changed_at, Dossier.active
    ).where(Dossier.closed_at.is_(None), Dossier.waits_for_others.is_(False))
    return query.where(*(~exists().where(*way_on) for way_on in _ways_on()))


def _ways_on() -> tuple[tuple[Any, ...], ...]:
    """What moves a dossier on, beside a message from outside. A condition that the process waits for counts only when
    someone works on it: a task, a verzoek that a partij has, or the hearing officer who has the vrijgave."""
    return (
        (Task.dossier_id == Dossier.id, Task.status == TaskStatus.OPEN),
        (DueWork.dossier_id == Dossier.id, DueWork.kind == WorkKind.TIMER, DueWork.done_at.is_(None)),
        (Verzoek.dossier_id == Dossier.id, Verzoek.is_open),
        (
            Vrijgave.dossier_id == Dossier.id, Vrijgave.withdrawn_at.is_(None), Vrijgave.returned_at.is_(None),
            Vrijgave.accepted_at.is_(None),
        ),
    )  # fmt: skip
