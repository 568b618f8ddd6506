"""Who looked at a dossier: for the auditor only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden
from bedrijfsbureau.model import Actor, Role, Viewing
from bedrijfsbureau.queries.dossier import visible

PAGE = 100


@dataclass(frozen=True)
class Line:
    id: int
    at: datetime
    name: str
    role: str
    part: str
    about: str


def may_see(actor: Actor) -> bool:
    return actor.role is Role.AUDITOR


def page(tx: Tx, dossier_id: int, before: int | None = None) -> Sequence[Line]:
    """The newest first, from before the id `before`. Raises Forbidden."""
    if not may_see(tx.actor):
        raise Forbidden("Wie een dossier heeft bekeken, ziet alleen de auditor.")
    query = select(Viewing.id, Viewing.at, Viewing.name, Viewing.role, Viewing.part, Viewing.about)
    query = query.where(Viewing.dossier_id.in_(visible(tx, dossier_id)))
    if before is not None:
        query = query.where(Viewing.id < before)
    return [Line(*row) for row in tx.session.execute(query.order_by(Viewing.id.desc()).limit(PAGE))]
