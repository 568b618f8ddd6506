"""Bytes that a virus scanner judges, and bytes that are read again to see whether they are whole."""

import logging

from bedrijfsbureau.actions.post import scanning
from bedrijfsbureau.actions.work import scrubbing
from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, StateTampered, StepFailed
from bedrijfsbureau.intake import Verdict
from bedrijfsbureau.storage import Condition, condition
from bedrijfsbureau.worker.job import Job

log = logging.getLogger(__name__)


def scan(job: Job) -> bool:
    """Whether there is a verdict. What was filled in wrong or changed meanwhile leaves the file waiting for someone."""
    sha256 = job.act(scanning.held, job.work)
    if sha256 is not None:  # else a worker that died had its verdict already
        verdict, said = scanning.scan(job.database, sha256)
        if verdict is Verdict.AWAY:
            job.act(scanning.postpone, job.work.id, said, job.name)
            return False
        job.act(scanning.judge, int(job.work.reference), verdict, said)
    try:
        job.act(scanning.add_cleared, int(job.work.reference))
    except (DatabaseUnavailable, StepFailed, StateTampered):
        raise
    except BedrijfsbureauError as error:
        log.warning("Een stuk uit quarantaine wacht op een medewerker: %s", error)
    return True


def scrub(job: Job) -> bool:
    """Whether the last page of bytes was read again."""
    page = job.act(scrubbing.page_of, job.work)
    for sha256 in page:
        if (found := condition(job.database.storage, sha256)) is not Condition.WHOLE:
            job.act(scrubbing.report, sha256, found)
    if page:
        job.act(scrubbing.go_on, job.work, page[-1], job.name)
    else:
        job.act(scrubbing.plan_scrub)
    return not page
