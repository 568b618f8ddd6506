"""What lists and screens read, written from the dossier at hand: verdicts, tasks, timers, stage, state.

Nothing else writes these columns and rows, and it happens in the transaction of the step itself, so they cannot
disagree with the process.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert

from bedrijfsbureau import checks, engine
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.due import at_the_latest, due_of
from bedrijfsbureau.actions.command.incidents import look_again_at_crashes
from bedrijfsbureau.actions.command.setback import note_setback
from bedrijfsbureau.actions.command.unwritten import table_of
from bedrijfsbureau.actions.command.verdicts import as_json
from bedrijfsbureau.actions.kinds.task_work import task_at
from bedrijfsbureau.model import DueWork, Json, OpenPoint, Stage, Task, TaskStatus, WorkKind

POINTS, WORK = table_of(OpenPoint), table_of(DueWork)
GONE_POINT = delete(POINTS).where(POINTS.c.dossier_id == bindparam("dossier"), POINTS.c.code == bindparam("point"))
GONE_TIMER = delete(WORK).where(
    WORK.c.kind == bindparam("kind"), WORK.c.dossier_id == bindparam("dossier"), WORK.c.reference == bindparam("timer")
)
NEW_POINT, NEW_TIMER = insert(POINTS).inline(), insert(WORK).inline()  # nothing is read back


def project(at_hand: AtHand) -> None:
    stage, verdicts = at_hand.dossier.stage, at_hand.dossier.verdicts
    _keep_verdicts(at_hand)
    look_again_at_crashes(at_hand, verdicts)
    _keep_tasks(at_hand)
    _keep_timers(at_hand)
    _keep_dossier(at_hand)
    note_setback(at_hand, stage, verdicts)


def _keep_verdicts(at_hand: AtHand) -> None:
    """Each verdict keeps the moment since which it stands; a change is an event, but for those of the first look."""
    before, now, verdicts = at_hand.dossier.verdicts, at_hand.tx.now.isoformat(), at_hand.verdicts
    after: dict[str, Json] = {code: before.get(code, {}) for code in at_hand.kind.policy.places}
    for verdict in (verdicts[number] for number in sorted(at_hand.judged_now)):
        old = before.get(verdict.code)
        same = old is not None and old["state"] == verdict.state
        after[verdict.code] = as_json(verdict, old, now)
        if old is not None and not same:
            at_hand.record(
                "oordeel_gewijzigd",
                code=verdict.code,
                title=verdict.title,
                old=old["state"],
                was=old["message"],
                new=verdict.state.value,
                message=verdict.message,
            )
    at_hand.dossier.judged = at_hand.judged
    if after != before:
        at_hand.dossier.verdicts = after
        _keep_open_points(at_hand, before, after)


def _keep_open_points(at_hand: AtHand, before: Json, after: Json) -> None:
    unwritten, dossier_id = at_hand.unwritten, at_hand.dossier.id
    touched = [code for code in {**before, **after} if before.get(code) != after.get(code)]
    were, are = _open_points(before, touched), _open_points(after, touched)
    gone = [code for code, point in were.items() if are.get(code) != point]
    new = [{"dossier_id": dossier_id, **point} for code, point in are.items() if were.get(code) != point]
    if gone:
        unwritten.run(GONE_POINT, [{"dossier": dossier_id, "point": code} for code in gone])
    if new:
        unwritten.run(NEW_POINT, new)


def _open_points(verdicts: Json, codes: list[str]) -> dict[str, Json]:
    return {
        code: {
            "code": code,
            "state": verdict["state"],
            "partij": verdict["partij"],
            "phase": verdict["phase"],
            "blocking": verdict["blocking"],
            "since": datetime.fromisoformat(verdict["since"]),
            "open_since": datetime.fromisoformat(verdict.get("open_since") or verdict["since"]),
        }
        for code in codes
        if (verdict := verdicts.get(code)) and verdict["state"] in checks.OPEN_STATES
    }


def _keep_tasks(at_hand: AtHand) -> None:
    """Close rows whose token is gone, open rows for new tokens, and keep due date and priority of the others true."""
    tx, dossier = at_hand.tx, at_hand.dossier
    ready = {task.id: task for task in at_hand.instance.tasks} if at_hand.instance else {}
    for row in dossier.tasks:
        if row.status == TaskStatus.OPEN and row.id not in ready:
            row.status, row.closed_at, row.closed_by_id = TaskStatus.LAPSED, tx.now, tx.actor.id
            row.closed_reason = at_hand.closing.get(row.id, at_hand.lapsing)
            at_hand.record("taak_vervallen", task=row.name, element=row.element, reason=row.closed_reason)
    known = {row.id: row for row in dossier.tasks}
    latest = at_the_latest(at_hand)
    for task in ready.values():
        row = known.get(task.id) or _open_task(at_hand, task)
        due_on, reason = due_of(at_hand, task, row.opened_at, latest)
        if (row.priority, row.due_on, row.due_reason) != (dossier.priority, due_on, reason):
            row.priority, row.due_on, row.due_reason = dossier.priority, due_on, reason


def _open_task(at_hand: AtHand, task: engine.ReadyTask) -> Task:
    element, dossier = task.element, at_hand.dossier
    work = task_at(at_hand.kind, task)
    row = Task(
        id=task.id,
        dossier_id=dossier.id,
        element=element.id,
        name=work.name,
        form=work.form,
        team=work.team,
        locatie_id=dossier.locatie_id,
        competence=work.competence,
        checks=list(work.checks),
        local=dict(task.local),
        status=TaskStatus.OPEN,
        priority=dossier.priority,
        opened_at=at_hand.tx.now,
        draft={},
    )
    dossier.tasks.append(row)
    at_hand.unwritten.add(row)
    at_hand.record("taak_geopend", task=row.name, element=element.id, team=row.team)
    return row


def _keep_timers(at_hand: AtHand) -> None:
    """One row of due work per timer the process waits for; a timer that is gone takes its row along."""
    unwritten, dossier_id = at_hand.unwritten, at_hand.dossier.id
    due = {timer.id: timer.due_at for timer in at_hand.instance.timers if timer.due_at} if at_hand.instance else {}
    if due == at_hand.timers_before:
        return
    stale = sorted(timer for timer, at in at_hand.timers_before.items() if due.get(timer) != at)
    if stale:
        mine = {"kind": WorkKind.TIMER, "dossier": dossier_id}
        unwritten.run(GONE_TIMER, [{**mine, "timer": timer} for timer in stale])
    same = {"kind": WorkKind.TIMER, "dossier_id": dossier_id, "payload": {}, "attempts": 0}
    new = [
        {**same, "reference": timer, "due_at": at}
        for timer, at in due.items()
        if at_hand.timers_before.get(timer) != at
    ]
    if new:
        unwritten.run(NEW_TIMER, new)


def _keep_dossier(at_hand: AtHand) -> None:
    tx, dossier, instance = at_hand.tx, at_hand.dossier, at_hand.instance
    gegevens: dict[str, Any] = at_hand.dossier.gegevens
    dossier.stage = stage_of(at_hand)
    dossier.heading = " · ".join(at_hand.kind.soort.heading(gegevens))[:200]
    dossier.v_nummer = (gegevens.get("persoon") or {}).get("v_nummer")
    dossier.gehoor_op = at_hand.view.gegevens.get("planning", {}).get("gehoor_op")
    dossier.changed_at = tx.now
    if instance is None:
        return
    if instance.finished:
        dossier.state, dossier.active, dossier.closed_at, dossier.waits_for_others = None, {}, tx.now, False
        dossier.closed_reason = instance.end
        at_hand.record("afgesloten", end=instance.end, stage=dossier.stage.value)
    else:
        dossier.waits_for_others = instance.waits_for_others
        dossier.state, dossier.active = instance.save(tx.database.key_for(dossier.id)), dict(instance.active)


def stage_of(at_hand: AtHand) -> Stage:
    """Where the dossier stands, in the words of the work: from its end, its tokens, its vrijgave, its readiness."""
    instance, stages = at_hand.instance, at_hand.kind.soort.conduct.stages
    if instance is None:
        return at_hand.dossier.stage
    if instance.finished:
        return Stage(stages.get(instance.end or "", Stage.AFGEROND))
    for element in instance.active:
        if element in stages:
            return Stage(stages[element])
    if at_hand.vrijgave is not None:
        return Stage.VRIJGEGEVEN
    if at_hand.readiness.behandelklaar:
        return Stage.BEHANDELKLAAR
    return Stage.PLANNING if at_hand.readiness.planbaar else Stage.VOORBEREIDING
