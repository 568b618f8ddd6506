"""What an actor may change. Reading is narrowed by `queries.access`; changing asks a role as well."""

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, NotFound
from bedrijfsbureau.model import Dossier, Role
from bedrijfsbureau.queries.access import dossiers_visible_to

WORKS_ON_DOSSIERS = frozenset({Role.MEDEWERKER, Role.HOORMEDEWERKER, Role.PLANNER, Role.MANAGER})


def require_role(tx: Tx, *roles: Role) -> None:
    """Raises Forbidden unless the actor has one of `roles`; the system itself may do everything."""
    if not tx.actor.is_system and tx.actor.role not in roles:
        names = ", ".join(sorted(roles))
        raise Forbidden(f"Dit mag alleen: {names}. Vraag een collega met die rol, of uw beheerder.")


def require_dossier(tx: Tx, dossier_id: int) -> None:
    """Raises NotFound when the actor may not see this dossier, Forbidden when the role does not work on it."""
    visible = select(Dossier.id).where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))
    if tx.session.scalar(visible) is None:
        raise NotFound("Dit dossier bestaat niet, of hoort bij een andere locatie.")
    require_role(tx, *WORKS_ON_DOSSIERS)
