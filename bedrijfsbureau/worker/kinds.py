"""What each kind of work asks. A function says whether its row is still to be marked as done; else that went with the
work itself, or it rests until its next turn."""

from collections.abc import Callable, Mapping

from bedrijfsbureau.actions import rappels
from bedrijfsbureau.actions.previewing import preview_work
from bedrijfsbureau.actions.recompute import recompute_runs
from bedrijfsbureau.actions.work import due_work, retrying, rounds
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, RunStatus, WorkKind
from bedrijfsbureau.worker.delivery import deliver
from bedrijfsbureau.worker.job import Job
from bedrijfsbureau.worker.moves import move_page
from bedrijfsbureau.worker.rounds import go_round
from bedrijfsbureau.worker.stukken import scan, scrub


def do(job: Job) -> None:
    if DO[job.work.kind](job):
        job.act(retrying.finish, job.work, job.name)


def _wake(job: Job) -> bool:
    """The row of a timer goes with the timer; one that failed before has an incident to close as well."""
    job.act(due_work.wake, [job.work], job.name)
    return job.work.error is not None


def _send(job: Job) -> bool:
    job.worker.send(job.work)
    return True


def _preview(job: Job) -> bool:
    """It is judged in a transaction that holds up nobody."""
    with reading(job.database, SYSTEM, job.now) as tx:
        page = preview_work.look(tx, job.work)
    goes_on = page is not None and job.act(preview_work.keep, job.work, page, job.name)
    if goes_on:
        job.act(rounds.rest, job.work.id, job.name)
    return not goes_on


def _recompute(job: Job) -> bool:
    run = job.act(recompute_runs.do_page, int(job.work.reference.partition(":")[0]))
    goes_on = run.status is RunStatus.RUNNING
    if goes_on:
        job.act(rounds.rest, job.work.id, job.name)
    return not goes_on


def _bundle(job: Job) -> bool:
    job.end(rappels.bundle)
    return False


def _deliver(job: Job) -> bool:
    deliver(job.database, job.now, job.worker.outlet, int(job.work.reference))
    return True


DO: Mapping[WorkKind, Callable[[Job], bool]] = {
    WorkKind.TIMER: _wake,
    WorkKind.OUTBOX: _send,
    WorkKind.SCAN: scan,
    WorkKind.SCRUB: scrub,
    WorkKind.REVIEW: go_round,
    WorkKind.SIGNAL: go_round,
    WorkKind.PREVIEW: _preview,
    WorkKind.MOVE: move_page,
    WorkKind.RECOMPUTE: _recompute,
    WorkKind.RAPPEL: _bundle,
    WorkKind.RAPPEL_OUT: _deliver,
}
