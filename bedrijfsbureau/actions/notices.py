"""Saying to have seen that a dossier is no longer ready for its gehoor."""

from bedrijfsbureau.actions.command.access import require_dossier, require_role
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Notice


def acknowledge(tx: Tx, notice_id: int) -> Notice:
    """For all colleagues with this role; who comes second changes nothing. Raises NotFound, Forbidden."""
    notice = tx.session.get(Notice, notice_id, with_for_update=True)
    if notice is None:
        raise NotFound("Deze melding bestaat niet.")
    require_dossier(tx, notice.dossier_id)
    require_role(tx, notice.role)
    if notice.seen_at is None:
        notice.seen_at, notice.seen_by, notice.seen_by_id = tx.now, tx.actor.name, tx.actor.id
    return notice
