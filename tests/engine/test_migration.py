"""Moving a running instance to another version: what is kept, what is armed or dropped, and what stops it."""

import random
from typing import Any

import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.engine.migration import migrate, obstacles
from bedrijfsbureau.engine.rule import example
from bedrijfsbureau.errors import CannotMove
from tests.engine.drawing import bpmn
from tests.engine.running import KEY, Running, World
from tests.engine.test_state import EVERYTHING
from tests.engine.test_state import _move as random_command

LINE = """
    start s
    end e
    user a, b
    s>a>b>e
"""
TIMED = """
    start s
    end e, te
    user a
    boundary t on a: after = duration("P2D")
    s>a>e
    t>te
"""
PLAIN = """
    start s
    end e
    user a
    s>a>e
"""
BRANCHES = """
    start s
    end e
    and g, j
    user a, b
    s>g>a>j>e
    g>b>j
"""
INSIDE = """
    start s
    end e
    sub w
      start ps
      end pe
      user a, b
      ps>a>b>pe
    s>w>e
"""
EACH = """
    start s
    end e
    user a: each stuk in = ["x", "y"]
    s>a>e
"""
WAITS = """
    start s
    end e, f, late
    events eg
    catch m: message antwoord key = punt
    catch c: if = klaar
    catch d: at = date and time("2026-08-01T12:00:00Z")
    event es
      start es_s gently: after = duration("P9D")
      end es_e
      user h
      es_s>h>es_e
    s>eg>m>e
    eg>c>f
    eg>d>late
"""


def model(text: str) -> engine.Model:
    return engine.compile({"m.bpmn": bpmn(text)}, "p")


def running(text: str, *done: str, **data: Any) -> Running:
    run = Running(bpmn(text), **data)
    run.complete(*done)
    return run


def move(run: Running, text: str, **corrected: str | None) -> Running:
    """The run goes on in the other version, by the proposed mapping with these corrections."""
    new = model(text)
    mapping = {**engine.propose(run.model, new), **corrected}
    assert obstacles(run.now, new, mapping) == ()
    run.state, run.model = migrate(run.now, new, mapping).save(KEY), new
    return run


def refused(run: Running, text: str, **corrected: str | None) -> list[tuple[str, str]]:
    """Elements that stop the move, and why."""
    new = model(text)
    with pytest.raises(CannotMove) as stopped:
        migrate(run.now, new, {**engine.propose(run.model, new), **corrected})
    return [(obstacle.element, obstacle.why) for obstacle in stopped.value.obstacles]


def test_a_task_that_was_renamed_is_the_same_task() -> None:
    run = running(LINE)
    before = run.now.tasks[0].id
    move(run, LINE.replace("user a, b", "user first, b").replace("s>a>b", "s>first>b"), a="first")
    assert [(task.id, task.element.id) for task in run.now.tasks] == [(before, "first")]
    run.complete("first", "b")
    assert run.end == "e"


@pytest.mark.parametrize(("flow", "open_after_a"), [("s>z>a>b>e", ["b"]), ("s>a>z>b>e", ["z"])])
def test_a_task_inserted_before_is_not_done_any_more_and_one_after_is(flow: str, open_after_a: list[str]) -> None:
    run = move(running(LINE), LINE.replace("user a, b", "user a, b, z").replace("s>a>b>e", flow))
    assert run.open == ["a"]
    run.complete("a")
    assert run.open == open_after_a


def test_a_boundary_timer_that_is_gone_is_dropped_with_its_group() -> None:
    run = running(TIMED)
    task = run.now.tasks[0].id
    move(run, PLAIN)
    assert ([task.id for task in run.now.tasks], run.now.timers) == ([task], ())
    run.complete("a")
    assert run.end == "e"


def test_a_boundary_timer_that_is_new_is_armed_at_the_moment_of_moving() -> None:
    run = move(running(PLAIN), TIMED)
    (timer,) = run.now.timers
    assert (timer.element.id, str(timer.due_at)) == ("t", "2026-07-03 10:00:00+00:00")
    run.do("wake", timer.id)
    assert (run.open, run.end) == ([], "te")


def test_a_timer_is_due_when_it_was_due_whatever_the_new_version_says() -> None:
    run = running(TIMED)
    before = run.now.timers
    run.world.now = run.world.now.replace(day=20)
    move(run, TIMED.replace("P2D", "P9D"))
    assert [(timer.id, timer.due_at) for timer in run.now.timers] == [(timer.id, timer.due_at) for timer in before]


def test_inside_a_subprocess_and_when_that_was_renamed() -> None:
    run = running(INSIDE, "a")
    before = run.now.tasks[0].id
    move(run, INSIDE.replace("sub w", "sub q").replace("s>w>e", "s>q>e"), w="q")
    assert [(task.id, task.element.id) for task in run.now.tasks] == [(before, "b")]
    run.complete("b")
    assert run.end == "e"


def test_what_waits_at_a_join_came_by_the_branch_it_came_by() -> None:
    longer = BRANCHES.replace("user a, b", "user a, b, z").replace("g>a>j", "g>a>z>j")
    run = move(running(BRANCHES, "a"), longer)
    assert run.now.active == {"b": 1, "j": 1}
    run.complete("b")
    assert run.end == "e"


SKIPPED = bpmn(BRANCHES).replace(b'id="a"', b'id="a" bb:skipWhen="= weg"')


@pytest.mark.parametrize(
    ("before", "after"), [(SKIPPED, SKIPPED), (SKIPPED, bpmn(BRANCHES)), (bpmn(BRANCHES), SKIPPED)]
)
def test_a_branch_by_way_of_a_task_that_may_be_skipped(before: bytes, after: bytes) -> None:
    run = Running(before, weg=False)
    run.complete("a")
    new = engine.compile({"m.bpmn": after}, "p")
    run.state, run.model = migrate(run.now, new, engine.propose(run.model, new)).save(KEY), new
    assert run.now.active == {"b": 1, "j": 1}
    run.complete("b")
    assert run.end == "e"


def test_each_instance_of_a_repeated_task_keeps_its_item() -> None:
    run = running(EACH)
    before = [(task.id, task.local) for task in run.now.tasks]
    move(run, EACH.replace("user a:", "user each:").replace("s>a>e", "s>each>e"), a="each")
    assert [(task.id, task.local) for task in run.now.tasks] == before
    run.complete("each", "each")
    assert run.end == "e"


def test_what_is_waited_for_is_kept() -> None:
    run = running(WAITS, punt="MED02", klaar=False)
    before = (run.now.timers, [(a.id, a.key) for a in run.now.awaited])
    run.world.data["punt"] = "OTHER"
    run.world.now = run.world.now.replace(day=20)
    move(run, WAITS.replace("late", "later").replace("P9D", "P1D"))
    assert ([t.due_at for t in run.now.timers], [(a.id, a.key) for a in run.now.awaited]) == (
        [t.due_at for t in before[0]], before[1],
    )  # fmt: skip
    run.deliver("antwoord", "MED02")
    assert run.end == "e"


def test_what_an_event_gateway_and_a_scope_listen_for_in_addition_is_armed() -> None:
    less = WAITS.replace("    catch m: message antwoord key = punt\n", "").replace("    s>eg>m>e\n", "    s>eg>d>e\n")
    less = less.replace("    eg>d>late\n", "").replace("e, f, late", "e, f")
    less = less[: less.index("    event es")] + less[less.index("    s>eg") :]
    run = move(running(less, punt="MED02", klaar=False), WAITS)
    assert [(a.message, a.key) for a in run.now.awaited] == [("antwoord", "MED02")]
    assert sorted(timer.element.id for timer in run.now.timers) == ["d", "es_s"]


REFUSED = {
    "no counterpart": (LINE, (), LINE.replace("user a, b", "user b").replace("s>a>b", "s>b"), "a", "heeft geen"),
    "another type": (LINE, (), LINE.replace("user a, b", "manual a\n    user b"), "a", "heeft geen"),
    "another scope": (LINE, (), INSIDE, "a", "staat in de nieuwe versie in een ander"),
    "no longer repeated": (EACH, (), PLAIN, "a", "wordt in de nieuwe versie op een andere manier"),
    "one by one": (EACH, (), EACH.replace("each", "one by one each"), "a", "wordt in de nieuwe versie op een andere"),
    "a branch more": (
        BRANCHES, (), BRANCHES.replace("user a, b", "user a, b, z").replace("g>b>j", "g>b>j\n    g>z>j"), "j", "wacht",
    ),
    "a branch less": (
        BRANCHES, ("a",), BRANCHES.replace("user a, b", "user b, z").replace("g>a>j", "g>z>j"), "j", "kreeg een pijl",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_stops_a_move_names_the_step(case: str) -> None:
    text, done, other, element, why = REFUSED[case]
    found = refused(running(text, *done), other)
    assert [(name, reason.startswith(why)) for name, reason in found] == [(element, True)]


def test_another_type_by_hand_and_every_token_is_listed() -> None:
    run = running(BRANCHES)
    other = BRANCHES.replace("user a, b", "manual x, y").replace("g>a>j", "g>x>j").replace("g>b>j", "g>y>j")
    found = refused(run, other, a="x", b="y")
    assert found == [(name, "is in de nieuwe versie iets anders dan in de oude") for name in "ab"]


RENAMED = {
    "line": (LINE, ["a"], "b"),
    "timer": (TIMED, [], "a"),
    "branches": (BRANCHES, ["a"], "b"),
    "inside": (INSIDE, ["a"], "b"),
    "each": (EACH, ["a"], "a"),
    "waits": (WAITS, [], "eg"),
}


@pytest.mark.parametrize("case", RENAMED)
def test_there_and_back_is_the_same_state(case: str) -> None:
    text, done, element = RENAMED[case]
    run = running(text, *done, punt="MED02", klaar=False)
    state, old = run.state, run.model
    new = engine.compile({"m.bpmn": bpmn(text).replace(f'"{element}"'.encode(), b'"other"')}, "p")
    mapping = {**engine.propose(old, new), element: "other"}
    there = migrate(run.now, new, mapping)
    assert there.active != run.now.active
    stored = engine.resume(new, there.save(KEY), World(), KEY)
    assert migrate(stored, old, engine.inverse(old, mapping)).save(KEY) == state


@pytest.mark.parametrize("seed", range(3))
def test_wherever_it_stands_an_instance_can_move_to_the_same_process(seed: int) -> None:
    choice, world = random.Random(seed), World(sleutel="K", klaar=False, links=True, rechts=True, again=True)
    model, other = (engine.compile({"m.bpmn": example(EVERYTHING)}, "p") for _ in range(2))
    instance = engine.start(model, world)
    for _ in range(60):
        world.data["again"] = choice.random() < 0.9
        state = instance.save(KEY)
        assert migrate(engine.resume(model, state, world, KEY), other, engine.propose(model, other)).save(KEY) == state
        random_command([instance], choice)
        instance = engine.start(model, world) if instance.finished else instance


def test_what_is_proposed() -> None:
    old, new = model(LINE), model(LINE.replace("user a, b", "manual a\n    user b"))
    assert engine.propose(old, new) == {"s": "s", "e": "e", "a": None, "b": "b"}
    named = [called(INSIDE, name) for name in ("a", "hear")]
    assert [engine.propose(named[0], named[1])["a"], engine.propose(named[1], named[0])["hear"]] == ["hear", "a"]


def called(text: str, name: str) -> engine.Model:
    """Element `a` under another id, always called Horen."""
    file = bpmn(text).replace(b'id="a"', b'id="a" name="Horen"').replace(b'"a"', f'"{name}"'.encode())
    return engine.compile({"m.bpmn": file}, "p")
