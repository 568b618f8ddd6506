"""Looking what is due, and having it done."""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator

from bedrijfsbureau.actions import every_day
from bedrijfsbureau.actions.command.incidents import explain
from bedrijfsbureau.actions.work import due_work
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.model import SYSTEM, DueWork, WorkKind
from bedrijfsbureau.rappel import Outlet, nowhere
from bedrijfsbureau.worker.heart import heart
from bedrijfsbureau.worker.job import Clock, Send, Worker, act
from bedrijfsbureau.worker.kinds import do

BATCH = 40
FRESH = 10  # of a batch, for what became due just now
TOGETHER = 10  # timers in one transaction
IDLE = 1.0  # seconds between two looks when nothing was due
log = logging.getLogger(__name__)


def run(
    database: Database, clock: Clock, send: Send, stop: threading.Event, outlet: Outlet = nowhere,
    hung: Callable[[], object] = lambda: None,
) -> None:  # fmt: skip
    """Work until `stop` is set. A database that is away is tried again; nothing that is due gets lost. `send` delivers
    what processes send, `outlet` the rappels; `hung` is called when a piece of work takes too long (`heart`)."""
    name = _new_name()
    with heart(database, clock, name, hung) as begin:
        worker = Worker(database, clock, name, send, outlet, begin)
        while not stop.is_set():
            try:
                done = _batch(worker)
            except DatabaseUnavailable as error:
                log.warning("De database is niet bereikbaar: %s", error.__cause__)
                done = 0
            except Exception:  # whatever it is, what is due is still due
                log.exception("De worker kon niet werken en probeert het opnieuw.")
                done = 0
            if not done:
                stop.wait(IDLE)


def work_off(database: Database, clock: Clock, send: Send, name: str = "worker", outlet: Outlet = nowhere) -> int:
    """Do one batch of what is due now. How many rows it took."""
    return _batch(Worker(database, clock, name, send, outlet))


def deliver_now(database: Database, clock: Clock, outlet: Outlet, rappel_id: int) -> None:
    """`deliver`, without waiting for a worker; what fails is tried again by one, as always."""
    worker = Worker(database, clock, _new_name(), outlet=outlet)
    work = act(database, clock(), due_work.take, WorkKind.RAPPEL_OUT, str(rappel_id), worker.name)
    if work is not None:
        worker.attempt(do, work)


def _new_name() -> str:
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def _batch(worker: Worker) -> int:
    worker.begin()
    with transaction(worker.database, SYSTEM, worker.clock()) as tx:
        every_day.plan(tx)
        rows = list(due_work.claim(tx, BATCH, worker.name, FRESH))
        tx.session.expunge_all()
    for group in _groups(rows):
        if len(group) == 1 or not _wake_together(worker, group):
            for row in group:
                worker.attempt(do, row)
    return len(rows)


def _groups(rows: Iterable[DueWork]) -> Iterator[list[DueWork]]:
    """All in order; timers that stand after each other and never failed go together, no two of one dossier."""
    group: list[DueWork] = []
    for row in rows:
        is_like = all(each.kind is row.kind is WorkKind.TIMER and each.error is None for each in (row, *group))
        if group and not (is_like and len(group) < TOGETHER and all(row.dossier_id != w.dossier_id for w in group)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _wake_together(worker: Worker, group: list[DueWork]) -> bool:
    """In one transaction. When one of them fails none was done, and each is to be done by itself, which tells which."""
    worker.begin()
    try:
        act(worker.database, worker.clock(), due_work.wake, group, worker.name)
    except Exception as error:
        log.info("Niet samen gelukt, dus ieder apart: %s", explain(error)[0])
        return False
    return True
