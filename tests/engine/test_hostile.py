"""Hostile models: nothing in them is ever executed, opened or connected to, and none fills time or memory."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from xml.sax.saxutils import escape

import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.engine.rule import HEAD, example
from bedrijfsbureau.errors import ModelRefused, StepFailed
from tests.engine.running import (
    END,
    START,
    World,
    catch,
    condition_event,
    gateways,
    message_event,
    process,
    users,
    when,
)
from tests.engine.test_state import EVERYTHING

FORBIDDEN = ("open", "exec", "compile", "import", "socket.", "os.", "subprocess.", "ctypes.", "shutil.", "pty.")
_events: list[str] = []
_armed = False


def _note(event: str, arguments: object) -> None:
    if _armed and event.startswith(FORBIDDEN):
        _events.append(f"{event} {arguments!r}"[:200])


@contextmanager
def nothing_happens() -> Iterator[None]:
    """Fails when Python executes, imports, opens or connects to anything meanwhile."""
    global _armed  # an audit hook cannot be removed, so it is switched
    if not getattr(sys, "_engine_hook", False):
        sys.addaudithook(_note)
        sys._engine_hook = True  # type: ignore[attr-defined]
    engine.start(engine.compile({"m.bpmn": example(EVERYTHING)}, "p"), World())  # what loads late, loads now
    _events.clear()
    _armed = True
    try:
        yield
    finally:
        _armed = False
    assert _events == []


PYTHON = [
    "__import__('os').system('touch /tmp/hostile')",
    "= __import__('os').system('touch /tmp/hostile')",
    '= open("/etc/passwd").read()',
    "= ().__class__.__base__.__subclasses__()",
    "= [x for x in (1).__class__.__mro__]",
    "exec('import os')",
    "= eval(punt)",
    "=",
    "${7*7}",
    "{{7*7}}",
    "= 9**9**9**9**9",
    "= for i in 1..100000000 return i",
    "= some i in 1..1000000000 satisfies i = 0",
    '= matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    "= " + "(" * 5_000 + "1" + ")" * 5_000,
    "= f(f)",
    "= string join(for i in 1..40000 return string(i))",
]

TIMER = "<timerEventDefinition><{0}>%s</{0}></timerEventDefinition>"
MANY = "<multiInstanceLoopCharacteristics><loopCardinality>%s</loopCardinality></multiInstanceLoopCharacteristics>"
LOOP = "<standardLoopCharacteristics testBefore='true'><loopCondition>%s</loopCondition></standardLoopCharacteristics>"
HIDDEN = "<extensionElements><script>%s</script></extensionElements>"
DONE = "<userTask id='b'/><completionCondition>%s</completionCondition>"
EACH = "<multiInstanceLoopCharacteristics bb:collection='%s'/>"
ENOUGH = "<loopCardinality>= 2</loopCardinality><completionCondition>%s</completionCondition>"
ENOUGH = f"<multiInstanceLoopCharacteristics>{ENOUGH}</multiInstanceLoopCharacteristics>"
BORDER = "<boundaryEvent id='c' attachedToRef='a' cancelActivity='false'>%s</boundaryEvent>{c>e}"
WRITE = "<extensionElements><bb:write field='a.b' value='%s'/></extensionElements>"
CHOICE = users("a") + gateways("exclusive", "x", default="f_x_e") + "{s>x>e}{a>e}"
CHOICE += when("x", "a", "IT").replace("= IT", "%s")
MESSAGE = catch("c", message_event("m", "IT").replace("= IT", "%s"))

PLACES = {
    "condition": START + END + CHOICE,
    "timeDate": START + END + catch("c", TIMER.format("timeDate")) + "{s>c>e}",
    "timeDuration": START + END + catch("c", TIMER.format("timeDuration")) + "{s>c>e}",
    "timeCycle": START + END + catch("c", TIMER.format("timeCycle")) + "{s>c>e}",
    "conditional": START + END + catch("c", condition_event("IT").replace("= IT", "%s")) + "{s>c>e}",
    "key": process(START + END + MESSAGE + "{s>c>e}", messages="m"),
    "skipWhen": START + END + "<userTask id='a' bb:skipWhen='%s'/>{s>a>e}",
    "due": START + END + "<userTask id='a' bb:due='%s'/>{s>a>e}",
    "script": START + END + "<scriptTask id='a'><script>%s</script></scriptTask>{s>a>e}",
    "extension": START + END + f"<userTask id='a'>{HIDDEN}</userTask>{{s>a>e}}",
    "cardinality": START + END + f"<userTask id='a'>{MANY}</userTask>{{s>a>e}}",
    "loop": START + END + f"<userTask id='a'>{LOOP}</userTask>{{s>a>e}}",
    "ad hoc": START + END + f"<adHocSubProcess id='a'>{DONE}</adHocSubProcess>{{s>a>e}}",
    "collection": START + END + f"<userTask id='a'>{EACH}</userTask>{{s>a>e}}",
    "completion": START + END + f"<serviceTask id='a' bb:handler='h'>{ENOUGH}</serviceTask>{{s>a>e}}",
    "cycle": START + END + users("a") + "{s>a>e}" + BORDER.replace("%s", TIMER.format("timeCycle")),
    "border": START + END + users("a") + "{s>a>e}" + BORDER.replace("%s", condition_event("IT").replace("= IT", "%s")),
    "send": process(START + END + "<sendTask id='a' messageRef='m_m' bb:key='%s'/>{s>a>e}", messages="m"),
    "name": START + END + "<userTask id='a' name='%s'><documentation>%s</documentation></userTask>{s>a>e}",
    "decision": START + END + f"<businessRuleTask id='a' bb:decision='d'>{WRITE}</businessRuleTask>{{s>a>e}}",
    "other engine": START + END + "<serviceTask id='a' bb:handler='h' camunda:expression='%s'/>{s>a>e}",
}


@pytest.mark.parametrize("place", PLACES)
def test_an_expression_is_feel_or_it_is_refused(place: str) -> None:
    with nothing_happens():
        for python in PYTHON:
            files = {"m.bpmn": example(PLACES[place].replace("%s", escape(python, {"'": "&apos;", '"': "&quot;"})))}
            engine.check(files)
            with suppress(ModelRefused, StepFailed):
                engine.start(engine.compile(files, "p"), World(punt="__import__('os')")).refresh()


DOCTYPES = [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!doctype a [<!ENTITY e "open"><!ENTITY f "(">]>',
    "<!DOCTYPE a ["
    + '<!ENTITY a0 "x">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>",
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_a_doctype_is_refused(doctype: str) -> None:
    body = example(START + END + "<userTask id='a' name='&x;&a11;'/>{s>a>e}").decode()
    for text in (doctype + body, '<?xml version="1.0"?>\n' + doctype + body):
        for encoding in ("utf-8", "utf-16", "utf-32", "cp037", "utf-7"):
            data = text.encode(encoding)
            with nothing_happens():
                found = engine.check({"m.bpmn": data})
            assert [problem.code for problem in found] == ["xml"]


@pytest.mark.parametrize("encoding", ["utf-16", "UTF-7", "IBM037", "ebcdic-cp-us", "UCS-4"])
def test_only_encodings_that_contain_ascii_are_read(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + example(START + END + "{s>e}")
    assert [problem.code for problem in engine.check({"m.bpmn": data})] == ["xml"]


def test_xinclude_and_imports_are_not_followed() -> None:
    body = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    for text in (body, '<import importType="x" location="file:///etc/passwd" namespace="n"/>'):
        files = {"m.bpmn": f"{HEAD}{text}<process id='p'>{START}{END}</process></definitions>".encode()}
        with nothing_happens():
            assert engine.check(files) != []


def test_size_depth_and_number_of_elements_are_bounded() -> None:
    deep = "<extensionElements>" + "<a>" * 70 + "</a>" * 70 + "</extensionElements>"
    wide = "<userTask id='a'/>" * 5_001
    big = f"<documentation>{'x' * 2_000_000}</documentation>"
    for body in (deep, wide, big):
        found = engine.check({"m.bpmn": f"{HEAD}<process id='p'>{body}</process></definitions>".encode()})
        assert [problem.code for problem in found] == ["xml"]


def test_a_model_that_fills_up_with_tokens_is_stopped() -> None:
    names = [f"t{n}" for n in range(300)]
    body = START + END + gateways("exclusive", "m") + gateways("parallel", "g") + users(*names)
    body += "{s>m>g>m}" + "".join(f"{{g>{name}>e}}" for name in names)
    with pytest.raises(StepFailed, match="loopt vol"):
        engine.start(engine.compile({"m.bpmn": example(body)}, "p"), World())


def test_a_chain_of_calls_in_a_circle_is_refused() -> None:
    def calls(name: str, called: str) -> str:
        inside = (
            f'<startEvent id="{name}s"/><callActivity id="{name}c" calledElement="{called}"/><endEvent id="{name}e"/>'
        )
        return f'<process id="{name}">{inside}{{{name}s>{name}c>{name}e}}</process>'

    found = engine.check({"m.bpmn": example(calls("p", "q") + calls("q", "r") + calls("r", "p"))})
    assert [(problem.element, problem.code) for problem in found] == [(f"{n}c", "called-processes") for n in "pqr"]


def test_ids_that_python_or_spiffworkflow_use_are_ordinary_ids() -> None:
    names = ["Start", "End", "Root", "p.EndJoin", "class", "self", "None", "_x"]
    body = START + END + users(*names) + "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(zip(["s", *names], [*names, "e"], strict=True))
    )  # fmt: skip
    instance = engine.start(engine.compile({"m.bpmn": example(body)}, "p"), World())
    for name in names:
        assert [task.element.id for task in instance.tasks] == [name]
        instance.complete(instance.tasks[0].id)
    assert instance.finished


def _subprocess(name: str, inside: str) -> str:
    return f'<subProcess id="{name}"><startEvent id="{name}s"/><endEvent id="{name}e"/>{inside}</subProcess>'


def test_instances_within_instances_are_bounded() -> None:
    many = (
        "<multiInstanceLoopCharacteristics><loopCardinality>= 900</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    inside = f'<userTask id="a">{many}</userTask>{{ps>a>pe}}'
    body = START + END + _subprocess("p", inside + many).replace('"p"', '"q"') + "{s>q>e}"
    with pytest.raises(StepFailed, match="loopt vol"):
        engine.start(engine.compile({"m.bpmn": example(body)}, "p"), World())


@pytest.mark.parametrize(
    "what",
    [
        '<standardLoopCharacteristics loopMaximum="999999"/>',
        "<standardLoopCharacteristics><loopCondition>= true</loopCondition></standardLoopCharacteristics>",
    ],
)
def test_a_loop_that_waits_for_nothing_is_stopped(what: str) -> None:
    body = START + END + f'<serviceTask id="a" bb:handler="h">{what}</serviceTask>{{s>a>e}}'
    with pytest.raises(StepFailed, match="blijft rondgaan"):
        engine.start(engine.compile({"m.bpmn": example(body)}, "p"), World())


def test_expressions_that_cost_too_much_together_are_stopped() -> None:
    heavy = when("x", "m", "count(for i in 1..9000 return i) &gt; 0")
    body = START + END + gateways("exclusive", "m") + gateways("exclusive", "x", default="f_x_e") + "{s>m>x>e}" + heavy
    with pytest.raises(StepFailed, match="te veel rekenwerk"):
        engine.start(engine.compile({"m.bpmn": example(body)}, "p"), World())


def test_many_tokens_at_a_join_do_not_slow_down_what_goes_round_beside_it() -> None:
    """Once this took three minutes, because every token that waits asked for all the others."""
    many = "".join(f'<intermediateThrowEvent id="t{n}"/>{{g>t{n}>j}}' for n in range(900))
    waits = gateways("parallel", "g") + gateways("inclusive", "j") + users("u") + "{s>g>u>j>e}" + many
    pair = gateways("inclusive", "w", default="f_w_y") + gateways("inclusive", "r") + when("w", "z", "true")
    pair += '<intermediateThrowEvent id="y"/><intermediateThrowEvent id="z"/>{g>m>w>y>r>x>e}{z>r}'
    again = gateways("exclusive", "m") + gateways("exclusive", "x", default="f_x_e") + when("x", "m", "true")
    with pytest.raises(StepFailed, match="blijft rondgaan"):
        engine.start(engine.compile({"m.bpmn": example(START + END + waits + pair + again)}, "p"), World())


def _when(name: str, condition: str, handler: str) -> str:
    """An event subprocess that calls a handler whenever a condition comes true."""
    start = f'<startEvent id="{name}s" isInterrupting="false">{condition_event(condition)}</startEvent>'
    body = f'{start}<serviceTask id="{name}h" bb:handler="{handler}"/><endEvent id="{name}e"/>'
    return f'<subProcess id="{name}" triggeredByEvent="true">{body}{{{name}s>{name}h>{name}e}}</subProcess>'


def test_events_that_cause_each_other_are_stopped() -> None:
    world = World(aan=True)
    world.script = {"uit": {"aan": False}, "aan": {"aan": True}}
    body = START + END + users("a") + "{s>a>e}" + _when("v", "aan", "uit") + _when("w", "not(aan)", "aan")
    with pytest.raises(StepFailed, match="blijft rondgaan"):
        engine.start(engine.compile({"m.bpmn": example(body)}, "p"), world)


def test_deep_nesting_runs_or_is_refused() -> None:
    body = users("a") + "{s0s>a>s0e}"
    for depth in range(29):
        flow = f"{{s{depth + 1}s>s{depth}>s{depth + 1}e}}"
        body = _subprocess(f"s{depth}", body) + flow
    instance = engine.start(
        engine.compile({"m.bpmn": example(START + END + body.replace("s29s", "s").replace("s29e", "e"))}, "p"), World()
    )
    instance.complete(instance.tasks[0].id)
    assert instance.finished


def _maze(name: str, size: int) -> str:
    """A scope whose token game has a great many markings."""
    middle = "".join(f'<userTask id="{name}{n}"/><userTask id="{name}b{n}"/>' for n in range(size))
    middle += f'<parallelGateway id="{name}g"/><parallelGateway id="{name}j"/>'
    flows = f"{{{name}s>{name}g}}{{{name}j>{name}e}}"
    flows += "".join(f"{{{name}g>{name}{n}>{name}b{n}>{name}j}}" for n in range(size))
    edges = "".join(
        f'<boundaryEvent id="{name}t{n}" attachedToRef="{name}{n}" cancelActivity="false"><timerEventDefinition>'
        f"<timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>{{{name}t{n}>{name}e}}"
        for n in range(size)
    )
    return _subprocess(name, middle + flows + edges)


def test_judging_is_bounded_in_a_process_of_its_own() -> None:
    names = [f"m{n}_" for n in range(24)]
    mazes = "".join(_maze(name, 14) for name in names)
    body = START + END + mazes + "{s>" + ">".join(names) + ">e}"
    assert [problem.code for problem in engine.check_apart({"m.bpmn": example(body)}, seconds=0.05)] == ["bounds"]


def test_judging_apart_finds_the_same() -> None:
    for body in (EVERYTHING, START + END + "<userTask id='a'/>{s>e}", "<nee>"):
        files = {"m.bpmn": example(body)}
        assert engine.check_apart(files) == engine.check(files)
