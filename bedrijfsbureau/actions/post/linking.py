"""From the postvak to a dossier, and back; nothing is ever deleted.

A file without a dossier is first put in one (`place`), where it waits until someone says what it is (`link`).
"""

from sqlalchemy import select

from bedrijfsbureau.actions.command.access import require_dossier
from bedrijfsbureau.actions.post.incoming import About, find, note, record
from bedrijfsbureau.actions.stukken import add_stuk, withdraw_stuk
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import IncomingState, IncomingStuk, Stuk
from bedrijfsbureau.queries.access import may_see_locatie
from bedrijfsbureau.storage import Stored

WAITS = frozenset({IncomingState.POSTVAK, IncomingState.KLAARGEZET})
LONGEST = 1000  # characters of a reason


def place(tx: Tx, incoming_id: int, dossier_id: int) -> IncomingStuk:
    """Put a file from the postvak in a dossier, where someone says what it is. Raises NotFound, Forbidden, Conflict."""
    row = _waiting(tx, incoming_id)
    require_dossier(tx, dossier_id)
    row.dossier_id, row.state = dossier_id, IncomingState.KLAARGEZET
    note(tx, row, "bij dossier gelegd")
    record(tx, dossier_id, "stuk_gekoppeld", filename=row.filename, incoming=row.id)
    return row


def put_back(tx: Tx, incoming_id: int, reason: str) -> IncomingStuk:
    """It waits in the wrong dossier: back to the postvak. Raises InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput({"reden": ["Vul in waarom het stuk niet bij dit dossier hoort."]})
    row = _waiting(tx, incoming_id)
    dossier_id = row.dossier_id
    row.dossier_id, row.state, row.soort, row.replaces_id = None, IncomingState.POSTVAK, None, None
    note(tx, row, "teruggelegd", reason.strip()[:LONGEST])
    if dossier_id is not None:
        record(tx, dossier_id, "stuk_losgemaakt", filename=row.filename, reason=reason.strip()[:LONGEST])
    return row


def link(tx: Tx, incoming_id: int, dossier_id: int, about: About) -> Stuk:
    """Make it a stuk of this dossier. Raises NotFound, InvalidInput, Conflict when a colleague was first."""
    row = _waiting(tx, incoming_id)
    if about.soort is None:
        raise InvalidInput({"soort": ["Kies een soort uit de lijst."]})
    return become_stuk(tx, row, dossier_id, about)


def become_stuk(tx: Tx, row: IncomingStuk, dossier_id: int, about: About) -> Stuk:
    came_without = row.dossier_id is None
    stuk = add_stuk(
        tx, dossier_id, soort=about.soort or "", received_on=about.received_on, source=about.source,
        valid_until=about.valid_until, gegevens=about.gegevens, replaces=about.replaces,
        stored=Stored(row.sha256, row.size), filename=row.filename, media_type=row.media_type,
        added_by=row.arrived_by_id,
    )  # fmt: skip
    row.dossier_id, row.stuk_id, row.state, row.soort = dossier_id, stuk.id, IncomingState.GEKOPPELD, about.soort
    note(tx, row, "gekoppeld")
    if came_without:
        record(tx, dossier_id, "stuk_gekoppeld", filename=row.filename, incoming=row.id)
    return stuk


def set_aside(tx: Tx, incoming_id: int, reason: str) -> IncomingStuk:
    """It is not ours, or was put here by mistake: out of the way, with the reason. Raises InvalidInput, Conflict."""
    if not reason.strip():
        raise InvalidInput({"reden": ["Vul in waarom dit stuk niet van ons is."]})
    row = _waiting(tx, incoming_id)
    row.state, row.reason = IncomingState.NIET_VAN_ONS, reason.strip()[:LONGEST]
    note(tx, row, "niet van ons", row.reason)
    return row


def take_back(tx: Tx, incoming_id: int) -> IncomingStuk:
    """It was ours after all. Raises NotFound, Conflict."""
    row = find(tx, incoming_id)
    if row.state is not IncomingState.NIET_VAN_ONS:
        raise Conflict(f"Dit stuk is {row.state}. Ververs de pagina.")
    row.state, row.reason = IncomingState.POSTVAK if row.dossier_id is None else IncomingState.KLAARGEZET, None
    note(tx, row, "teruggehaald")
    return row


def unlink(tx: Tx, stuk_id: int, reason: str) -> Stuk:
    """A stuk that turns out to belong elsewhere: withdrawn here, and back in the postvak. Raises NotFound for a stuk
    that never lay there, InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput({"reason": ["Vul in waarom het stuk niet bij dit dossier hoort."]})
    mine = select(IncomingStuk).where(IncomingStuk.stuk_id == stuk_id, IncomingStuk.state == IncomingState.GEKOPPELD)
    row = tx.session.scalar(mine.with_for_update())
    if row is None or not may_see_locatie(tx.actor, row.locatie_id):
        raise NotFound("Dit stuk komt niet uit het postvak. Trek het in.")
    dossier_id = row.dossier_id
    stuk = withdraw_stuk(tx, stuk_id, f"Hoort niet bij dit dossier: {reason.strip()[:LONGEST]}")
    row.state, row.dossier_id, row.stuk_id, row.soort, row.replaces_id = IncomingState.POSTVAK, None, None, None, None
    note(tx, row, "losgemaakt", reason.strip()[:LONGEST])
    record(tx, dossier_id or 0, "stuk_losgemaakt", filename=row.filename, reason=reason.strip()[:LONGEST])
    return stuk


def _waiting(tx: Tx, incoming_id: int) -> IncomingStuk:
    row = find(tx, incoming_id)
    if row.state not in WAITS:
        raise Conflict(f"Dit stuk is al {row.state}. Ververs de pagina.")
    return row
