"""A round along all open dossiers, a page at a time, and what is tidied up when the nightly one is over."""

from collections.abc import Mapping

from bedrijfsbureau.actions import login_guard
from bedrijfsbureau.actions.command.incidents import explain
from bedrijfsbureau.actions.work import measuring, reviewing, rounds, scrubbing, stuck
from bedrijfsbureau.database import Tx, reading
from bedrijfsbureau.errors import DatabaseUnavailable, StateTampered, TakenOver
from bedrijfsbureau.model import SYSTEM, DueWork, WorkKind
from bedrijfsbureau.planning import Learnt
from bedrijfsbureau.queries.stuck import stuck as stuck_dossiers
from bedrijfsbureau.worker.job import Job

PAGE = 50
STUCK_PAGE = 100


def go_round(job: Job) -> bool:
    """Each dossier has a transaction of its own; one that fails does not stop the others."""
    if (only := _only(job.work)) is not None:
        job.act(rounds.do, job.work, only)
        return True
    payload = job.work.payload
    with reading(job.database, SYSTEM, job.now) as tx:
        page = rounds.open_dossiers(tx, payload.get(rounds.AFTER, 0), PAGE, payload.get(rounds.SOORT))
    for dossier_id in page:
        _visit(job, dossier_id)
    if len(page) == PAGE:
        job.act(rounds.rest, job.work.id, job.name)
        return False
    if job.work.kind is WorkKind.REVIEW:
        _tidy(job)
        return False
    return True


def _only(work: DueWork) -> int | None:
    """The one dossier that this work is for, when it is no round along all of them."""
    return work.payload.get(rounds.ONLY, work.dossier_id if work.kind is WorkKind.REVIEW else None)


def _visit(job: Job, dossier_id: int) -> None:
    try:
        job.act(rounds.visit, job.work, dossier_id, job.name)
    except (DatabaseUnavailable, TakenOver):
        raise
    except StateTampered as error:
        job.act(rounds.report, job.work, dossier_id, job.name, error.report())
    except Exception as error:
        job.act(rounds.try_later, job.work, dossier_id, job.name, explain(error)[0])


def _tidy(job: Job) -> None:
    """What takes long only reads; the rest is little, and goes together with the end of the night."""
    with reading(job.database, SYSTEM, job.now) as tx:
        learnt = measuring.learn_all(tx)
        are_stuck = bool(stuck_dossiers(tx, 1))
    while are_stuck and job.act(stuck.report, STUCK_PAGE):
        pass
    job.end(_put_away, learnt)


def _put_away(tx: Tx, learnt: Mapping[str, tuple[int, Learnt]]) -> None:
    measuring.keep(tx, learnt)
    reviewing.forget_keys(tx)
    login_guard.forget(tx)
    scrubbing.plan_scrub(tx)
