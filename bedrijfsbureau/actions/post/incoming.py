"""What comes in: a stuk when all is known and nothing is doubtful, else kept until someone looks (`linking.py`)."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.access import WORKS_ON_DOSSIERS, require_dossier, require_role
from bedrijfsbureau.actions.post.receiving import Received
from bedrijfsbureau.actions.stukken import add_stuk
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, DueWork, IncomingState, IncomingStuk, Json, Stuk, WorkKind
from bedrijfsbureau.queries.access import may_see_locatie
from bedrijfsbureau.queries.incoming import twins


@dataclass(frozen=True)
class About:
    """What is known of a file. `soort` None: not yet all that a stuk needs, and `draft` has what was typed."""

    received_on: date
    source: str = ""
    soort: str | None = None
    valid_until: date | None = None
    gegevens: Json = field(default_factory=dict)
    replaces: int | None = None
    draft: Json = field(default_factory=dict)


def bring(tx: Tx, dossier_id: int, received: Received, about: About, *, even_so: bool = False) -> Stuk | IncomingStuk:
    """Add a file to a dossier, or keep it there until someone finishes: what it is, is not known or not right yet; or
    the same bytes lie in a dossier that the actor sees already, and nobody said `even_so`. Raises NotFound, Forbidden.
    """
    doubtful = not even_so and bool(twins(tx, [received.stored.sha256]))
    if about.soort is None or doubtful or not received.is_cleared:
        known = replace(about, soort=None) if doubtful else about
        return keep(tx, received, known, dossier_id=dossier_id)
    return add_stuk(
        tx, dossier_id, soort=about.soort, received_on=about.received_on, source=about.source,
        valid_until=about.valid_until, gegevens=about.gegevens, replaces=about.replaces,
        stored=received.stored, filename=received.filename, media_type=received.media_type,
    )  # fmt: skip


def keep(
    tx: Tx, received: Received, about: About, *, locatie_id: int | None = None, dossier_id: int | None = None
) -> IncomingStuk:
    """Keep a file that is no stuk yet: in the postvak of a locatie, or in a dossier. Raises NotFound, Forbidden."""
    require_role(tx, *WORKS_ON_DOSSIERS)
    if dossier_id is not None:
        require_dossier(tx, dossier_id)
        locatie_id = tx.session.scalars(select(Dossier.locatie_id).where(Dossier.id == dossier_id)).one()
    if locatie_id is None or not may_see_locatie(tx.actor, locatie_id):
        raise NotFound("Deze locatie bestaat niet, of u werkt er niet.")
    waits = IncomingState.POSTVAK if dossier_id is None else IncomingState.KLAARGEZET
    row = IncomingStuk(
        locatie_id=locatie_id, dossier_id=dossier_id,
        state=waits if received.is_cleared else IncomingState.QUARANTAINE, sha256=received.stored.sha256,
        size=received.stored.size, filename=received.filename, media_type=received.media_type, soort=about.soort,
        received_on=about.received_on, source=about.source, valid_until=about.valid_until, gegevens=about.gegevens,
        replaces_id=about.replaces, draft=about.draft, arrived_at=tx.now, arrived_by_id=tx.actor.id, course=[],
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    note(tx, row, "binnengekomen")
    if not received.is_cleared:
        _hold(tx, row)
    return row


def find(tx: Tx, incoming_id: int) -> IncomingStuk:
    """Locked. Raises NotFound, also for one of another locatie, and Forbidden."""
    row = tx.session.get(IncomingStuk, incoming_id, with_for_update=True)
    if row is None or not may_see_locatie(tx.actor, row.locatie_id):
        raise NotFound("Dit stuk bestaat niet, of hoort bij een andere locatie.")
    require_role(tx, *WORKS_ON_DOSSIERS)
    return row


def note(tx: Tx, row: IncomingStuk, what: str, reason: str | None = None) -> None:
    row.course = [*row.course, {"at": tx.now.isoformat(), "by": tx.actor.name, "what": what, "reason": reason}]


def record(tx: Tx, dossier_id: int, kind: str, **data: Any) -> None:
    """In the history of the dossier, after what this transaction did to it before."""
    tx.write()
    locked = select(Dossier).where(Dossier.id == dossier_id).with_for_update()
    dossier = tx.session.scalars(locked.execution_options(populate_existing=True)).one()
    history.record(tx, dossier, kind, **data)


def _hold(tx: Tx, row: IncomingStuk) -> None:
    tx.session.add(
        DueWork(kind=WorkKind.SCAN, dossier_id=row.dossier_id, reference=str(row.id), payload={}, due_at=tx.now)
    )
    if row.dossier_id is not None:
        record(tx, row.dossier_id, "stuk_in_quarantaine", filename=row.filename, incoming=row.id)
