"""Dossiers that belong together, such as those of one family."""

from sqlalchemy import select

from bedrijfsbureau.actions.command.access import require_dossier
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput
from bedrijfsbureau.model import Dossier, Relatie


def link(tx: Tx, dossier_id: int, other_id: int, kind: str) -> None:
    """Each sees the other from now on. Raises NotFound, InvalidInput, Conflict when they are linked already."""
    if dossier_id == other_id:
        raise InvalidInput({"dossier": ["Een dossier kan niet aan zichzelf worden gekoppeld. Kies een ander dossier."]})
    pair = {dossier_id: other_id, other_id: dossier_id}
    numbers = {}
    for each in sorted(pair):  # always in this order, so that two colleagues never wait for each other
        require_dossier(tx, each)
        numbers[each] = tx.session.scalars(select(Dossier.number).where(Dossier.id == each).with_for_update()).one()
    same = select(Relatie.id).where(
        Relatie.dossier_id == dossier_id, Relatie.other_id == other_id, Relatie.kind == kind
    )
    if tx.session.scalar(same) is not None:
        raise Conflict("Deze dossiers zijn al gekoppeld. Ververs de pagina om dat te zien.")
    tx.session.add_all(Relatie(dossier_id=mine, other_id=other, kind=kind) for mine, other in pair.items())
    tx.session.flush()
    for mine in sorted(pair):
        with handling(tx, mine) as at_hand:
            at_hand.record("gekoppeld", relation=kind, other=numbers[pair[mine]])
