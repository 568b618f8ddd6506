"""Learning from the past how long checks stay open, so that it can be said when a dossier becomes behandelklaar.

Reading and learning take a while and change nothing, so they happen before the transaction that keeps the outcome.
"""

from collections.abc import Mapping

from sqlalchemy import delete, func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Measurement
from bedrijfsbureau.planning import ENOUGH, Learnt, learn
from bedrijfsbureau.queries.courses import courses, day_of
from bedrijfsbureau.queries.measurements import as_json

MOST_KEPT = 30  # measurements of a dossiersoort: a month, for who wants to see how the score went


def learn_all(tx: Tx) -> dict[str, tuple[int, Learnt]]:
    """By dossiersoort: from how many dossiers, and what; of fewer than can tell anything, nothing. For a transaction
    that only reads."""
    found = {}
    enough = select(Dossier.dossiersoort).group_by(Dossier.dossiersoort).having(func.count() >= ENOUGH)
    for dossiersoort in tx.session.scalars(enough.order_by(Dossier.dossiersoort)):
        past = courses(tx, dossiersoort)
        found[dossiersoort] = len(past), learn(past, day_of(tx.now))
    return found


def keep(tx: Tx, found: Mapping[str, tuple[int, Learnt]]) -> None:
    """From now on this is what forecasts go by."""
    for dossiersoort, (dossiers, learnt) in found.items():
        content = as_json(learnt)
        tx.session.add(
            Measurement(dossiersoort=dossiersoort, measured_at=tx.now, dossiers=dossiers, content=content)
        )
        older = select(Measurement.id).where(Measurement.dossiersoort == dossiersoort)
        spent = older.order_by(Measurement.id.desc()).offset(MOST_KEPT)
        tx.session.flush()
        ids = tx.session.scalars(spent).all()
        tx.session.execute(delete(Measurement).where(Measurement.id.in_(ids)))
