"""Work at a moment: timers of processes, messages to deliver, dossiers to look at again.

A worker claims rows for a while; when it dies they are free again after `CLAIM`. A row that fails is tried again later,
and after `MOST_ATTEMPTS` becomes an incident.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bedrijfsbureau.actions.at_hand import AMSTERDAM
from bedrijfsbureau.actions.incidents import open_incident
from bedrijfsbureau.actions.settle import handling
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, DueWork, WorkKind

CLAIM = timedelta(seconds=15)
MOST_ATTEMPTS = 5
REVIEW_AT = timedelta(minutes=5)  # after midnight in Amsterdam


def claim(tx: Tx, most: int) -> Sequence[DueWork]:
    """Up to `most` rows that are due, oldest first, for this worker alone."""
    free = or_(DueWork.claimed_until.is_(None), DueWork.claimed_until <= tx.now)
    due = select(DueWork).where(DueWork.done_at.is_(None), DueWork.due_at <= tx.now, free)
    rows = tx.session.scalars(
        due.order_by(DueWork.due_at, DueWork.id).limit(most).with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.claimed_until = tx.now + CLAIM
        row.attempts += 1
    tx.session.flush()
    return rows


def wake(tx: Tx, work_id: int) -> None:
    """Fire a timer in its dossier; a timer that is gone meanwhile does nothing."""
    work = tx.session.get(DueWork, work_id)
    if work is None or work.dossier_id is None or work.done_at is not None:
        return
    timer = work.reference
    with handling(tx, work.dossier_id) as at_hand:
        if at_hand.instance and any(t.id == timer for t in at_hand.instance.timers):
            at_hand.record("timer_afgegaan", timer=timer)
            at_hand.instance.wake(timer)
    finish(tx, work_id)


def review(tx: Tx, dossier_id: int) -> None:
    """Look at date-sensitive checks, tasks and terms of one dossier again."""
    with handling(tx, dossier_id):
        pass


def finish(tx: Tx, work_id: int) -> None:
    work = tx.session.get(DueWork, work_id)
    if work is not None:
        work.done_at, work.claimed_until = tx.now, None


def fail(tx: Tx, work_id: int, cause: str) -> None:
    """Try again later, twice as long each time; too often is an incident on its dossier. What is gone needs nothing."""
    work = tx.session.get(DueWork, work_id)
    if work is None:
        return
    work.error, work.claimed_until = cause[:2000], tx.now + CLAIM * 2**work.attempts
    if work.attempts >= MOST_ATTEMPTS:
        work.done_at = tx.now
        if work.dossier_id is not None:
            open_incident(tx, work.dossier_id, f"{work.kind}:{work.reference}", cause)


def plan_review(tx: Tx) -> None:
    """Have all open dossiers looked at shortly after midnight; planning it twice, also at once, changes nothing."""
    tomorrow = tx.now.astimezone(AMSTERDAM).date() + timedelta(days=1)
    reference = tomorrow.isoformat()
    planned = select(DueWork.id).where(DueWork.kind == WorkKind.REVIEW, DueWork.reference == reference)
    if tx.session.scalar(planned) is None:
        at = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=AMSTERDAM) + REVIEW_AT
        insert = postgresql.insert if tx.database.engine.dialect.name == "postgresql" else sqlite.insert
        row = {"kind": WorkKind.REVIEW, "reference": reference, "due_at": at, "payload": {}, "attempts": 0}
        tx.session.execute(insert(DueWork).values(row).on_conflict_do_nothing())


def open_dossiers(tx: Tx, after: int, most: int) -> Sequence[int]:
    """Ids of open dossiers beyond `after`, in order: a review walks them page by page."""
    query = select(Dossier.id).where(Dossier.closed_at.is_(None), Dossier.id > after)
    return tx.session.scalars(query.order_by(Dossier.id).limit(most)).all()
