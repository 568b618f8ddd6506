"""A batch of moves that someone orders and a worker carries out: try, move, put back; pause, go on, stop.

The work is one row of due work for the whole batch. Each dossier moves in a transaction of its own, in the name of who
ordered it, and the progress is written in that same transaction: who takes over goes on where it was.
"""

from collections.abc import Sequence

from sqlalchemy import exists, insert, select, update

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.moving import migrating
from bedrijfsbureau.actions.moving.plans import Plan, Route, route_of
from bedrijfsbureau.actions.work.retrying import finish
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound, TakenOver
from bedrijfsbureau.model import (
    Actor,
    DueWork,
    MoveKind,
    MovePlan,
    MoveRun,
    MoveState,
    MoveStay,
    Role,
    WorkKind,
)

ACTIONS = {MoveKind.MOVE: migrating.move, MoveKind.UNDO: migrating.undo}
MOST_REASONS = 20  # of one dossier
LONGEST_REASON = 500  # characters
BUSY = "Er loopt al een proef of verhuizing met dit plan. Wacht tot die klaar is, of stop haar eerst."
OVER = "Dat kon niet meer: deze verhuizing was intussen klaar, gestopt of al verder."
NOTHING = "Er zijn geen lopende dossiers om dit mee te doen."


def save_plan(tx: Tx, plan: Plan) -> MovePlan:
    """Keep the plan for its two versions, in place of the one before. Raises as `route_of`; Conflict while it is being
    carried out."""
    route_of(tx, plan)
    kept = _plan(tx, plan)
    if _unfinished(tx, kept) is not None:
        raise Conflict(BUSY)
    kept.mapping, kept.changed_at, kept.changed_by_id = dict(plan.mapping), tx.now, tx.actor.id
    tx.session.flush()
    return kept


def order(tx: Tx, plan: Plan, kind: MoveKind) -> MoveRun:
    """Have the kept plan for these versions carried out; its own mapping counts, not that of `plan`.

    Raises as `route_of`; InvalidInput when there is nothing to do it with; Conflict while another is not over.
    """
    kept = _plan(tx, plan)
    route = route_of(tx, Plan(plan.soort, plan.source, plan.target, kept.mapping))
    if _unfinished(tx, kept) is not None:
        raise Conflict(BUSY)
    total = len(_dossiers(tx, route, kind))
    if not total:
        raise InvalidInput({}, NOTHING)
    run = MoveRun(
        plan_id=kept.id, kind=kind, state=MoveState.BUSY, mapping=dict(route.mapping), total=total,
        ordered_at=tx.now, ordered_by_id=tx.actor.id, ordered_by=tx.actor.name,
    )  # fmt: skip
    tx.session.add(run)
    tx.session.flush()
    tx.session.add(DueWork(kind=WorkKind.MOVE, reference=str(run.id), due_at=tx.now))
    return run


def pause(tx: Tx, run_id: int) -> MoveRun:
    """Nothing more moves, until `go_on`. Raises Forbidden, NotFound, Conflict."""
    run = _at_hand(tx, run_id, MoveState.BUSY)
    run.state = MoveState.PAUSED
    _work(tx, run).done_at = tx.now
    return run


def go_on(tx: Tx, run_id: int) -> MoveRun:
    run = _at_hand(tx, run_id, MoveState.PAUSED)
    run.state, work = MoveState.BUSY, _work(tx, run)
    work.done_at, work.attempts, work.next_try_at, work.claimed_by, work.claimed_until = None, 0, None, None, None
    return run


def stop(tx: Tx, run_id: int) -> MoveRun:
    """Leave the rest where it is. What has moved stays moved."""
    run = _at_hand(tx, run_id, MoveState.BUSY, MoveState.PAUSED)
    run.state, run.finished_at = MoveState.STOPPED, tx.now
    _work(tx, run).done_at = tx.now
    return run


def next_page(tx: Tx, run_id: int, most: int) -> tuple[MoveRun, Route, Sequence[int]]:
    """The worker's: the run, its way, and the dossiers whose turn it is."""
    run = tx.session.get_one(MoveRun, run_id)
    plan = tx.session.get_one(MovePlan, run.plan_id)
    route = route_of(tx, Plan(plan.dossiersoort, plan.source, plan.target, run.mapping))
    page = list(_dossiers(tx, route, run.kind, run.after, most)) if run.state is MoveState.BUSY else []
    return run, route, page


def visit(tx: Tx, run: MoveRun, route: Route, dossier_id: int, work: DueWork, worker: str) -> None:
    """Raises TakenOver when the run was paused or taken over meanwhile; else as `migrating.move`."""
    person = Actor(run.ordered_by_id, run.ordered_by, Role.PROCESEIGENAAR if run.ordered_by_id else None)
    ACTIONS[run.kind](tx.at(tx.now, person), dossier_id, route)
    _pass(tx, run.id, [dossier_id], 1, work, worker)


def try_out(tx: Tx, run: MoveRun, route: Route, page: Sequence[int], work: DueWork, worker: str) -> None:
    """A page of a try: nothing changes but what is known."""
    outcomes = list(migrating.dry_run(tx, route, page))
    for outcome in outcomes:
        _keep(tx, run.id, outcome.dossier_id, outcome.reasons)
    _pass(tx, run.id, page, sum(not outcome.reasons for outcome in outcomes), work, worker)


def leave(tx: Tx, run: MoveRun, dossier_id: int, reasons: Sequence[str], work: DueWork, worker: str) -> None:
    """This dossier stays where it was."""
    _keep(tx, run.id, dossier_id, reasons)
    _pass(tx, run.id, [dossier_id], 0, work, worker)


def report(tx: Tx, run: MoveRun, dossier_id: int, error: Exception, work: DueWork, worker: str) -> None:
    """This dossier stays because something broke on it: that is an incident, and does not stop the others."""
    migrating.report(tx, dossier_id, error)
    leave(tx, run, dossier_id, (migrating.BROKEN,), work, worker)


def close(tx: Tx, run_id: int, work: DueWork, worker: str) -> None:
    """All have had their turn."""
    done = update(MoveRun).where(MoveRun.id == run_id, MoveRun.state == MoveState.BUSY)
    tx.session.execute(
        done.values(state=MoveState.DONE, finished_at=tx.now), execution_options={"synchronize_session": False}
    )
    finish(tx, work, worker)


def _dossiers(tx: Tx, route: Route, kind: MoveKind, after: int = 0, most: int | None = None) -> dict[int, str]:
    return (migrating.to_undo if kind is MoveKind.UNDO else migrating.to_move)(tx, route, after, most)


def _keep(tx: Tx, run_id: int, dossier_id: int, reasons: Sequence[str]) -> None:
    rows = [
        {"run_id": run_id, "dossier_id": dossier_id, "number": number, "reason": reason[:LONGEST_REASON]}
        for number, reason in enumerate(dict.fromkeys(reasons[:MOST_REASONS]))
    ]
    if rows:
        tx.session.execute(insert(MoveStay), rows)


def _pass(tx: Tx, run_id: int, page: Sequence[int], moved: int, work: DueWork, worker: str) -> None:
    """Written only by the worker that has the work, while the run goes on, and once for each dossier."""
    mine = exists().where(DueWork.id == work.id, DueWork.claimed_by == worker, DueWork.done_at.is_(None))
    query = update(MoveRun).where(MoveRun.id == run_id, MoveRun.state == MoveState.BUSY, MoveRun.after < page[0], mine)
    passed = query.values(after=page[-1], visited=MoveRun.visited + len(page), moved=MoveRun.moved + moved)
    if tx.session.scalar(passed.returning(MoveRun.id), execution_options={"synchronize_session": False}) is None:
        raise TakenOver


def _plan(tx: Tx, plan: Plan) -> MovePlan:
    """The row for these versions, locked; made when there is none. Raises Forbidden."""
    require_role(tx, Role.PROCESEIGENAAR)
    versions = (MovePlan.dossiersoort == plan.soort, MovePlan.source == plan.source, MovePlan.target == plan.target)
    found = tx.session.scalar(select(MovePlan).where(*versions).with_for_update())
    if found is None:
        found = MovePlan(dossiersoort=plan.soort, source=plan.source, target=plan.target, mapping={})
        found.changed_at, found.changed_by_id = tx.now, tx.actor.id
        tx.session.add(found)
        tx.session.flush()
    return found


def _unfinished(tx: Tx, plan: MovePlan) -> int | None:
    return tx.session.scalar(select(MoveRun.id).where(MoveRun.plan_id == plan.id, MoveRun.finished_at.is_(None)))


def _at_hand(tx: Tx, run_id: int, *states: MoveState) -> MoveRun:
    require_role(tx, Role.PROCESEIGENAAR)
    run = tx.session.scalar(select(MoveRun).where(MoveRun.id == run_id).with_for_update())
    if run is None:
        raise NotFound("Deze verhuizing bestaat niet.")
    if run.state not in states:
        raise Conflict(OVER)
    return run


def _work(tx: Tx, run: MoveRun) -> DueWork:
    mine = select(DueWork).where(DueWork.kind == WorkKind.MOVE, DueWork.reference == str(run.id))
    return tx.session.scalars(mine.where(DueWork.dossier_id.is_(None)).with_for_update()).one()
