"""Dossiers that run move to another version: alone, as a whole, and back again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import tasks
from bedrijfsbureau.actions.moving import migrating, plans
from bedrijfsbureau.actions.moving.migrating import Outcome
from bedrijfsbureau.actions.moving.plans import Plan, Route
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import CannotMove, Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, DueWork, Role, Task
from tests.actions.conftest import KLEIN, Scene, shipped

FILE = "klein.bpmn"
RENAMED = {'"tm_oproep"': '"tm_dag"', 'name="Naam vastleggen"': 'name="Persoon vastleggen"'}
MAPPING = {"tm_oproep": "tm_dag"}
OPROEP = {"persoon": {"oproep_op": "2026-09-01"}}


def publish(scene: Scene, *changes: Mapping[str, str]) -> int:
    """The number of a new version with these texts replaced."""
    soort = shipped(KLEIN)
    text = soort.files[FILE]
    for before, after in (pair for change in changes for pair in change.items()):
        text = text.replace(before, after)
    content = {**soort.to_json(), "files": {**soort.files, FILE: text}}
    published = dossiersoort.from_json(content)
    process, _ = perform(scene.database, SYSTEM, scene.now, processes.publish_dossiersoort, published)
    return process.number


def route(scene: Scene, mapping: Mapping[str, str | None] = MAPPING) -> Route:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return plans.route_of(tx, Plan(KLEIN, 1, 2, mapping))


def between(scene: Scene, source: int, target: int) -> Route:
    """A plan between these, in which nothing has another name."""
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return plans.route_of(tx, Plan(KLEIN, source, target, {}))


def system(scene: Scene) -> Scene:
    return replace(scene, actor=SYSTEM)


def row(scene: Scene, dossier_id: int) -> Task:
    """Of the first task."""
    found: Task = next(task for task in scene.rows(Task, dossier_id) if task.element == "t_naam")
    return found


def timers(scene: Scene, dossier_id: int) -> list[tuple[str, datetime]]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        rows = tx.session.scalars(select(DueWork).where(DueWork.dossier_id == dossier_id, DueWork.done_at.is_(None)))
        return [(row.reference, row.due_at) for row in rows]


def test_a_task_keeps_its_id_its_assignee_and_its_draft_and_a_timer_its_moment(klein: Scene) -> None:
    dossier_id = klein.open_dossier(OPROEP)
    task_id = klein.tasks(dossier_id)["t_naam"]
    klein.act(tasks.claim, task_id)
    klein.act(tasks.save_draft, task_id, {"persoon.naam": "Ada"})
    before, waits = row(klein, dossier_id), timers(klein, dossier_id)
    publish(klein, RENAMED)

    system(klein.by(now=klein.now + timedelta(days=3))).act(migrating.move, dossier_id, route(klein))

    after = row(klein, dossier_id)
    assert (after.id, after.assignee_id, after.draft) == (task_id, klein.actor.id, before.draft)
    assert (after.element, after.name, after.opened_at) == ("t_naam", "Persoon vastleggen", before.opened_at)
    assert timers(klein, dossier_id) == [(name.replace("tm_oproep", "tm_dag"), at) for name, at in waits] != []
    event = klein.events(dossier_id)[-1]
    assert (event.kind, event.data) == ("proces_gewijzigd", {"from": 1, "to": 2, "mapping": MAPPING})
    klein.do(dossier_id, "t_naam", {"persoon.naam": "Ada"})
    assert klein.dossier(dossier_id).active == {"cc_klaar": 1, "es_punt": 1, "t_punt": 1, "tm_dag": 1}


def test_a_dossier_that_has_no_place_stays_as_it_was_and_the_dry_run_said_so(klein: Scene) -> None:
    stays, moves = klein.open_dossier(), klein.open_dossier()
    klein.do(moves, "t_naam", {"persoon.naam": "Ada"})
    publish(klein, RENAMED)
    way, before = route(klein, {**MAPPING, "t_naam": None}), klein.dossier(stays)
    why = ("Stap 'Naam vastleggen' (t_naam) heeft geen tegenhanger in de nieuwe versie.",)

    with reading(klein.database, SYSTEM, klein.now) as tx:
        found = migrating.to_move(tx, way)
        foretold = list(migrating.dry_run(tx, way, found))
    done = list(migrating.each(klein.database, SYSTEM, lambda: klein.now, migrating.move, way, found))

    assert foretold == done == [Outcome(stays, found[stays], why), Outcome(moves, found[moves])]
    after = klein.dossier(stays)
    assert (after.version, after.state, after.process_version_id) == (
        before.version, before.state, before.process_version_id,
    )  # fmt: skip
    with pytest.raises(CannotMove):
        system(klein).act(migrating.move, stays, way)


def test_a_batch_that_stopped_goes_on_and_moves_nothing_twice(klein: Scene) -> None:
    ids = [klein.open_dossier() for _ in range(3)]
    publish(klein, RENAMED)
    way = route(klein)
    with reading(klein.database, SYSTEM, klein.now) as tx:
        every = migrating.to_move(tx, way)
    next(migrating.each(klein.database, SYSTEM, lambda: klein.now, migrating.move, way, every))
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert list(migrating.to_move(tx, way)) == ids[1:]
    assert [
        done.reasons for done in migrating.each(klein.database, SYSTEM, lambda: klein.now, migrating.move, way, every)
    ] == [()] * 3
    assert [klein.kinds(dossier_id).count("proces_gewijzigd") for dossier_id in ids] == [1] * 3


def test_back_by_the_mapping_it_came_with_and_not_what_was_opened_there(klein: Scene) -> None:
    dossier_id = klein.open_dossier(OPROEP)
    before, open_tasks = klein.dossier(dossier_id), klein.tasks(dossier_id)
    publish(klein, RENAMED)
    opened_there = klein.open_dossier()
    way = route(klein)
    system(klein).act(migrating.move, dossier_id, way)
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert list(migrating.to_undo(tx, way)) == [dossier_id]

    system(klein).act(migrating.undo, dossier_id, way)

    after = klein.dossier(dossier_id)
    assert (after.state, after.process_version_id) == (before.state, before.process_version_id)
    assert klein.events(dossier_id)[-1].data["undone"] is True
    assert klein.tasks(dossier_id) == open_tasks
    with pytest.raises(Conflict):
        system(klein).act(migrating.undo, opened_there, way)


def test_back_along_the_way_it_came_a_version_at_a_time(klein: Scene) -> None:
    dossier_id = klein.open_dossier(OPROEP)
    before = klein.dossier(dossier_id).state
    publish(klein, RENAMED)
    publish(klein, RENAMED, {'name="Persoon vastleggen"': 'name="Mens vastleggen"'})
    first, second = route(klein), between(klein, 2, 3)
    for way in (first, second):
        system(klein).act(migrating.move, dossier_id, way)
    with pytest.raises(Conflict):
        system(klein).act(migrating.undo, dossier_id, first)

    for way in (second, first):
        system(klein).act(migrating.undo, dossier_id, way)

    assert (klein.dossier(dossier_id).state, klein.kinds(dossier_id).count("proces_gewijzigd")) == (before, 4)


def test_a_dossier_that_came_to_a_new_step_does_not_go_back(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    added = '<bpmn:userTask id="t_extra" name="Extra" bb:team="BB" /><bpmn:exclusiveGateway id="gw_klaar" />'
    flow = '<bpmn:sequenceFlow id="f6" sourceRef="t_naam" targetRef="t_extra" />'
    flow += '<bpmn:sequenceFlow id="f6b" sourceRef="t_extra" targetRef="gw_klaar" />'
    old_flow = '<bpmn:sequenceFlow id="f6" sourceRef="t_naam" targetRef="gw_klaar" />'
    publish(klein, {'<bpmn:exclusiveGateway id="gw_klaar" />': added, old_flow: flow})
    way = route(klein, {})
    system(klein).act(migrating.move, dossier_id, way)
    klein.do(dossier_id, "t_naam", {"persoon.naam": "Ada"})

    with pytest.raises(CannotMove) as stopped:
        system(klein).act(migrating.undo, dossier_id, way)

    assert [obstacle.element for obstacle in stopped.value.obstacles] == ["t_extra"]


def test_who_may_and_what_a_plan_must_be(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    publish(klein, RENAMED)
    way = route(klein)
    with pytest.raises(Forbidden):
        klein.act(migrating.move, dossier_id, way)
    with pytest.raises(Forbidden):
        klein.act(plans.route_of, way.plan)
    owner = klein.by(role=Role.PROCESEIGENAAR)
    assert owner.act(plans.route_of, way.plan).mapping == way.mapping
    with pytest.raises(NotFound):
        owner.act(plans.route_of, replace(way.plan, target=3))
    with pytest.raises(InvalidInput) as refused:
        owner.act(plans.route_of, replace(way.plan, mapping={"t_naam": "nergens", "weg": None}))
    assert set(refused.value.fields) == {"t_naam", "weg"}
    assert plans.plan_from(way.plan.to_json()) == way.plan


@pytest.mark.parametrize("content", [None, [], {}, {"dossiersoort": "a", "from": True, "to": 2}, {"mapping": {"a": 1}}])
def test_what_is_no_plan(content: object) -> None:
    with pytest.raises(InvalidInput):
        plans.plan_from(content)
