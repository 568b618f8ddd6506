"""Work at a moment: timers of processes, messages to deliver, dossiers to look at again.

A worker takes rows under its own name and keeps them for as long as its heart beats; when it dies they are free again
after `CLAIM`. Every step asks for the name once more, under the lock of the dossier: a worker that was thought dead
does nothing with a row that another has taken. A row that fails is tried again later, ever later; after
`MOST_ATTEMPTS` it is an incident.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, or_, select, update

from bedrijfsbureau.actions.command.incidents import CHECK, open_incident
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import DueWork, Incident, IncidentKind, WorkKind

CLAIM = timedelta(seconds=15)
MOST_ATTEMPTS = 5
LONGEST_WAIT = CLAIM * 2**MOST_ATTEMPTS
FRESH = timedelta(minutes=5)
WITHOUT_RESULT = "De worker stopte elke keer tijdens dit werk, zonder te zeggen waarom."
KINDS = {
    WorkKind.TIMER: IncidentKind.TIMER,
    WorkKind.OUTBOX: IncidentKind.BERICHT,
    WorkKind.SIGNAL: IncidentKind.BERICHT,
    WorkKind.REVIEW: IncidentKind.HERBEOORDELING,
    WorkKind.PREVIEW: IncidentKind.PROEF,
    WorkKind.MOVE: IncidentKind.VERHUIZING,
    WorkKind.RECOMPUTE: IncidentKind.HERBEREKENING,
    WorkKind.SCAN: IncidentKind.STUK,
    WorkKind.SCRUB: IncidentKind.STUK,
    WorkKind.RAPPEL: IncidentKind.BERICHT,
    WorkKind.RAPPEL_OUT: IncidentKind.BERICHT,
}


def _is_over(until: Any, longest: str) -> ColumnElement[bool]:
    """What reaches further than any claim or wait of ours was set before the clock was put back."""
    return or_(until.is_(None), until <= bindparam("now"), until > bindparam(longest))


DUE = (  # written once: it is asked every second
    select(DueWork)
    .where(DueWork.done_at.is_(None), DueWork.due_at <= bindparam("now"))
    .where(DueWork.kind.in_(list(WorkKind)))  # a newer version beside this one may plan what this one can't read
    .where(or_(_is_over(DueWork.claimed_until, "longest_claim"), DueWork.claimed_by == bindparam("worker")))
    .where(_is_over(DueWork.next_try_at, "longest_wait"))
    .with_for_update(skip_locked=True)
)
OLDEST = DUE.order_by(DueWork.due_at, DueWork.id).limit(bindparam("most", type_=Integer))


def claim(tx: Tx, most: int, worker: str, fresh: int = 0) -> Sequence[DueWork]:
    """Up to `most` rows that are due for this worker alone: the oldest first and, so that a backlog does not hold up
    what happens now, the last `fresh` of them what became due most recently. What a worker had in hand when it died
    comes by itself: it may die of it again, and what else it had then would count one more attempt too. So does what
    this worker still has: it was left when the database went away, and no other takes it while the heart beats."""
    asked = _asked(tx.now, worker)
    rows = list(tx.session.scalars(OLDEST, {**asked, "most": most - fresh}))
    if fresh and len(rows) == most - fresh:
        recent = DUE.where(DueWork.due_at > tx.now - FRESH, DueWork.id.not_in([row.id for row in rows]))
        recent = recent.order_by(DueWork.due_at.desc(), DueWork.id.desc()).limit(fresh)
        rows += tx.session.scalars(recent, asked)
    spent = [row for row in rows if row.attempts >= MOST_ATTEMPTS]
    for row in spent:  # its last worker died of it, or was killed
        _give_up(tx, row, WITHOUT_RESULT)
    rows = [row for row in rows if row not in spent]
    rows = next(([row] for row in rows if row.attempts and row.error is None), rows)
    for row in rows:
        row.claimed_by, row.claimed_until = worker, tx.now + CLAIM
        row.attempts += 1
    tx.session.flush()
    return rows


def take(tx: Tx, kind: WorkKind, reference: str, worker: str) -> DueWork | None:
    """This one row without a dossier for this worker alone; None when it is done, or another has it now."""
    mine = DUE.where(DueWork.kind == kind, DueWork.reference == reference, DueWork.dossier_id.is_(None))
    row = tx.session.scalar(mine, _asked(tx.now, worker))
    if row is not None:
        row.claimed_by, row.claimed_until, row.attempts = worker, tx.now + CLAIM, row.attempts + 1
    return row


def keep(tx: Tx, worker: str) -> None:
    """The heartbeat: all that this worker has taken stays its own for another while."""
    mine = update(DueWork).where(DueWork.claimed_by == worker, DueWork.done_at.is_(None))
    tx.write_later(lambda connection: connection.execute(mine.values(claimed_until=tx.now + CLAIM)))


def wake(tx: Tx, works: Sequence[DueWork], worker: str | None = None) -> None:
    """Fire timers, no two of one dossier: all or none. A timer that is gone, or is another worker's, does nothing."""
    ids = [work.id for work in works]
    mine = [*_undone(worker), DueWork.id.in_(ids)]
    with ExitStack() as loaded:
        hands = [  # locked in this order, as everywhere
            (work, loaded.enter_context(handling(tx, work.dossier_id)))
            for work in sorted(works, key=lambda work: work.dossier_id or 0)
            if work.dossier_id is not None
        ]
        still = set(tx.connection.scalars(select(DueWork.id).where(*mine)))
        for work, at_hand in hands:
            timers = at_hand.instance.timers if at_hand.instance and work.id in still else ()
            if at_hand.instance and any(timer.id == work.reference for timer in timers):
                at_hand.record("timer_afgegaan", timer=work.reference, due=work.due_at.isoformat())
                at_hand.instance.wake(work.reference)
    _finish(tx, mine)


def finish(tx: Tx, work_id: int, worker: str | None = None) -> None:
    _finish(tx, _of(work_id, worker))


def fail(
    tx: Tx, work_id: int, cause: str, element: str | None = None, worker: str | None = None,
    kind: IncidentKind | None = None,
) -> None:  # fmt: skip
    """Try again later, twice as long each time; too often is an incident. What is gone needs nothing.

    `kind`: what trying again can't make right is an incident of this kind at once.
    """
    row = tx.session.scalar(select(DueWork).where(*_of(work_id, worker)).with_for_update())
    if row is None:
        return
    row.error = cause[:2000]
    row.claimed_by, row.claimed_until, row.next_try_at = None, None, tx.now + CLAIM * 2**row.attempts
    if row.attempts >= MOST_ATTEMPTS or kind is not None:
        _give_up(tx, row, cause, element, kind)


def name_of(row: DueWork) -> str:
    """By which an incident finds the row again."""
    return f"{row.kind}:{row.reference}"


def incidents_of(row: DueWork) -> Select[Incident]:
    """Those that wait for this row to succeed."""
    mine = select(Incident).where(Incident.work == name_of(row), Incident.resolved_at.is_(None))
    return mine.where(
        Incident.dossier_id.is_(None) if row.dossier_id is None else Incident.dossier_id == row.dossier_id
    )


def _give_up(tx: Tx, row: DueWork, cause: str, element: str | None = None, kind: IncidentKind | None = None) -> None:
    row.done_at, row.claimed_by, row.claimed_until, row.error = tx.now, None, None, cause[:2000]
    known = tx.session.scalars(incidents_of(row)).all()
    for incident in known:
        incident.cause, incident.attempts, incident.retried_at = cause[:2000], incident.attempts + row.attempts, None
    if not known:
        kind = kind or (IncidentKind.CONTROLE if CHECK in row.payload else KINDS[row.kind])
        element = element or _element_of(row)
        open_incident(tx, row.dossier_id, element, cause, kind, work=name_of(row), attempts=row.attempts)


def _element_of(row: DueWork) -> str:
    """Of the process; where the work is none of a process, what it is called."""
    if row.kind is WorkKind.TIMER:
        return row.reference.rpartition(":")[2]
    if row.kind is WorkKind.OUTBOX:
        return row.reference.partition(":")[0]
    if row.kind is WorkKind.SIGNAL:
        return str(row.payload["signal"])
    return str(row.payload.get(CHECK, "herbeoordeling")) if row.kind is WorkKind.REVIEW else name_of(row)


def _asked(now: datetime, worker: str) -> dict[str, Any]:
    """What DUE asks."""
    return {"now": now, "longest_claim": now + CLAIM, "longest_wait": now + LONGEST_WAIT, "worker": worker}


def _finish(tx: Tx, mine: Iterable[ColumnElement[bool]]) -> None:
    done = update(DueWork).where(*mine).values(done_at=tx.now, claimed_by=None, claimed_until=None)
    tx.write_later(lambda connection: connection.execute(done))


def _of(work_id: int, worker: str | None) -> tuple[ColumnElement[bool], ...]:
    return (DueWork.id == work_id, *_undone(worker))


def _undone(worker: str | None) -> tuple[ColumnElement[bool], ...]:
    """Still this worker's; without a name it is done whoever has it."""
    undone = (DueWork.done_at.is_(None),)
    return undone if worker is None else (*undone, DueWork.claimed_by == worker)
