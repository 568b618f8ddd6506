"""A run that recomputes one rule for all open dossiers: foretell, start, go on page by page, pause, turn back.

Its progress is written with each page, in that page's transaction: who goes on, does so where it was.
"""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median_low

from sqlalchemy import func, select

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.recompute.recomputing import Change, Recompute
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import (
    Dossier,
    DueWork,
    Locatie,
    Role,
    RunStatus,
    Termijn,
    TermijnRun,
    TermijnRunRow,
    WorkKind,
)
from bedrijfsbureau.termijnen import rule_named

PAGE = 2000
BUSY = "Deze regel wordt al herberekend. Wacht tot dat klaar is, of ga verder met wat gepauzeerd is."


@dataclass
class LocatieCount:
    changed: int = 0
    overdue: int = 0


@dataclass
class Preview:
    """What a run would do. `shifts`: days later (or, negative, earlier) -> how many dossiers."""

    rule: str
    total: int = 0
    changed: int = 0
    overdue: int = 0
    shifts: Counter[int] = field(default_factory=Counter)
    locaties: dict[str, LocatieCount] = field(default_factory=dict)

    @property
    def earlier(self) -> int:
        return sum(count for days, count in self.shifts.items() if days < 0)

    @property
    def later(self) -> int:
        return sum(count for days, count in self.shifts.items() if days > 0)

    @property
    def usual_shift(self) -> int:
        """Of those that move, the one in the middle; 0 when none does."""
        return median_low(self.shifts.elements()) if self.shifts else 0


def preview(tx: Tx, key: str) -> Preview:
    """Nothing is written. Raises NotFound for a rule that is none, Forbidden."""
    _require_owner(tx)
    recompute, made, after = Recompute(tx, rule_named(key)), Preview(key), 0
    names = {row.id: row.name for row in tx.connection.execute(select(Locatie.id, Locatie.name))}
    while page := recompute.page(after, PAGE, lock=False):
        made.total, after = made.total + len(page), page[-1].chain.id
        for change in recompute.changes(page):
            if change.moves:
                _count(made, names[change.found.locatie_id], change, change.becomes_overdue(recompute.today))
    made.locaties = dict(sorted(made.locaties.items()))
    return made


def start(tx: Tx, key: str, *, by_worker: bool) -> TermijnRun:
    """`by_worker`: the worker carries it out; else who asked does, who goes on with what was left unfinished.

    Raises NotFound, Forbidden, Conflict, InvalidInput for a rule without versions.
    """
    _require_owner(tx)
    rule = rule_named(key)
    if not rule.versions:
        raise InvalidInput({}, f"'{key}' wordt niet berekend: {rule.start_label}.")
    if unfinished := _unfinished(tx, key):
        if unfinished.undo_of is not None or by_worker:
            raise Conflict(BUSY)
        unfinished.status = RunStatus.RUNNING
        return unfinished
    is_mine = (Termijn.rule == key, Dossier.closed_at.is_(None))
    total = select(func.count()).select_from(Termijn).join(Dossier, Dossier.id == Termijn.dossier_id).where(*is_mine)
    return _begin(tx, key, tx.session.scalars(total).one(), rule.latest.number, None, by_worker)


def undo(tx: Tx, run_id: int, *, by_worker: bool, of_rule: str | None = None) -> TermijnRun:
    """Have every dossier of that run computed by the version it had before; what was recorded since still counts.

    Raises NotFound (also when it is not `of_rule`), Forbidden, Conflict when it is not over or was turned back already.
    """
    _require_owner(tx)
    run = tx.session.get(TermijnRun, run_id)
    if run is None or of_rule not in (None, run.rule):
        raise NotFound(f"Herberekening {run_id} bestaat niet{f' voor {of_rule}' if of_rule else ''}.")
    if run.undo_of is not None:
        raise Conflict("Een terugdraaiing kan niet worden teruggedraaid. Herbereken de regel opnieuw.")
    earlier = tx.session.scalar(select(TermijnRun).where(TermijnRun.undo_of == run_id))
    if earlier is not None and (by_worker or earlier.status is RunStatus.DONE):
        raise Conflict("Deze herberekening is al teruggedraaid.")
    if earlier is not None:
        earlier.status = RunStatus.RUNNING
        return earlier
    if _unfinished(tx, run.rule):
        raise Conflict(BUSY)
    total = select(func.count()).select_from(TermijnRunRow).where(TermijnRunRow.run_id == run_id)
    return _begin(tx, run.rule, tx.session.scalars(total).one(), run.rule_version, run_id, by_worker)


def pause(tx: Tx, run_id: int) -> TermijnRun:
    return _turn(tx, run_id, RunStatus.RUNNING, RunStatus.PAUSED)


def go_on(tx: Tx, run_id: int) -> TermijnRun:
    run = _turn(tx, run_id, RunStatus.PAUSED, RunStatus.RUNNING)
    _plan(tx, run)
    return run


def do_page(tx: Tx, run_id: int, size: int = PAGE, known: dict[object, object] | None = None) -> TermijnRun:
    """The next page of the run, if it is running. `known`: what was worked out for equal records, from page to page."""
    run = tx.session.scalars(select(TermijnRun).where(TermijnRun.id == run_id).with_for_update()).one()
    if run.status is not RunStatus.RUNNING:
        return run
    recompute = Recompute(tx, rule_named(run.rule), known if known is not None else {})  # type: ignore[arg-type]
    if run.undo_of is None:
        page = recompute.page(run.after, size, lock=True)
        changes = list(recompute.changes(page))
        last = page[-1].chain.id if page else run.after
        seen = len(page)
    else:
        page, kept = recompute.undone_page(run.undo_of, run.after, size)
        changes = list(recompute.changes(page, kept))
        last, seen = max(kept, default=run.after), len(kept)
    recompute.write(changes, run)
    run.after, run.seen, run.changed = last, run.seen + seen, run.changed + len(changes)
    if seen < size:
        run.status, run.ended_at = RunStatus.DONE, tx.now
    tx.flush()
    return run


def _count(made: Preview, locatie: str, change: Change, overdue: bool) -> None:
    old, new = change.found.due_on, change.columns["due_on"]
    made.changed += 1
    made.overdue += overdue
    if old and new:
        made.shifts[(new - old).days] += 1
    here = made.locaties.setdefault(locatie, LocatieCount())
    here.changed += 1
    here.overdue += overdue


def _begin(tx: Tx, key: str, total: int, version: int, undo_of: int | None, by_worker: bool) -> TermijnRun:
    run = TermijnRun(
        rule=key, rule_version=version, status=RunStatus.RUNNING, total=total, seen=0, changed=0, after=0,
        undo_of=undo_of, started_by=tx.actor.name, started_at=tx.now,
    )  # fmt: skip
    tx.session.add(run)
    tx.session.flush()
    if by_worker:
        _plan(tx, run)
    return run


def _plan(tx: Tx, run: TermijnRun) -> None:
    """Have the worker carry it out, from now on."""
    reference = f"{run.id}:{tx.now.isoformat()}"
    tx.session.add(DueWork(kind=WorkKind.RECOMPUTE, reference=reference, due_at=tx.now))
    tx.session.flush()


def _turn(tx: Tx, run_id: int, was: RunStatus, becomes: RunStatus) -> TermijnRun:
    _require_owner(tx)
    run = tx.session.scalar(select(TermijnRun).where(TermijnRun.id == run_id).with_for_update())
    if run is None:
        raise NotFound(f"Herberekening {run_id} bestaat niet.")
    if run.status is not was:
        raise Conflict("Een collega was u voor: deze herberekening is intussen verder. Ververs de pagina.")
    run.status = becomes
    return run


def _unfinished(tx: Tx, key: str) -> TermijnRun | None:
    query = select(TermijnRun).where(TermijnRun.rule == key, TermijnRun.status != RunStatus.DONE)
    return tx.session.scalar(query.order_by(TermijnRun.id).limit(1))


def _require_owner(tx: Tx) -> None:
    require_role(tx, Role.PROCESEIGENAAR, Role.MANAGER)
