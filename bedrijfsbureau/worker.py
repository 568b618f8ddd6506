"""The worker: does what is due. Several may run at once; each row of work is done by one of them.

Each piece of work is a transaction of its own. A worker that dies leaves its rows claimed for `due_work.CLAIM`; then
another takes them.
"""

import json
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bedrijfsbureau.actions import (
    due_work,
    login_guard,
    measuring,
    move_runs,
    preview_work,
    rappels,
    recompute_runs,
    retrying,
    reviewing,
    rounds,
    scanning,
    scrubbing,
    stuck,
)
from bedrijfsbureau.actions.migrating import reasons
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, Tx, reading, transaction
from bedrijfsbureau.errors import (
    BedrijfsbureauError,
    Conflict,
    DatabaseUnavailable,
    NotDelivered,
    StateTampered,
    StepFailed,
)
from bedrijfsbureau.intake import Verdict
from bedrijfsbureau.model import SYSTEM, DueWork, IncidentKind, MoveKind, MoveState, RunStatus, WorkKind
from bedrijfsbureau.rappel import Outlet, nowhere
from bedrijfsbureau.storage import Condition, condition

BATCH = 40
FRESH = 10  # of a batch, for what became due just now
TOGETHER = 10  # timers in one transaction
IDLE = 1.0  # seconds between two looks when nothing was due
BEAT = 5.0  # seconds between two heartbeats: three fit in a claim
ROUND_PAGE = 50
STUCK_PAGE = 100

Clock = Callable[[], datetime]
Send = Callable[[DueWork], None]
P = ParamSpec("P")
Result = TypeVar("Result")
log = logging.getLogger(__name__)


def run(database: Database, clock: Clock, send: Send, stop: threading.Event, outlet: Outlet = nowhere) -> None:
    """Work until `stop` is set. A database that is away is tried again; nothing that is due gets lost. `send` delivers
    what processes send, `outlet` the rappels."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    with _heart(database, clock, name):
        while not stop.is_set():
            try:
                done = work_off(database, clock, send, name, outlet)
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
    with transaction(database, SYSTEM, clock()) as tx:
        reviewing.plan_review(tx)
        rappels.plan(tx)
        rows = list(due_work.claim(tx, BATCH, name, FRESH))
        tx.session.expunge_all()
    for group in _groups(rows):
        if len(group) == 1 or not _wake_together(database, clock(), group, name):
            for row in group:
                _try(database, clock, send, row, name, outlet)
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


def _wake_together(database: Database, now: datetime, group: list[DueWork], name: str) -> bool:
    """In one transaction. When one of them fails none was done, and each is to be done by itself, which tells which."""
    try:
        _act(database, now, due_work.wake, group, name)
    except DatabaseUnavailable:
        raise
    except Exception as error:
        log.info("Niet samen gelukt, dus ieder apart: %s", explain(error)[0])
        return False
    return True


def _try(database: Database, clock: Clock, send: Send, row: DueWork, name: str, outlet: Outlet) -> None:
    try:
        _do(database, clock(), send, row, name, outlet)
    except DatabaseUnavailable:
        raise
    except StateTampered as error:  # trying again can't make it right
        _act(database, clock(), due_work.fail, row.id, str(error), "processtand", name, IncidentKind.PROCESSTAND)
    except Exception as error:  # one poisoned row must not stop the others: it is retried, then an incident
        cause, element = explain(error)
        _act(database, clock(), due_work.fail, row.id, cause, element, name)


def explain(error: Exception) -> tuple[str, str | None]:
    """The cause, and the element of the process where it happened."""
    if isinstance(error, StepFailed):
        return str(error), error.element
    return f"{type(error).__name__}: {error}", None


def deliver_to(folder: Path) -> Send:
    """The delivery of an installation without mail: one JSON file per message, for someone or something to pick up."""

    def send(work: DueWork) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{work.id:08}.json"
        unfinished = target.with_suffix(".tmp")
        unfinished.write_text(json.dumps(work.payload, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(target)

    return send


def _do(database: Database, now: datetime, send: Send, work: DueWork, name: str, outlet: Outlet) -> None:
    match work.kind:
        case WorkKind.TIMER:
            _act(database, now, due_work.wake, [work], name)
            if work.error is None:
                return  # the row went with the timer
        case WorkKind.OUTBOX:
            send(work)
        case WorkKind.SCAN:
            if not _scan(database, now, work, name):
                return
        case WorkKind.SCRUB:
            if not _scrub(database, now, work, name):
                return
        case WorkKind.REVIEW | WorkKind.SIGNAL:
            if (only := _only(work)) is not None:
                _act(database, now, rounds.do, work, only)
            elif not _go_round(database, now, work, name):
                return
            elif work.kind is WorkKind.REVIEW:
                _tidy(database, now)
        case WorkKind.PREVIEW:
            if _preview_page(database, now, work, name):
                return
        case WorkKind.MOVE:
            _move_page(database, now, work, name)
            return
        case WorkKind.RECOMPUTE:
            run = _act(database, now, recompute_runs.do_page, int(work.reference.partition(":")[0]))
            if run.status is RunStatus.RUNNING:
                _act(database, now, rounds.rest, work.id, name)
                return
        case WorkKind.RAPPEL:
            _act(database, now, rappels.bundle)
        case WorkKind.RAPPEL_OUT:
            deliver(database, now, outlet, int(work.reference))
    _act(database, now, retrying.finish, work, name)


def deliver(database: Database, now: datetime, outlet: Outlet, rappel_id: int) -> None:
    """Give it to the partij. Dying between the sending and its mark, or an error that leaves open whether it arrived,
    is followed by another attempt with the same content under the same id.

    Raises NotDelivered when it certainly did not arrive, else whatever error the delivery ended in.
    """
    letter = _act(database, now, rappels.prepare, rappel_id)
    if letter is None:
        return
    try:
        outlet.deliver(letter)
    except NotDelivered as error:
        _act(database, now, rappels.refused, rappel_id, str(error))
        raise
    _act(database, now, rappels.sent, rappel_id)


def deliver_now(database: Database, clock: Clock, outlet: Outlet, rappel_id: int) -> None:
    """`deliver`, without waiting for a worker; what fails is tried again by one, as always."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    work = _act(database, clock(), due_work.take, WorkKind.RAPPEL_OUT, str(rappel_id), name)
    if work is not None:
        _try(database, clock, lambda _: None, work, name, outlet)


def _only(work: DueWork) -> int | None:
    """The one dossier that this work is for, when it is no round along all of them."""
    return work.payload.get(rounds.ONLY, work.dossier_id if work.kind is WorkKind.REVIEW else None)


def _go_round(database: Database, now: datetime, work: DueWork, name: str) -> bool:
    """One page, each dossier in a transaction of its own; one that fails does not stop the others. Whether it was the
    last page."""
    payload = work.payload
    page = _act(
        database, now, rounds.open_dossiers, payload.get(rounds.AFTER, 0), ROUND_PAGE, payload.get(rounds.SOORT)
    )
    for dossier_id in page:
        try:
            _act(database, now, rounds.visit, work, dossier_id, name)
        except (DatabaseUnavailable, Conflict):
            raise
        except StateTampered as error:
            _act(database, now, rounds.report, work, dossier_id, name, str(error))
        except Exception as error:
            _act(database, now, rounds.try_later, work, dossier_id, name, explain(error)[0])
    if len(page) == ROUND_PAGE:
        _act(database, now, rounds.rest, work.id, name)
    return len(page) < ROUND_PAGE


def _move_page(database: Database, now: datetime, work: DueWork, name: str) -> None:
    """One page of a batch of moves, or its end. A dossier that can't move stays, and does not stop the others."""
    run, route, page = _act(database, now, move_runs.next_page, int(work.reference), ROUND_PAGE)
    if run.state is not MoveState.BUSY:
        return
    if not page:
        _act(database, now, move_runs.close, run.id, work, name)
    elif run.kind is MoveKind.TRY:
        _act(database, now, move_runs.try_out, run, route, page, work, name)
    for dossier_id in () if run.kind is MoveKind.TRY else page:
        try:
            _act(database, now, move_runs.visit, run, route, dossier_id, work, name)
        except DatabaseUnavailable:
            raise
        except BedrijfsbureauError as error:
            _act(database, now, move_runs.leave, run, dossier_id, reasons(error), work, name)
    _act(database, now, rounds.rest, work.id, name)


def _preview_page(database: Database, now: datetime, work: DueWork, name: str) -> bool:
    """Whether there is another page to do. It is judged in a transaction that holds up nobody."""
    with reading(database, SYSTEM, now) as tx:
        page = preview_work.look(tx, work)
    goes_on = page is not None and _act(database, now, preview_work.keep, work, page, name)
    if goes_on:
        _act(database, now, rounds.rest, work.id, name)
    return goes_on


def _scan(database: Database, now: datetime, work: DueWork, name: str) -> bool:
    """Whether there is a verdict. What was filled in wrong or changed meanwhile leaves the file waiting for someone."""
    sha256 = _act(database, now, scanning.held, work)
    if sha256 is not None:  # else a worker that died had its verdict already
        verdict, said = scanning.scan(database, sha256)
        if verdict is Verdict.AWAY:
            _act(database, now, scanning.postpone, work.id, said, name)
            return False
        _act(database, now, scanning.judge, int(work.reference), verdict, said)
    try:
        _act(database, now, scanning.add_cleared, int(work.reference))
    except (DatabaseUnavailable, StepFailed, StateTampered):
        raise
    except BedrijfsbureauError as error:
        log.warning("Een stuk uit quarantaine wacht op een medewerker: %s", error)
    return True


def _scrub(database: Database, now: datetime, work: DueWork, name: str) -> bool:
    """One page of bytes that are read again. Whether it was the last."""
    page = _act(database, now, scrubbing.page_of, work)
    for sha256 in page:
        if (found := condition(database.storage, sha256)) is not Condition.WHOLE:
            _act(database, now, scrubbing.report, sha256, found)
    if page:
        _act(database, now, scrubbing.go_on, work, page[-1], name)
    else:
        _act(database, now, scrubbing.plan_scrub)
    return not page


def _tidy(database: Database, now: datetime) -> None:
    while _act(database, now, stuck.report, STUCK_PAGE):
        pass
    _act(database, now, reviewing.forget_keys)
    _act(database, now, login_guard.forget)
    with reading(database, SYSTEM, now) as tx:
        learnt = measuring.learn_all(tx)
    _act(database, now, measuring.keep, learnt)
    _act(database, now, scrubbing.plan_scrub)


def _act(
    database: Database, now: datetime, action: Callable[Concatenate[Tx, P], Result], *args: P.args, **kwargs: P.kwargs
) -> Result:
    """`perform`, but a step that fails is no incident yet: it is tried again first."""
    with transaction(database, SYSTEM, now) as tx:
        return action(tx, *args, **kwargs)


@contextmanager
def _heart(database: Database, clock: Clock, name: str) -> Iterator[None]:
    """Beats beside the work, so that a long piece of work is not taken for a dead worker."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT):
            try:
                perform(database, SYSTEM, clock(), due_work.keep, name)
            except DatabaseUnavailable:
                continue  # the work says so
            except Exception:
                log.exception("De hartslag van de worker is niet bewaard.")

    beating = threading.Thread(target=beat, name="heartbeat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        stop.set()
        beating.join()
