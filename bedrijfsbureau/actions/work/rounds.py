"""A round along every open dossier: the nightly review, or a signal that one dossier threw for all others.

It is one row of due work that remembers the last dossier it came to, in that dossier's own transaction. So other work
goes on between its pages, a worker that takes over goes on where the last one was, and no dossier is visited twice.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from bedrijfsbureau.actions.command.incidents import CHECK, open_incident
from bedrijfsbureau.actions.command.policy_moves import move_if_due
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.messages import receive_signal
from bedrijfsbureau.actions.work.due_work import CLAIM
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import CheckFailed, TakenOver
from bedrijfsbureau.model import Dossier, DueWork, IncidentKind, WorkKind

AFTER, ONLY, SOORT = "after", "only", "soort"
"""Names in the payload: the last dossier that was visited; the only one to visit; the only dossiersoort."""


def open_dossiers(tx: Tx, after: int, most: int, soort: str | None = None) -> Sequence[int]:
    """Ids of open dossiers beyond `after`, in order."""
    query = select(Dossier.id).where(Dossier.closed_at.is_(None), Dossier.id > after)
    if soort is not None:
        query = query.where(Dossier.dossiersoort == soort)
    return tx.session.scalars(query.order_by(Dossier.id).limit(most)).all()


def review(tx: Tx, dossier_id: int, check: str | None = None) -> None:
    """Look at date-sensitive checks, tasks and terms of one dossier again, under the policy that holds for it now.

    Raises CheckFailed when this is about one `check` and it crashes again.
    """
    with handling(tx, dossier_id) as at_hand:
        move_if_due(at_hand)
    for verdict in at_hand.verdicts if check else ():
        if verdict.code == check and verdict.error is not None:
            raise CheckFailed(f"De controle kon niet worden uitgevoerd ({verdict.error.partition('(')[0]}).")


def visit(tx: Tx, work: DueWork, dossier_id: int, worker: str) -> None:
    """Do what the round is for at one dossier. Raises TakenOver when another worker goes round with it now."""
    do(tx, work, dossier_id)
    _pass(tx, work, dossier_id, worker)


def do(tx: Tx, work: DueWork, dossier_id: int) -> None:
    if work.kind is WorkKind.REVIEW:
        review(tx, dossier_id, work.payload.get(CHECK))
    elif dossier_id != work.dossier_id or ONLY in work.payload:  # the one that threw it has had it
        receive_signal(tx, dossier_id, work.payload["signal"])


def try_later(tx: Tx, work: DueWork, dossier_id: int, worker: str, cause: str) -> None:
    """One dossier failed: that is work of its own from here, which does not hold up the others."""
    row = {
        "kind": work.kind, "dossier_id": dossier_id, "reference": f"{work.dossier_id or 0}:{work.reference}",
        "payload": {**work.payload, ONLY: dossier_id}, "due_at": tx.now, "next_try_at": tx.now + CLAIM * 2,
        "attempts": 1, "error": cause[:2000],
    }  # fmt: skip
    add_once(tx, row)
    _pass(tx, work, dossier_id, worker)


def report(tx: Tx, work: DueWork, dossier_id: int, worker: str, cause: str) -> None:
    """The state of one dossier can't be loaded: trying again can't make that right."""
    open_incident(tx, dossier_id, "processtand", cause, IncidentKind.PROCESSTAND)
    _pass(tx, work, dossier_id, worker)


def rest(tx: Tx, work_id: int, worker: str) -> None:
    """The page is done: any worker may take the next."""
    free = {"attempts": 0, "claimed_by": None, "claimed_until": None}
    mine = update(DueWork).where(DueWork.id == work_id, DueWork.claimed_by == worker)
    tx.session.execute(mine.values(free), execution_options={"synchronize_session": False})


def add_once(tx: Tx, row: dict[str, Any]) -> None:
    """Plan work; planning the same twice, also at once, changes nothing."""
    tx.session.execute(tx.insert_once(DueWork).values(row))


def _pass(tx: Tx, work: DueWork, dossier_id: int, worker: str) -> None:
    mine = update(DueWork).where(DueWork.id == work.id, DueWork.claimed_by == worker, DueWork.done_at.is_(None))
    passed = mine.values(payload={**work.payload, AFTER: dossier_id}).returning(DueWork.id)
    if tx.session.scalar(passed, execution_options={"synchronize_session": False}) is None:
        raise TakenOver
