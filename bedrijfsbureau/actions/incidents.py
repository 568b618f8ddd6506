"""What went wrong and needs a person: an incident blocks the vrijgave of its dossier until it is resolved."""

from sqlalchemy import select

from bedrijfsbureau.actions import history
from bedrijfsbureau.actions.access import require_role
from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.checks import State
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, Incident, Role


def open_incident(tx: Tx, dossier_id: int, element: str, cause: str) -> Incident:
    """Report a failure on a dossier; the same failure that is still open is reported once."""
    dossier = tx.session.scalars(select(Dossier).where(Dossier.id == dossier_id).with_for_update()).one()
    same = select(Incident).where(
        Incident.dossier_id == dossier_id, Incident.element == element, Incident.resolved_at.is_(None)
    )
    found = tx.session.scalar(same)
    if found is not None:
        return found
    incident = Incident(dossier_id=dossier_id, element=element, cause=cause[:2000], opened_at=tx.now)
    tx.session.add(incident)
    history.record(tx, dossier, "storing_gemeld", element=element, cause=cause[:2000])
    return incident


def resolve_incident(tx: Tx, incident_id: int, note: str) -> None:
    """Someone looked at it; what blocked because of it no longer does. Raises NotFound, Forbidden."""
    require_role(tx, Role.BEHEERDER)
    incident = tx.session.get(Incident, incident_id)
    if incident is None:
        raise NotFound("Deze storing bestaat niet.")
    incident.resolved_at, incident.resolved_by_id, incident.note = tx.now, tx.actor.id, note


def note_failed_checks(at_hand: AtHand) -> None:
    """A check that crashed is an incident of its dossier; nothing else stops."""
    for verdict in at_hand.verdicts:
        if verdict.state == State.FOUT and at_hand.dossier.verdicts.get(verdict.code, {}).get("state") == State.FOUT:
            open_incident(at_hand.tx, at_hand.dossier.id, verdict.code, verdict.message)
