"""The worker: does what is due. Several may run at once; each row of work is done by one of them.

Each piece of work is a transaction of its own. A worker that dies leaves its rows claimed for `due_work.CLAIM`; then
another takes them.
"""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bedrijfsbureau.actions import due_work, messages
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.errors import BedrijfsbureauError
from bedrijfsbureau.model import SYSTEM, DueWork, WorkKind

BATCH = 20
IDLE = 1.0  # seconds between two looks when nothing was due
REVIEW_PAGE = 200

Clock = Callable[[], datetime]
Send = Callable[[DueWork], None]


def run(database: Database, clock: Clock, send: Send, stop: threading.Event) -> None:
    """Work until `stop` is set. A database that is away is tried again; nothing that is due gets lost."""
    while not stop.is_set():
        try:
            done = work_off(database, clock, send)
        except BedrijfsbureauError:
            done = 0
        if not done:
            stop.wait(IDLE)


def work_off(database: Database, clock: Clock, send: Send) -> int:
    """Do one batch of what is due now. How many rows it took."""
    with transaction(database, SYSTEM, clock()) as tx:
        due_work.plan_review(tx)
        rows = list(due_work.claim(tx, BATCH))
        tx.session.expunge_all()
    for row in rows:
        try:
            _do(database, clock(), send, row)
        except Exception as error:  # one poisoned row must not stop the others: it is retried, then an incident
            perform(database, SYSTEM, clock(), due_work.fail, row.id, f"{type(error).__name__}: {error}")
    return len(rows)


def deliver_to(folder: Path) -> Send:
    """The delivery of an installation without mail: one JSON file per message, for someone or something to pick up."""

    def send(work: DueWork) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{work.id:08}.json"
        unfinished = target.with_suffix(".tmp")
        unfinished.write_text(json.dumps(work.payload, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(target)

    return send


def _do(database: Database, now: datetime, send: Send, work: DueWork) -> None:
    match work.kind:
        case WorkKind.TIMER:
            perform(database, SYSTEM, now, due_work.wake, work.id)
        case WorkKind.OUTBOX:
            send(work)
            perform(database, SYSTEM, now, due_work.finish, work.id)
        case WorkKind.SIGNAL:
            _each_open(database, now, messages.receive_signal, work.payload["signal"], but=work.dossier_id)
            perform(database, SYSTEM, now, due_work.finish, work.id)
        case WorkKind.REVIEW:
            _each_open(database, now, due_work.review)
            perform(database, SYSTEM, now, due_work.finish, work.id)


def _each_open(
    database: Database, now: datetime, action: Callable[..., object], *arguments: object, but: int | None = None
) -> None:
    """Every open dossier in a transaction of its own; one that fails has its incident and does not stop the others."""
    last = 0
    while True:
        with transaction(database, SYSTEM, now) as tx:
            page = due_work.open_dossiers(tx, last, REVIEW_PAGE)
        for dossier_id in page:
            try:
                if dossier_id != but:
                    perform(database, SYSTEM, now, action, dossier_id, *arguments)
            except BedrijfsbureauError:
                continue
        if len(page) < REVIEW_PAGE:
            return
        last = page[-1]
