"""What went wrong and needs a person: an incident blocks the vrijgave of its dossier until it is resolved."""

from datetime import timedelta

from sqlalchemy import Select, select

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.checks import State
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import (
    BedrijfsbureauError,
    Conflict,
    DatabaseUnavailable,
    Forbidden,
    InvalidInput,
    NotFound,
    StepFailed,
)
from bedrijfsbureau.model import Dossier, DueWork, Incident, IncidentKind, Json, Medewerker, Role, WorkKind

LONGEST = 2000  # characters of a cause or a note
SOON = timedelta(seconds=30)
CHECK = "check"  # in the payload of a review: the check that crashed


def open_incident(
    tx: Tx,
    dossier_id: int | None,
    element: str,
    cause: str,
    kind: IncidentKind = IncidentKind.STAP,
    *,
    work: str | None = None,
    attempts: int = 0,
) -> Incident:
    """Report a failure; the same failure that is still open is reported once, and keeps its latest cause."""
    dossier = _locked(tx, dossier_id)
    found = tx.session.scalar(_same(dossier_id, element, kind, work))
    if found is not None:
        found.cause, found.attempts, found.retried_at = cause[:LONGEST], found.attempts + attempts, None
        return found
    incident = Incident(
        kind=kind, dossier_id=dossier_id, element=element, cause=cause[:LONGEST], work=work, attempts=attempts,
        opened_at=tx.now,
    )  # fmt: skip
    tx.session.add(incident)
    if dossier is not None:
        history.record(tx, dossier, "storing_gemeld", element=element, cause=cause[:LONGEST])
    return incident


def explain(error: Exception) -> tuple[str, str | None]:
    """The cause, and the element of the process where it happened."""
    if isinstance(error, StepFailed):
        return error.report(), error.element
    said = error.__cause__ or error if isinstance(error, DatabaseUnavailable | Conflict) else error
    said = getattr(said, "orig", None) or said  # SQLAlchemy's own words have what was written in them
    return said.report() if isinstance(said, BedrijfsbureauError) else f"{type(said).__name__}: {said}", None


def look_again_at_crashes(at_hand: AtHand, before: Json) -> None:
    """A check that began or ceased to crash in this command: the worker looks again soon, then ever later, and in the
    end it is an incident, or the incident that there was is over. Nothing else stops."""
    verdicts = at_hand.verdicts
    for verdict in (verdicts[number] for number in at_hand.judged_now):
        if (verdict.state is State.FOUT) != (before.get(verdict.code, {}).get("state") == State.FOUT):
            _look_again(at_hand, verdict.code)


def _look_again(at_hand: AtHand, code: str) -> None:
    session, reference, due_at = at_hand.tx.session, f"controle {code}", at_hand.tx.now + SOON
    row = session.scalar(
        select(DueWork)
        .where(DueWork.kind == WorkKind.REVIEW, DueWork.dossier_id == at_hand.dossier.id)
        .where(DueWork.reference == reference)
    )
    if row is None:
        row = DueWork(kind=WorkKind.REVIEW, dossier_id=at_hand.dossier.id, reference=reference, payload={CHECK: code})
        row.due_at = due_at
        session.add(row)
    elif row.done_at is not None:
        row.due_at, row.done_at, row.attempts, row.next_try_at = due_at, None, 0, None


def resolve_incident(tx: Tx, incident_id: int, note: str) -> Incident:
    """Someone looked at it; what blocked because of it no longer does. Raises NotFound, Forbidden."""
    incident = at_hand_of_operations(tx, incident_id)
    if incident.resolved_at is None:
        close(tx, incident, note)
    return incident


def close(tx: Tx, incident: Incident, note: str) -> None:
    dossier = _locked(tx, incident.dossier_id)
    incident.resolved_at, incident.resolved_by_id, incident.retried_at = tx.now, tx.actor.id, None
    incident.note = note[:LONGEST]
    if dossier is not None:
        history.record(tx, dossier, "storing_opgelost", element=incident.element, note=incident.note)


def assign_incident(tx: Tx, incident_id: int, medewerker_id: int | None) -> Incident:
    """Have a beheerder look at it; None is nobody. Raises NotFound, Forbidden."""
    incident = at_hand_of_operations(tx, incident_id)
    if medewerker_id is not None:
        someone = tx.session.get(Medewerker, medewerker_id)
        if someone is None or not someone.active or someone.role is not Role.BEHEERDER:
            raise Forbidden("Een storing hoort bij een beheerder. Kies iemand anders.")
    incident.assignee_id = medewerker_id
    return incident


def note_incident(tx: Tx, incident_id: int, note: str) -> Incident:
    """Keep what someone found out, for who looks next. Raises InvalidInput for nothing, NotFound, Forbidden."""
    if not note.strip():
        raise InvalidInput({"notitie": ["Schrijf wat u hebt gevonden."]})
    incident = at_hand_of_operations(tx, incident_id)
    incident.note = note.strip()[:LONGEST]
    return incident


def at_hand_of_operations(tx: Tx, incident_id: int) -> Incident:
    require_role(tx, Role.BEHEERDER)
    incident = tx.session.get(Incident, incident_id, with_for_update=True)
    if incident is None:
        raise NotFound("Deze storing bestaat niet.")
    return incident


def _same(dossier_id: int | None, element: str, kind: IncidentKind, work: str | None) -> Select[Incident]:
    same = select(Incident).where(Incident.element == element, Incident.kind == kind, Incident.resolved_at.is_(None))
    if kind in (IncidentKind.TIMER, IncidentKind.BERICHT):  # an element may have more of these
        same = same.where(Incident.work == work)
    return same.where(Incident.dossier_id.is_(None) if dossier_id is None else Incident.dossier_id == dossier_id)


def _locked(tx: Tx, dossier_id: int | None) -> Dossier | None:
    if dossier_id is None:
        return None
    return tx.session.scalars(select(Dossier).where(Dossier.id == dossier_id).with_for_update()).one()
