"""What the virus scanner says, in the end, of what waits in quarantine."""

from datetime import timedelta

from sqlalchemy import select

from bedrijfsbureau.actions.command import incidents
from bedrijfsbureau.actions.post.incoming import About, note, record
from bedrijfsbureau.actions.post.linking import become_stuk
from bedrijfsbureau.database import Database, Tx
from bedrijfsbureau.intake import Verdict
from bedrijfsbureau.model import DueWork, Incident, IncidentKind, IncomingState, IncomingStuk

AGAIN = timedelta(minutes=2)
ELEMENT = "virusscanner"
OFF = "Er is geen virusscanner ingesteld."


def scan(database: Database, sha256: str) -> tuple[Verdict, str]:
    """Outside any transaction. Without a scanner nothing more can be asked, and what waits is let through."""
    if database.rules.scanner is None:
        return Verdict.CLEAN, OFF
    with database.storage.open(sha256) as content:
        return database.rules.scanner.scan(content)


def held(tx: Tx, work: DueWork) -> str | None:
    """The hash of what this work is for; None when it is in quarantine no longer."""
    row = tx.session.get(IncomingStuk, int(work.reference))
    return row.sha256 if row is not None and row.state is IncomingState.QUARANTAINE else None


def judge(tx: Tx, incoming_id: int, verdict: Verdict, said: str) -> None:
    """Clean: a stuk when all is known, else it waits for someone. Found or too big: refused, and everyone sees why."""
    row = tx.session.get_one(IncomingStuk, incoming_id, with_for_update=True)
    if row.state is not IncomingState.QUARANTAINE:
        return
    if verdict is not Verdict.CLEAN:
        row.state = IncomingState.AFGEKEURD
        row.reason = (
            f"De virusscanner vond: {said}" if verdict is Verdict.FOUND else f"Te groot voor de scanner: {said}"
        )
        note(tx, row, "afgekeurd", row.reason)
        if row.dossier_id is not None:
            record(tx, row.dossier_id, "stuk_afgekeurd", filename=row.filename, reason=row.reason)
        return
    note(tx, row, "vrij van virussen", said or None)
    row.state = IncomingState.POSTVAK if row.dossier_id is None else IncomingState.KLAARGEZET
    close_incident(tx)


def add_cleared(tx: Tx, incoming_id: int) -> None:
    """What was filled in when it came, now counts. Raises what adding a stuk raises: then it waits for someone."""
    row = tx.session.get_one(IncomingStuk, incoming_id, with_for_update=True)
    if row.state is IncomingState.KLAARGEZET and row.soort is not None and row.dossier_id is not None:
        about = About(row.received_on, row.source, row.soort, row.valid_until, row.gegevens, row.replaces_id)
        become_stuk(tx, row, row.dossier_id, about)


def postpone(tx: Tx, work_id: int, said: str, worker: str) -> None:
    """The scanner is away: ask again for as long as it takes, and say so once."""
    row = tx.session.scalar(
        select(DueWork).where(DueWork.id == work_id, DueWork.claimed_by == worker).with_for_update()
    )
    if row is not None:
        row.attempts, row.error, row.next_try_at = 0, said[:2000], tx.now + AGAIN
        row.claimed_by, row.claimed_until = None, None
        cause = f"De virusscanner antwoordt niet ({said}). Nieuwe stukken wachten in quarantaine."
        incidents.open_incident(tx, None, ELEMENT, cause, IncidentKind.STUK)


def close_incident(tx: Tx) -> None:
    is_open = select(Incident).where(Incident.element == ELEMENT, Incident.resolved_at.is_(None))
    for incident in tx.session.scalars(is_open.where(Incident.kind == IncidentKind.STUK)):
        incidents.close(tx, incident, "De virusscanner antwoordt weer.")
