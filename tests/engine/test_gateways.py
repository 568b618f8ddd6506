"""Exclusive, parallel and inclusive gateways, in lines, loops and without structure."""

from itertools import pairwise

import pytest

from bedrijfsbureau.errors import StepFailed
from tests.engine.running import END, START, Running, gateways, users, when

FORK = START + END + gateways("parallel", "g", "j")


def test_a_parallel_join_waits_for_every_branch() -> None:
    run = Running(FORK + users("a", "b", "c") + "{s>g>a>j>c>e}{g>b>j}")
    assert run.open == ["a", "b"]
    run.complete("a")
    assert (run.open, run.now.active) == (["b"], {"b": 1, "j": 1})
    run.complete("b")
    assert run.open == ["c"]
    run.complete("c")
    assert (run.end, run.now.active) == ("e", {})


def test_two_tokens_on_one_flow_do_not_satisfy_a_parallel_join() -> None:
    body = FORK + gateways("parallel", "g0") + gateways("exclusive", "m") + users("a", "b", "c", "d")
    run = Running(body + "{s>g0>a>m>j>d>e}{g0>g>b>m}{g>c>j}")
    run.complete("a", "b")
    assert (run.open, run.now.active) == (["c"], {"c": 1, "j": 2})
    run.complete("c")
    assert run.open == ["d"]
    run.complete("d")
    assert run.now.active == {"j": 1}, "the surplus token keeps waiting, as the standard says"


def test_every_token_through_a_merge_runs_the_next_task() -> None:
    run = Running(
        START
        + END
        + gateways("parallel", "g")
        + gateways("exclusive", "m")
        + users("a", "b", "c")
        + "{s>g>a>m>c>e}{g>b>m}"
    )
    run.complete("a", "b")
    assert run.open == ["c", "c"]
    run.complete("c", "c")
    assert run.end == "e"


def test_two_flows_into_a_task_are_a_merge() -> None:
    run = Running(START + END + gateways("parallel", "g") + users("a", "b", "c") + "{s>g>a>c>e}{g>b>c}")
    run.complete("a", "b")
    assert run.open == ["c", "c"]


def test_several_flows_out_of_a_task_are_a_parallel_split() -> None:
    run = Running(START + END + users("z", "a", "b") + "{s>z>a>e}{z>b>e}")
    run.complete("z")
    assert run.open == ["a", "b"]
    assert "__fork_z" not in run.passed


def test_conditions_on_flows_out_of_a_task_choose() -> None:
    body = (
        START
        + END
        + users("z", "a", "b", "c")
        + "{s>z>c>e}{a>e}{b>e}"
        + when("z", "a", "q = 1")
        + when("z", "b", "q = 2")
    )
    run = Running(body, q=2)
    run.complete("z")
    assert run.open == ["b", "c"], "a flow without a condition is always taken"


def test_an_exclusive_gateway_takes_the_first_true_flow_else_the_default() -> None:
    body = START + END + users("a", "b", "c") + gateways("exclusive", "x", default="f_x_c")
    body += "{s>x>c>e}{a>e}{b>e}" + when("x", "a", "q > 1") + when("x", "b", "q > 0")
    assert Running(body, q=5).open == ["a"]
    assert Running(body, q=1).open == ["b"]
    assert Running(body, q=0).open == ["c"]
    assert Running(body, q=None).open == ["c"], "null is not true"


def test_no_flow_to_take_fails_at_the_gateway() -> None:
    body = START + END + users("a", "b") + gateways("exclusive", "x") + "{s>x}{a>e}{b>e}"
    with pytest.raises(StepFailed, match="geen enkele voorwaarde was waar") as failed:
        Running(body + when("x", "a", "q = 1") + when("x", "b", "q = 2"), q=3)
    assert failed.value.element == "x"


def test_a_condition_that_gives_no_yes_or_no_fails() -> None:
    body = START + END + users("a", "b") + gateways("exclusive", "x", default="f_x_b") + "{s>x>b>e}{a>e}"
    with pytest.raises(StepFailed, match="geen ja of nee"):
        Running(body + when("x", "a", "q + 1"), q=3)


INCLUSIVE = START + END + gateways("inclusive", "g", "j") + users("z", "a", "b", "c", "d")
INCLUSIVE += "{s>z>g}{a>j>d>e}{b>j}{c>j}" + when("g", "a", "x > 0") + when("g", "b", "x > 1") + when("g", "c", "x > 2")


def test_an_inclusive_join_waits_for_the_branches_that_were_taken() -> None:
    run = Running(INCLUSIVE, x=2)
    run.complete("z")
    assert run.open == ["a", "b"]
    run.complete("a")
    assert run.open == ["b"]
    run.complete("b")
    assert run.open == ["d"]


def test_an_inclusive_join_is_released_when_the_other_token_leaves_elsewhere() -> None:
    body = (
        START + END + '<endEvent id="e2"/>' + gateways("parallel", "g") + gateways("exclusive", "x", default="f_x_e2")
    )
    body += gateways("inclusive", "j") + users("z", "a", "b", "d") + "{s>z>g>a>x>e2}{g>b>j>d>e}" + when("x", "j", "go")
    run = Running(body, go=False)
    run.complete("z", "b")
    assert run.open == ["a"]
    run.complete("a")
    assert run.open == ["d"]


def test_an_inclusive_block_in_a_loop_runs_every_round() -> None:
    body = START + END + gateways("exclusive", "l") + gateways("inclusive", "g", "j")
    body += gateways("exclusive", "x", default="f_x_e") + users("a", "b", "d") + "{s>l>g}{a>j>d>x>e}{b>j}"
    body += when("g", "a", "true") + when("g", "b", "both") + when("x", "l", "again")
    run = Running(body, both=True, again=True)
    for _ in range(3):
        run.complete("a", "b", "d")
    run.world.data["both"] = False
    run.complete("a", "b", "d")
    assert run.open == ["a"]
    run.world.data["again"] = False
    run.complete("a", "d")
    assert run.end == "e"


def test_a_parallel_block_in_a_loop_runs_every_round() -> None:
    body = FORK + gateways("exclusive", "l") + gateways("exclusive", "x", default="f_x_e") + users("a", "b", "c")
    run = Running(body + "{s>l>g>a>j>c>x>e}{g>b>j}" + when("x", "l", "again"), again=True)
    for _ in range(5):
        run.complete("b", "a")
        assert run.open == ["c"]
        run.complete("c")
    run.world.data["again"] = False
    run.complete("a", "b", "c")
    assert run.end == "e"


def test_rework_inside_one_branch_keeps_the_join_waiting() -> None:
    body = FORK + gateways("exclusive", "x", default="f_x_j") + users("a", "b", "c")
    run = Running(body + "{s>g>a>x>j>c>e}{g>b>j}" + when("x", "a", "again"), again=True)
    run.complete("b")
    for _ in range(5):
        run.complete("a")
        assert (run.open, run.now.active) == (["a"], {"a": 1, "j": 1})
    run.world.data["again"] = False
    run.complete("a")
    assert run.open == ["c"]


def test_the_process_ends_when_the_last_token_does() -> None:
    run = Running(
        START + END + '<endEvent id="e2"/>' + gateways("parallel", "g") + users("a", "b") + "{s>g>a>e}{g>b>e2}"
    )
    run.complete("b")
    assert (run.now.finished, run.end) == (False, None)
    run.complete("a")
    assert (run.now.finished, run.end) == (True, "e")


def test_a_terminate_end_takes_every_token_along() -> None:
    body = (
        START
        + END
        + '<endEvent id="t"><terminateEventDefinition/></endEvent>'
        + gateways("parallel", "g")
        + users("a", "b")
    )
    run = Running(body + "{s>g>a>e}{g>b>t}")
    run.complete("b")
    assert (run.end, run.open, run.now.active) == ("t", [], {})


def test_sixteen_parallel_gateways_in_a_row_build_nothing_ahead() -> None:
    names = [f"g{n}" for n in range(16)]
    pairs = "".join(f"{{{n}>{n}a>{n}j}}{{{n}>{n}b>{n}j}}" for n in names)
    tasks = users(*(f"{n}{side}" for n in names for side in "ab"))
    chain = "".join(f"{{{n}j>{m}}}" for n, m in pairwise(names))
    body = START + END + gateways("parallel", *names, *(f"{n}j" for n in names)) + tasks + pairs + chain
    run = Running(body + "{s>g0}{g15j>e}")
    assert run.open == ["g0a", "g0b"]
    assert len(run.state) < 250
