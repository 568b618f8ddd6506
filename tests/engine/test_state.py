"""What is stored: small, constant in time, authenticated, and enough to go on as if nothing had happened."""

import random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import engine
from bedrijfsbureau.engine.rule import example
from bedrijfsbureau.errors import StateTampered
from tests.engine.running import (
    END,
    KEY,
    START,
    Running,
    World,
    boundary,
    catch,
    condition_event,
    event_subprocess,
    gateways,
    message_event,
    process,
    service,
    subprocess,
    timer_event,
    users,
    when,
)

REWORK = (
    START + END + gateways("parallel", "g", "j") + gateways("exclusive", "x", default="f_x_j") + users("a", "b", "c")
)
REWORK += service("sv", "x") + "{s>g>a>sv>x>j>c>e}{g>b>j}" + when("x", "a", "again")


def test_two_thousand_rounds_of_rework_leave_the_state_as_it_was() -> None:
    run = Running(REWORK, again=True)
    run.complete("b", "a")  # every round after this one ends where it began: one token at the join, one in a
    size, tokens = len(run.state), len(run.now._workflow.tasks)
    for _ in range(2_000):
        instance = run.now
        instance.complete(instance.tasks[0].id)
        run.state = instance.save(KEY)
    assert (len(run.state), len(run.now._workflow.tasks)) == (size, tokens)
    assert run.now.active == {"a": 1, "j": 1}
    run.world.data["again"] = False
    run.complete("a", "c")
    assert run.end == "e"


def test_the_same_without_saving_in_between() -> None:
    model, world = engine.compile({"m.bpmn": example(REWORK)}, "p"), World(again=True)
    instance = engine.start(model, world)
    instance.complete(instance.tasks[1].id)
    tokens = len(instance._workflow.tasks)
    for _ in range(2_000):
        instance.complete(instance.tasks[0].id)
    assert len(instance._workflow.tasks) == tokens


def test_one_row_per_live_task_and_nothing_of_the_model() -> None:
    run = Running(REWORK, again=True)
    payload = orjson.loads(run.state[33:])
    assert [row[1] for row in payload[1][0][3]] == ["a", "b"]
    assert b"again" not in run.state
    run.complete("b")
    assert [row[1:4] for row in orjson.loads(run.state[33:])[1][0][3]] == [["a", 16, -1], ["j", 8, -1]]


def test_every_changed_byte_is_noticed() -> None:
    run = Running(REWORK, again=True)
    for place in range(len(run.state)):
        changed = bytearray(run.state)
        changed[place] ^= 1
        with pytest.raises(StateTampered):
            engine.resume(run.model, bytes(changed), run.world, KEY)


MODEL = engine.compile({"m.bpmn": example(REWORK)}, "p")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_nothing_else_is_loaded(state: bytes) -> None:
    with pytest.raises(StateTampered):
        engine.resume(MODEL, state, World(), KEY)


def test_a_state_belongs_to_its_key_and_its_process() -> None:
    run = Running(REWORK, again=True)
    with pytest.raises(StateTampered):
        engine.resume(run.model, run.state, run.world, b"key of another dossier")
    other = engine.compile({"m.bpmn": example(f'<process id="q">{REWORK}</process>')}, "q")
    with pytest.raises(StateTampered):
        engine.resume(other, run.state, run.world, KEY)
    renamed = engine.compile({"m.bpmn": example(START + END + users("z") + "{s>z>e}")}, "p")
    with pytest.raises(StateTampered):
        engine.resume(renamed, run.state, run.world, KEY)


EVERYTHING = process(
    START
    + END
    + gateways("parallel", "g", "j")
    + gateways("inclusive", "k")
    + gateways("inclusive", "i", default="f_i_k")
    + gateways("exclusive", "x", default="f_x_e")
    + gateways("exclusive", "m", "n1", "n2")
    + gateways("eventBased", "eg")
    + catch("c1", message_event("een", "sleutel"))
    + catch("c2", timer_event('duration("P2D")'))
    + catch("cc", condition_event("klaar"))
    + users("a", "b", "c", "d", "h")
    + subprocess("sp", gateways("parallel", "pg", "pj") + users("u", "v") + "{sp_s>pg>u>pj>sp_e}{pg>v>pj}")
    + boundary("bd", "sp", message_event("weg"))
    + service("sv", "gooi")
    + event_subprocess("es", "los", users("t") + "{es_s>t>es_e}")
    + "{s>m>g>sp>n1>j>x>e}{bd>h>n1}{g>i>k}{a>k}{b>k}{k>cc>j}{g>eg>c1>c>n2>j}{eg>c2>sv>d>n2}"
    + when("i", "a", "links")
    + when("i", "b", "rechts")
    + when("x", "m", "again"),
    messages="een weg los",
)


def _look(instance: engine.Instance) -> object:
    tasks = [(task.element.id, task.local) for task in instance.tasks]
    timers = [(timer.element.id, timer.due_at) for timer in instance.timers]
    return tasks, timers, instance.active, instance.passed, instance.ahead, instance.end


def _move(instances: list[engine.Instance], choice: random.Random) -> None:
    """One command, the same on each; ids differ, so by place."""
    first = instances[0]
    options = [("complete", n) for n in range(len(first.tasks))] + [("wake", n) for n in range(len(first.timers))]
    options += [("deliver", n) for n in range(len(first.awaited))] + [("refresh", 0)]
    command, place = choice.choice(options)
    for instance in instances:
        if command == "complete":
            instance.complete(instance.tasks[place].id)
        elif command == "wake":
            instance.wake(instance.timers[place].id)
        elif command == "deliver":
            wait = instance.awaited[place]
            instance.deliver(wait.message, wait.key, {"n": place})
        else:
            instance.refresh()


@pytest.mark.parametrize("seed", range(12))
def test_an_instance_that_is_saved_and_restored_does_what_one_in_memory_does(seed: int) -> None:
    choice = random.Random(seed)
    world = World(sleutel="K", klaar=False, links=True, rechts=True, again=True)
    model = engine.compile({"m.bpmn": example(EVERYTHING)}, "p")
    kept, stored = engine.start(model, world), engine.start(model, world)
    for _ in range(150):
        for name in ("klaar", "links", "rechts"):
            world.data[name] = choice.random() < 0.5
        world.data["again"] = choice.random() < 0.9
        stored = engine.resume(model, stored.save(KEY), world, KEY)
        _move([kept, stored], choice)
        assert _look(kept) == _look(stored)
        if kept.finished:
            kept, stored = engine.start(model, world), engine.start(model, world)
