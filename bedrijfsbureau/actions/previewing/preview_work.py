"""Carrying out a preview: by workers, each row of due work a part of the dossiers, or at once by who asked for it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import update

from bedrijfsbureau.actions.previewing import previews
from bedrijfsbureau.actions.previewing.previews import PAGE, Page, Part
from bedrijfsbureau.database import Database, Tx, reading, transaction
from bedrijfsbureau.errors import Conflict
from bedrijfsbureau.model import Actor, DueWork

AFTER, UNTIL = "after", "until"  # names in the payload: the last dossier that was tried, and the last one to try
TAKEN_OVER = "Een andere worker heeft dit werk overgenomen."


def look(tx: Tx, work: DueWork) -> Page | None:
    """The page whose turn it is; None when the preview does not run any more."""
    trial = previews.trial_of(tx, _preview_id(work))
    if trial is None:
        return None
    return previews.replay_page(tx, trial, Part(work.payload[AFTER], work.payload[UNTIL]))


def keep(tx: Tx, work: DueWork, page: Page, worker: str) -> bool:
    """Whether there is more to do. Raises Conflict when another worker goes on with it."""
    goes_on = previews.keep_page(tx, _preview_id(work), page, _is_last(page, work.payload[UNTIL]))
    mine = update(DueWork).where(DueWork.id == work.id, DueWork.claimed_by == worker, DueWork.done_at.is_(None))
    passed = mine.values(payload={**work.payload, AFTER: page.last or work.payload[UNTIL]}).returning(DueWork.id)
    if tx.session.scalar(passed, execution_options={"synchronize_session": False}) is None:
        raise Conflict(TAKEN_OVER)
    return goes_on


def carry_out(
    database: Database, actor: Actor, clock: Callable[[], datetime], preview_id: int, part: Part, most: int = PAGE,
    thorough: bool = False,
) -> Iterator[int]:  # fmt: skip
    """How many dossiers each page had; ends early when the preview is stopped. thorough: ask every check."""
    goes_on = True
    while goes_on:
        with reading(database, actor, clock()) as tx:
            trial = previews.trial_of(tx, preview_id, thorough)
            if trial is None:
                return
            page = previews.replay_page(tx, trial, part, most)
        with transaction(database, actor, clock()) as tx:
            goes_on = previews.keep_page(tx, preview_id, page, _is_last(page, part.until))
        part = Part(page.last or part.until, part.until)
        yield page.done


def _is_last(page: Page, until: int) -> bool:
    return page.last is None or page.last >= until


def _preview_id(work: DueWork) -> int:
    return int(work.reference.partition(":")[0])
