"""Which bytes the database names, for who looks whether they are still there."""

from collections.abc import Sequence

from sqlalchemy import select, union

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, IncomingStuk, Stuk, StukVersion


def named(tx: Tx, after: str, most: int) -> Sequence[str]:
    """Hashes beyond `after`, in order, each once."""
    each = union(select(StukVersion.sha256), select(IncomingStuk.sha256)).subquery()
    query = select(each.c.sha256).where(each.c.sha256 > after).order_by(each.c.sha256).limit(most)
    return tx.session.scalars(query).all()


def dossiers_with(tx: Tx, sha256: str) -> dict[int, str]:
    """Id and number of the dossiers that have these bytes."""
    query = select(Dossier.id, Dossier.number).join(Stuk, Stuk.dossier_id == Dossier.id)
    query = query.join(StukVersion, StukVersion.stuk_id == Stuk.id).where(StukVersion.sha256 == sha256)
    return {row[0]: row[1] for row in tx.session.execute(query.order_by(Dossier.id))}
