"""Trying again what failed too often: the work is done once more, and its incident is over when that goes well."""

from sqlalchemy import select

from bedrijfsbureau.actions.command import incidents
from bedrijfsbureau.actions.work import due_work
from bedrijfsbureau.actions.work.rounds import ONLY
from bedrijfsbureau.actions.work.scrubbing import hash_in, is_still_wrong
from bedrijfsbureau.checks import State
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict
from bedrijfsbureau.model import Dossier, DueWork, Incident, IncidentKind, WorkKind
from bedrijfsbureau.queries.stuck import is_stuck

WENT_WELL = "Opnieuw geprobeerd en gelukt."


def retry_incident(tx: Tx, incident_id: int) -> Incident:
    """Have the worker try it again. A step that someone did is for that person to do again: then the dossier is looked
    at anew. Raises Conflict for what is resolved, NotFound, Forbidden."""
    incident = incidents.at_hand_of_operations(tx, incident_id)
    if incident.resolved_at is not None:
        raise Conflict("Deze storing is al opgelost.")
    row = _row_of(tx, incident)
    if row is None:
        reference = f"storing:{incident.id}"
        kind, payload = WorkKind.REVIEW, {}
        if incident.kind is IncidentKind.STUK:
            kind, payload = WorkKind.SCRUB, {ONLY: hash_in(incident)}
        row = DueWork(
            kind=kind, dossier_id=incident.dossier_id, reference=reference, payload=payload, due_at=tx.now
        )  # fmt: skip
        tx.session.add(row)
        incident.work = due_work.name_of(row)
    row.done_at, row.attempts, row.next_try_at, row.claimed_by, row.claimed_until = None, 0, None, None, None
    row.error = incident.cause  # says that there is an incident to close when it goes well
    incident.retried_at = tx.now
    return incident


def finish(tx: Tx, work: DueWork, worker: str | None = None) -> None:
    """The work is done; what went wrong with it before is over, unless it is still so."""
    due_work.finish(tx, work.id, worker)
    if work.error is None:
        return
    for incident in tx.session.scalars(due_work.incidents_of(work)).all():
        if _is_still_wrong(tx, incident):
            incident.retried_at = None
        else:
            incidents.close(tx, incident, WENT_WELL)


def _row_of(tx: Tx, incident: Incident) -> DueWork | None:
    if incident.work is None:
        return None
    kind, _, reference = incident.work.partition(":")
    rows = select(DueWork).where(DueWork.kind == WorkKind(kind), DueWork.reference == reference)
    if incident.dossier_id is None:
        return tx.session.scalar(rows.where(DueWork.dossier_id.is_(None)).with_for_update())
    return tx.session.scalar(rows.where(DueWork.dossier_id == incident.dossier_id).with_for_update())


def _is_still_wrong(tx: Tx, incident: Incident) -> bool:
    if incident.kind is IncidentKind.STUK:
        return is_still_wrong(tx, incident)
    if incident.dossier_id is None:
        return False
    if incident.kind is IncidentKind.VASTGELOPEN:
        return is_stuck(tx, incident.dossier_id)
    if incident.kind is IncidentKind.CONTROLE:
        verdicts = tx.session.scalars(select(Dossier.verdicts).where(Dossier.id == incident.dossier_id)).one()
        return bool(verdicts.get(incident.element, {}).get("state") == State.FOUT)
    return False
