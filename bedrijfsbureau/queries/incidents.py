"""What went wrong, for who keeps the system going: where and why, and nothing of what a dossier says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor, Dossier, Incident, IncidentKind, Locatie, Medewerker, Role
from bedrijfsbureau.queries.access import dossiers_visible_to

PAGE = 100
MAY_SEE = frozenset({Role.BEHEERDER, Role.MANAGER, Role.AUDITOR})


@dataclass(frozen=True)
class Filter:
    """None and "" ask nothing. `element` is the element of the model, or the code of a check."""

    is_open: bool = True
    kind: IncidentKind | None = None
    locatie_id: int | None = None
    element: str = ""
    number: str = ""


@dataclass(frozen=True)
class IncidentLine:
    id: int
    kind: IncidentKind
    dossier_id: int | None
    number: str | None
    locatie: str | None
    element: str
    cause: str
    attempts: int
    opened_at: datetime
    retried_at: datetime | None
    assignee_id: int | None
    assignee: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    note: str | None

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


def may_see(actor: Actor) -> bool:
    return actor.is_system or actor.role in MAY_SEE


def listed(tx: Tx, wanted: Filter, before: int | None = None) -> tuple[IncidentLine, ...]:
    """Newest first, at most PAGE of those before the id `before`."""
    query = _lines().where(*_conditions(tx.actor, wanted))
    if before is not None:
        query = query.where(Incident.id < before)
    return tuple(IncidentLine(*row) for row in tx.session.execute(query.order_by(Incident.id.desc()).limit(PAGE)))


def count(tx: Tx, wanted: Filter) -> int:
    query = select(func.count(Incident.id)).outerjoin(Dossier, Dossier.id == Incident.dossier_id)
    return tx.session.scalar(query.where(*_conditions(tx.actor, wanted))) or 0


def find(tx: Tx, incident_id: int) -> IncidentLine:
    """Raises NotFound, also for one of a locatie that the actor does not see."""
    found = tx.session.execute(_lines().where(Incident.id == incident_id, _visible_to(tx.actor))).one_or_none()
    if found is None:
        raise NotFound("Deze storing bestaat niet.")
    return IncidentLine(*found)


def elements(tx: Tx) -> tuple[str, ...]:
    """Those with an open incident, to choose from."""
    query = select(Incident.element).outerjoin(Dossier, Dossier.id == Incident.dossier_id)
    query = query.where(Incident.resolved_at.is_(None), _visible_to(tx.actor))
    return tuple(tx.session.scalars(query.distinct().order_by(Incident.element)))


def beheerders(tx: Tx) -> Mapping[int, str]:
    """Who an incident can be given to."""
    query = select(Medewerker.id, Medewerker.name).where(Medewerker.role == Role.BEHEERDER, Medewerker.active)
    return dict(tx.session.execute(query.order_by(Medewerker.name)).all())


def locaties(tx: Tx) -> Mapping[int, str]:
    return dict(tx.session.execute(select(Locatie.id, Locatie.name).order_by(Locatie.name)).all())


def _lines() -> Select[
    int, IncidentKind, int | None, str, str, str, str, int, datetime, datetime | None, int | None, str,
    datetime | None, str, str | None
]:  # fmt: skip
    assignee, resolver = aliased(Medewerker), aliased(Medewerker)
    return (
        select(
            Incident.id, Incident.kind, Incident.dossier_id, Dossier.number, Locatie.name, Incident.element,
            Incident.cause, Incident.attempts, Incident.opened_at, Incident.retried_at, Incident.assignee_id,
            assignee.name, Incident.resolved_at, resolver.name, Incident.note,
        )
        .outerjoin(Dossier, Dossier.id == Incident.dossier_id)
        .outerjoin(Locatie, Locatie.id == Dossier.locatie_id)
        .outerjoin(assignee, assignee.id == Incident.assignee_id)
        .outerjoin(resolver, resolver.id == Incident.resolved_by_id)
    )  # fmt: skip


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """A beheerder sees where something failed and why; others only of dossiers that they may see."""
    if not may_see(actor):
        return false()
    if actor.is_system or actor.role is Role.BEHEERDER:
        return true()
    return or_(Incident.dossier_id.is_(None), dossiers_visible_to(actor))


def _conditions(actor: Actor, wanted: Filter) -> list[ColumnElement[bool]]:
    asked = [_visible_to(actor)]
    asked.append(Incident.resolved_at.is_(None) if wanted.is_open else Incident.resolved_at.is_not(None))
    if wanted.kind is not None:
        asked.append(Incident.kind == wanted.kind)
    if wanted.locatie_id is not None:
        asked.append(Dossier.locatie_id == wanted.locatie_id)
    if wanted.element:
        asked.append(Incident.element == wanted.element)
    if wanted.number:
        asked.append(Dossier.number == wanted.number)
    return asked
