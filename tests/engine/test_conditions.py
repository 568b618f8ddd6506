"""Conditional events: looked at again at every command, until nothing changes."""

from tests.engine.running import (
    END,
    START,
    Running,
    World,
    boundary,
    catch,
    condition_event,
    gateways,
    service,
    users,
    when,
)

READY = START + END + catch("cc", condition_event("gereedheid.planbaar")) + users("a", "b") + gateways("parallel", "g")


def test_a_condition_that_is_true_at_once_does_not_wait() -> None:
    run = Running(START + END + catch("cc", condition_event("klaar")) + users("a") + "{s>cc>a>e}", klaar=True)
    assert run.open == ["a"]


def test_a_condition_is_looked_at_again_at_every_command() -> None:
    run = Running(READY + "{s>g>cc>a>e}{g>b>e}", gereedheid={"planbaar": False})
    assert (run.open, run.now.active) == (["b"], {"b": 1, "cc": 1})
    run.do("refresh")
    assert run.open == ["b"]
    run.world.data["gereedheid"] = {"planbaar": True}
    run.complete("b")
    assert run.open == ["a"]


def test_refresh_runs_until_nothing_changes() -> None:
    world = World(een=False, twee=False, drie=False)
    world.script = {"x": {"twee": True}, "y": {"drie": True}}
    body = (
        START
        + END
        + gateways("parallel", "g", "j")
        + "".join(catch(f"c{n}", condition_event(n)) for n in ("een", "twee", "drie"))
    )
    body += service("sx", "x") + service("sy", "y") + "{s>g>cdrie>j>e}{g>ctwee>sy>j}{g>ceen>sx>j}"
    run = Running(body, world)
    world.data["een"] = True
    passed = run.do("refresh")
    assert passed == ("ceen", "sx", "ctwee", "sy", "cdrie", "j", "e")
    assert run.end == "e"


def test_null_is_not_true() -> None:
    run = Running(READY + "{s>g>cc>a>e}{g>b>e}")
    assert run.open == ["b"]


def test_a_condition_on_the_border_interrupts() -> None:
    run = Running(
        START + END + users("a", "h") + boundary("b", "a", condition_event("spoed")) + "{s>a>e}{b>h>e}", spoed=False
    )
    run.world.data["spoed"] = True
    run.do("refresh")
    assert run.open == ["h"]


def test_a_condition_after_an_event_based_gateway_takes_the_token() -> None:
    body = (
        START
        + END
        + gateways("eventBased", "g")
        + catch("c1", condition_event("een"))
        + catch("c2", condition_event("twee"))
    )
    run = Running(body + users("a", "b") + "{s>g>c1>a>e}{g>c2>b>e}", een=False, twee=False)
    run.world.data["twee"] = True
    assert run.do("refresh") == ("g", "c2")
    assert run.open == ["b"]


def test_a_condition_that_stays_true_in_a_loop_waits_for_the_person_in_it() -> None:
    body = START + END + gateways("exclusive", "m") + catch("cc", condition_event("klaar")) + users("a")
    body += gateways("exclusive", "x", default="f_x_m") + "{s>m>cc>a>x>m}"
    body += when("x", "e", "stop")
    run = Running(body, klaar=True, stop=False)
    run.complete("a", "a", "a")
    assert run.open == ["a"]
