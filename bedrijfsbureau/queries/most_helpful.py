"""The worklist by what helps most: each task by how much more chance its dossier has to be behandelklaar in time when
the checks of that task are in order now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bedrijfsbureau import planning
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Locatie, Task
from bedrijfsbureau.planning import Item, Outlook
from bedrijfsbureau.queries import forecasts, measurements, outlooks, worklist
from bedrijfsbureau.queries.courses import day_of
from bedrijfsbureau.queries.measurements import Measured
from bedrijfsbureau.queries.worklist import CAP, PAGE, Queue, Row


@dataclass(frozen=True)
class Helpful:
    """`chance`: of the dossier to be in time as things are; `gain`: what doing this task adds to it."""

    row: Row
    chance: float
    gain: float


@dataclass(frozen=True)
class _Candidate:
    task_id: str
    checks: Sequence[str]
    dossier_id: int
    dossiersoort: str
    locatie: str
    gehoor_op: date | None
    due_on: date


def ranked(tx: Tx, queue: Queue, size: int = PAGE) -> tuple[Helpful, ...]:
    """Of the first CAP tasks of a queue the `size` that help most, the best first; a task of which nothing can be said,
    or of a dossier without a date to make, is not among them. Four statements, and one for each dossiersoort."""
    candidates = list(_candidates(tx, queue))
    dossiers = {each.dossier_id for each in candidates}
    points = outlooks.points(tx, dossiers)
    known = {soort: measurements.last(tx, soort) for soort in {each.dossiersoort for each in candidates}}
    said_of = {
        each.dossier_id: _outlook(known[each.dossiersoort], each, points.get(each.dossier_id, []))
        for each in candidates
    }
    terms = outlooks.terms(tx, dossiers)
    found = []
    for each in candidates:
        said, target = said_of[each.dossier_id], _days(tx, each, terms.get(each.dossier_id))
        if said is None or target is None:
            continue
        chance = said.chance(target)
        gain = said.chance(target, done=each.checks) - chance
        if gain > 0:
            found.append((gain, chance, each))
    best = sorted(found, key=lambda each: (-each[0], each[2].due_on, each[2].task_id))[:size]
    rows = worklist.rows(tx, [each.task_id for _, _, each in best])
    return tuple(Helpful(rows[each.task_id], chance, gain) for gain, chance, each in best if each.task_id in rows)


def _candidates(tx: Tx, queue: Queue) -> Iterator[_Candidate]:
    query = (
        select(
            Task.id, Task.checks, Task.dossier_id, Dossier.dossiersoort, Locatie.name, Dossier.gehoor_op, Task.due_on
        )
        .join(Dossier, Dossier.id == Task.dossier_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(worklist.in_queue(tx, queue))
        .order_by(Task.due_on, Task.priority, Task.id)
        .limit(CAP)
    )
    return (_Candidate(*row) for row in tx.session.execute(query))


def _outlook(measured: Measured | None, each: _Candidate, items: Sequence[Item]) -> Outlook | None:
    if measured is None:
        return None
    return planning.outlook(items, each.locatie, measured.learnt.waits, measured.learnt.calibration)[0]


def _days(tx: Tx, each: _Candidate, term: date | None) -> float | None:
    """Until the first thing it has to be ready for; None without one, or when that is past."""
    ends = [forecasts.before("gehoor", each.gehoor_op)] if each.gehoor_op else []
    ends += [forecasts.within("termijn", term)] if term else []
    left = [day_of(end.moment) - day_of(tx.now) for end in ends]
    return min((days for days in left if days > 0), default=None)
