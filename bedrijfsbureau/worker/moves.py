"""A batch of dossiers that go over to another version of their process."""

from bedrijfsbureau.actions.moving import move_runs
from bedrijfsbureau.actions.moving.migrating import reasons
from bedrijfsbureau.actions.work import rounds
from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, TakenOver
from bedrijfsbureau.model import MoveKind, MoveState
from bedrijfsbureau.worker.job import Job

PAGE = 50


def move_page(job: Job) -> bool:
    """One page of the batch, or its end. A dossier that can't move stays, and does not stop the others."""
    run, route, page = job.act(move_runs.next_page, int(job.work.reference), PAGE)
    if run.state is not MoveState.BUSY:
        return False
    if not page:
        job.act(move_runs.close, run.id, job.work, job.name)
    elif run.kind is MoveKind.TRY:
        job.act(move_runs.try_out, run, route, page, job.work, job.name)
    for dossier_id in () if run.kind is MoveKind.TRY else page:
        try:
            job.act(move_runs.visit, run, route, dossier_id, job.work, job.name)
        except (DatabaseUnavailable, TakenOver):
            raise
        except BedrijfsbureauError as error:
            job.act(move_runs.leave, run, dossier_id, reasons(error), job.work, job.name)
        except Exception as error:
            job.act(move_runs.report, run, dossier_id, error, job.work, job.name)
    job.act(rounds.rest, job.work.id, job.name)
    return False
