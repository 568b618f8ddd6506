"""A batch of moves: ordered by a person, carried out by workers, and never twice."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.moving import migrating, move_runs, plans
from bedrijfsbureau.actions.moving.plans import Plan
from bedrijfsbureau.actions.perform import perform_once
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput
from bedrijfsbureau.model import (
    SYSTEM,
    Dossier,
    DueWork,
    Incident,
    IncidentKind,
    MoveKind,
    MoveRun,
    MoveState,
    Role,
    WorkKind,
)
from bedrijfsbureau.queries import moves
from bedrijfsbureau.worker import work_off
from tests.actions.conftest import KLEIN, Scene
from tests.actions.moving.test_migrating import MAPPING, RENAMED, publish

PLAN = Plan(KLEIN, 1, 2, MAPPING)


def owner(scene: Scene) -> Scene:
    """Who looks after processes and sees no dossier."""
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        petra = people.add_medewerker(tx, username="petra", name="Petra", role=Role.PROCESEIGENAAR)
        return replace(scene, actor=petra.as_actor())


def plan(scene: Scene, mapping: Mapping[str, str | None] = MAPPING) -> Scene:
    publish(scene, RENAMED)
    petra = owner(scene)
    petra.act(move_runs.save_plan, replace(PLAN, mapping=mapping))
    return petra


def work(scene: Scene, name: str = "worker") -> int:
    return work_off(scene.database, lambda: scene.now, lambda row: None, name)


def run(scene: Scene) -> moves.Run:
    """The newest."""
    with reading(scene.database, scene.actor, scene.now) as tx:
        return moves.runs(tx, KLEIN, 1, 2)[0]


def reasons(scene: Scene, run_id: int) -> list[moves.Reason]:
    with reading(scene.database, scene.actor, scene.now) as tx:
        return list(moves.reasons(tx, run_id))


def work_until_done(scene: Scene) -> moves.Run:
    while run(scene).state is MoveState.BUSY:
        work(scene)
    return run(scene)


def test_try_move_and_put_back_in_the_name_of_who_ordered_it(klein: Scene) -> None:
    stays, moved = klein.open_dossier(), klein.open_dossier()
    klein.do(moved, "t_naam", {"persoon.naam": "Ada"})
    petra = plan(klein, {**MAPPING, "t_naam": None})
    before = klein.dossier(moved)

    petra.act(move_runs.order, PLAN, MoveKind.TRY)
    tried = work_until_done(petra)
    why = "Stap 'Naam vastleggen' (t_naam) heeft geen tegenhanger in de nieuwe versie."
    assert (tried.total, tried.visited, tried.moved, tried.stayed) == (2, 2, 1, 1)
    assert reasons(petra, tried.id) == [moves.Reason(why, 1, {})]
    assert reasons(klein, tried.id) == [moves.Reason(why, 1, {stays: klein.dossier(stays).number})]
    assert klein.dossier(moved).version == before.version

    petra.act(move_runs.order, PLAN, MoveKind.MOVE)
    done = work_until_done(petra)
    assert (done.visited, done.moved) == (2, 1)
    event = klein.events(moved)[-1]
    assert (event.kind, event.actor_id, event.actor) == ("proces_gewijzigd", petra.actor.id, "Petra")
    assert "proces_gewijzigd" not in klein.kinds(stays)

    petra.act(move_runs.order, PLAN, MoveKind.UNDO)
    assert work_until_done(petra).moved == 1
    assert klein.dossier(moved).process_version_id == before.process_version_id
    assert klein.events(moved)[-1].data["undone"] is True


def test_a_run_that_is_paused_moves_nothing_and_goes_on_where_it_was(
    klein: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedrijfsbureau.worker.moves.PAGE", 2)
    ids = [klein.open_dossier() for _ in range(3)]
    petra = plan(klein)
    ordered = petra.act(move_runs.order, PLAN, MoveKind.MOVE)
    work(petra)

    petra.act(move_runs.pause, ordered.id)
    assert work(petra) == 0
    assert (run(petra).state, run(petra).visited) == (MoveState.PAUSED, 2)
    with pytest.raises(Conflict):
        petra.act(move_runs.save_plan, PLAN)

    petra.act(move_runs.go_on, ordered.id)
    done = work_until_done(petra)

    assert (done.state, done.visited, done.moved) == (MoveState.DONE, 3, 3)
    assert [klein.kinds(dossier_id).count("proces_gewijzigd") for dossier_id in ids] == [1] * 3
    assert work(petra) == 0


def test_a_run_that_is_stopped_leaves_the_rest(klein: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedrijfsbureau.worker.moves.PAGE", 1)
    ids = [klein.open_dossier() for _ in range(2)]
    petra = plan(klein)
    ordered = petra.act(move_runs.order, PLAN, MoveKind.MOVE)
    work(petra)

    petra.act(move_runs.stop, ordered.id)

    assert work(petra) == 0
    assert [klein.kinds(dossier_id).count("proces_gewijzigd") for dossier_id in ids] == [1, 0]
    petra.act(move_runs.order, PLAN, MoveKind.MOVE)
    assert work_until_done(petra).total == 1


def test_a_dossier_that_something_breaks_on_does_not_stop_the_others(klein: Scene) -> None:
    ids = [klein.open_dossier() for _ in range(3)]
    petra = plan(klein)
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        code = next(iter(klein.dossier(ids[1]).verdicts))
        tx.session.execute(update(Dossier).where(Dossier.id == ids[1]).values(verdicts={code: {}}))

    with reading(klein.database, SYSTEM, klein.now) as tx:
        way = plans.route_of(tx, replace(PLAN, mapping=MAPPING))
    todo = {ids[1]: "", ids[0]: ""}
    done = list(migrating.each(klein.database, SYSTEM, lambda: klein.now, migrating.move, way, todo))
    assert [each.reasons for each in done] == [(migrating.BROKEN,), ()]

    petra.act(move_runs.order, PLAN, MoveKind.MOVE)

    assert (work_until_done(petra).moved, reasons(petra, 1)) == (1, [moves.Reason(migrating.BROKEN, 1, {})])
    (incident,) = klein.rows(Incident, ids[1])
    assert (incident.kind, incident.element, incident.cause) == (
        IncidentKind.VERHUIZING, "verhuizing", "KeyError: 'state'"
    )  # fmt: skip


def test_a_worker_that_lost_its_work_moves_nothing_more(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    petra = plan(klein)
    ordered = petra.act(move_runs.order, PLAN, MoveKind.MOVE)
    with transaction(petra.database, SYSTEM, petra.now) as tx:
        row = tx.session.scalars(select(DueWork).where(DueWork.kind == WorkKind.MOVE)).one()
        row.claimed_by = "another"
        run_, route, page = move_runs.next_page(tx, ordered.id, 50)

    with pytest.raises(Conflict):
        replace(petra, actor=SYSTEM).act(move_runs.visit, run_, route, page[0], row, "worker")

    assert "proces_gewijzigd" not in klein.kinds(dossier_id)


def test_pressing_start_twice_has_one_effect(klein: Scene) -> None:
    klein.open_dossier()
    petra = plan(klein)
    ordered = [
        perform_once(petra.database, petra.actor, petra.now, "key", move_runs.order, PLAN, MoveKind.MOVE)
        for _ in range(2)
    ]
    assert [each.id for each in ordered] == [ordered[0].id] * 2
    with pytest.raises(Conflict):
        petra.act(move_runs.order, PLAN, MoveKind.TRY)
    with reading(petra.database, SYSTEM, petra.now) as tx:
        assert len(tx.session.scalars(select(MoveRun)).all()) == 1


def test_who_may_and_when(klein: Scene) -> None:
    publish(klein, RENAMED)
    petra = owner(klein)
    with pytest.raises(InvalidInput):
        petra.act(move_runs.order, PLAN, MoveKind.MOVE)  # nobody runs on it
    klein.open_dossier()
    with pytest.raises(Forbidden):
        klein.act(move_runs.save_plan, PLAN)
    with pytest.raises(Forbidden):
        klein.act(move_runs.order, PLAN, MoveKind.TRY)
