"""What lies ahead, where tokens are, what was passed."""

from tests.engine.running import (
    END,
    START,
    Running,
    boundary,
    event_subprocess,
    gateways,
    message_event,
    process,
    subprocess,
    users,
    when,
)


def test_ahead_are_the_tasks_that_normal_flow_can_still_come_to() -> None:
    body = START + END + gateways("exclusive", "x", default="f_x_b") + users("a", "b", "c", "d")
    run = Running(body + "{s>a>x>b>d>e}{c>d}" + when("x", "c", "q"), q=False)
    assert run.now.ahead == {"b", "c", "d"}
    run.complete("a")
    assert run.now.ahead == {"d"}
    run.complete("b", "d")
    assert run.now.ahead == frozenset()


def test_ahead_looks_into_subprocesses_and_out_of_them_but_not_over_their_borders() -> None:
    inside = users("a", "b") + "{sp_s>a>b>sp_e}"
    called = f'<process id="q"><startEvent id="q_s"/><endEvent id="q_e"/>{users("f")}{{q_s>f>q_e}}</process>'
    body = START + END + users("h", "z") + subprocess("sp", inside) + boundary("bd", "sp", message_event("weg"))
    body += '<callActivity id="ca" calledElement="q"/>' + event_subprocess("es", "los", users("t") + "{es_s>t>es_e}")
    run = Running(process(body + "{s>z>sp>ca>e}{bd>h>sp}", called, messages="weg los"))
    assert run.now.ahead == {"a", "b", "f"}
    run.complete("z")
    assert run.now.ahead == {"b", "f"}
    run.deliver("weg")
    assert run.now.ahead == {"a", "b", "f"}
    run.deliver("los")
    assert run.now.ahead == {"a", "b", "f"}


def test_only_what_something_stands_still_for_is_waited_for() -> None:
    """What may come at any time, at a border or to start an event subprocess, moves on nothing by itself."""
    inside = users("a") + '<receiveTask id="r" messageRef="m_in"/>' + "{sp_s>a>r>sp_e}"
    body = START + END + users("h") + subprocess("sp", inside) + boundary("bd", "sp", message_event("weg"))
    body += event_subprocess("es", "los", users("t") + "{es_s>t>es_e}")
    run = Running(process(body + "{s>sp>e}{bd>h>e}", messages="weg los in"))
    assert not run.now.waits_for_others
    run.complete("a")
    assert run.now.waits_for_others


def test_a_task_in_a_loop_is_ahead_of_itself() -> None:
    body = START + END + gateways("exclusive", "x", default="f_x_e") + users("a") + "{s>a>x>e}" + when("x", "a", "q")
    assert Running(body).now.ahead == {"a"}


def test_passed_are_the_elements_of_the_last_command_in_order() -> None:
    body = START + END + gateways("parallel", "g", "j") + subprocess("sp", users("a") + "{sp_s>a>sp_e}") + users("b")
    run = Running(body + "{s>g>sp>j>e}{g>b>j}")
    assert run.passed == ["s", "g", "sp_s"]
    assert run.do("complete", run.now.tasks[1].id) == ("a", "sp_e", "sp")
    assert run.do("complete", run.now.tasks[0].id) == ("b", "j", "e")
    assert run.now.passed == (), "a restored instance has passed nothing yet"
