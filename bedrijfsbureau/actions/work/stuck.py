"""Reporting dossiers that will never move again by themselves."""

from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import IncidentKind
from bedrijfsbureau.queries.stuck import stuck

CAUSE = "Niemand werkt aan dit dossier en er komt niets meer: geen taak, geen termijn, geen verzoek, geen vrijgave."


def report(tx: Tx, most: int) -> int:
    """Open an incident for up to `most` of them; how many. One that has an incident is somebody's work already."""
    found = stuck(tx, most)
    for dossier in found:
        where = ", ".join(dossier.active) or "nergens"
        open_incident(tx, dossier.id, where, CAUSE, IncidentKind.VASTGELOPEN)
    return len(found)
