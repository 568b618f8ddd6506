"""What a worker plans without being asked: looking at all dossiers again each night, and the rappels of a working day.

It is asked at every look at what is due, so it is one statement when all is planned already.
"""

from sqlalchemy import and_, bindparam, or_, select

from bedrijfsbureau.actions import rappels
from bedrijfsbureau.actions.work import reviewing
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import DueWork, WorkKind

PLANNED = select(DueWork.kind).where(
    DueWork.dossier_id.is_(None),
    or_(
        and_(DueWork.kind == WorkKind.REVIEW, DueWork.reference == bindparam("night")),
        and_(DueWork.kind == WorkKind.RAPPEL, DueWork.reference == bindparam("day")),
    ),
)


def plan(tx: Tx) -> None:
    """Planning it twice, also at once, changes nothing."""
    days = {"night": reviewing.next_night(tx.now), "day": rappels.next_day(tx.now)}
    planned = set(tx.connection.scalars(PLANNED, {name: day.isoformat() for name, day in days.items()}))
    if WorkKind.REVIEW not in planned:
        reviewing.plan_review(tx)
    if WorkKind.RAPPEL not in planned:
        rappels.plan(tx)
