"""`check` never raises: every file is accepted, or refused with element, line and a Dutch sentence."""

import random
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import engine
from bedrijfsbureau.engine.dialect import BB, BPMN
from bedrijfsbureau.engine.rule import HEAD, example
from bedrijfsbureau.errors import ModelRefused, Problem, StepFailed
from tests.engine.drawing import bpmn
from tests.engine.running import END, START, World, condition_event, gateways, users, when
from tests.engine.test_state import EVERYTHING

MIWG = Path(__file__).parents[3] / "shared" / "data" / "bpmn-miwg"
SMALL = START + END + users("a") + "{s>a>e}"


def _readable(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.message.endswith((".", ")"))
        assert problem.code
        assert problem.line is None or problem.line >= 1
        assert problem.severity in ("error", "warning")


def _accepted_models_run(files: dict[str, bytes], process_id: str = "p") -> None:
    """What is not refused compiles, starts and can be saved; at worst a step fails."""
    problems = engine.check(files)
    _readable(problems)
    if any(problem.severity == "error" for problem in problems):
        with pytest.raises(ModelRefused):
            engine.compile(files, process_id)
        return
    try:
        model = engine.compile(files, process_id)
    except ModelRefused as refused:
        assert refused.problems[0].code == "process"
        return
    try:
        instance = engine.start(model, World())
    except StepFailed:
        return
    instance.save(b"k")


def test_a_good_model_has_no_problems() -> None:
    assert engine.check({"m.bpmn": example(SMALL)}) == []
    assert engine.check({"m.bpmn": example(EVERYTHING)}) == []


def test_a_problem_names_element_line_and_what_to_do() -> None:
    body = START + END + "\n<scriptTask id='a'/>" + "{s>a>e}"
    assert engine.check({"m.bpmn": example(body)}) == [
        Problem(
            "a",
            3,
            "script-task",
            "Scripttaak 'a' wordt niet uitgevoerd: er staat geen code in modellen. "
            "Gebruik een servicetaak of een FEEL-uitdrukking.",
        )
    ]


def test_an_expression_of_another_engine_is_shown_as_feel_and_a_long_one_is_cut_off() -> None:
    def found(text: str) -> list[str]:
        event = condition_event("IT").replace("= IT", text)
        return [problem.message for problem in engine.check({"m.bpmn": example(_catching(event))})]

    assert found("${ compleet }") == [
        "Voorwaarde van 'c': '${ compleet }' is van een andere motor. Schrijf FEEL, zoals '= compleet'."
    ]
    assert [len(message) < 400 for message in found("= " + "1 + " * 5_000)] == [True]


def _catching(event: str) -> str:
    return START + END + f'<intermediateCatchEvent id="c">{event}</intermediateCatchEvent>{{s>c>e}}'


def test_nothing_is_passed_over_in_silence_wherever_it_stands() -> None:
    """A strange attribute or element on each element of a model that uses most of what there is."""
    base = example(EVERYTHING)
    silent = []
    for place in range(1, len(list(ET.fromstring(base).iter()))):  # all but the root, which is for all tools
        for strange in ("foo", f"{BB}foo", "{http://camunda.org/schema/1.0/bpmn}foo", "element"):
            root = ET.fromstring(base)
            element = list(root.iter())[place]
            if strange == "element":
                element.append(ET.Element(f"{BPMN}foo"))
            else:
                element.set(strange, "1")
            if not engine.check({"m.bpmn": ET.tostring(root)}):
                silent.append((element.tag, element.get("id"), strange))
    assert silent == []


def test_compile_names_the_processes_that_are_there() -> None:
    with pytest.raises(ModelRefused, match=r"Er is geen proces met id 'q'\. Aanwezig: p"):
        engine.compile({"m.bpmn": example(SMALL)}, "q")


def test_only_diagrams_are_read_and_texts_may_be_str() -> None:
    files: dict[str, bytes | str] = {"m.bpmn": example(SMALL).decode(), "d.dmn": b"<not bpmn", "form.json": b"{}"}
    assert engine.check(files) == []
    assert engine.compile(files, "p").process_id == "p"


def test_problems_in_one_of_several_files_name_the_file() -> None:
    assert [p.message for p in engine.check({"a.bpmn": example(SMALL), "b.bpmn": b"<"})] == [
        "b.bpmn: Het bestand is geen geldige XML. Sla het opnieuw op vanuit de editor."
    ]


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(data: bytes) -> None:
    _readable(engine.check({"m.bpmn": data}))
    _readable(engine.check({"m.bpmn": HEAD.encode() + data + b"</definitions>"}))


TAGS = [
    "startEvent", "endEvent", "userTask", "manualTask", "serviceTask", "businessRuleTask", "exclusiveGateway",
    "parallelGateway", "inclusiveGateway", "eventBasedGateway", "intermediateCatchEvent", "boundaryEvent", "subProcess",
    "callActivity", "scriptTask", "task", "transaction", "intermediateThrowEvent", "dataObject", "textAnnotation",
]  # fmt: skip
EVENTS = [
    "", '<messageEventDefinition messageRef="m"/>', "<terminateEventDefinition/>", "<errorEventDefinition/>",
    "<timerEventDefinition><timeDate>= null</timeDate></timerEventDefinition>", "<timerEventDefinition/>",
    "<conditionalEventDefinition><condition>= x</condition></conditionalEventDefinition>", "<signalEventDefinition/>",
]  # fmt: skip
names = st.sampled_from(["s", "a", "b", "c", "d", "e", "p", "", "__x"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    tag = draw(st.sampled_from(TAGS))
    attributes = f'id="{draw(names)}" bb:handler="h" bb:decision="d"' if draw(st.booleans()) else f'id="{draw(names)}"'
    for name in ("default", "attachedToRef", "calledElement", "triggeredByEvent", "isInterrupting", "bb:skipWhen"):
        if draw(st.integers(0, 5)) == 0:
            attributes += f' {name}="{draw(st.sampled_from(["true", "false", "f0", "a", "p", "= x"]))}"'
    inside = draw(st.sampled_from(EVENTS))
    if depth < 2 and tag in ("subProcess", "transaction"):
        inside += "".join(draw(st.lists(elements(depth + 1), max_size=3))) + draw(flows())
    return f"<{tag} {attributes}>{inside}</{tag}>"


@st.composite
def flows(draw: st.DrawFn) -> str:
    made = ""
    for number in range(draw(st.integers(0, 6))):
        condition = draw(
            st.sampled_from(["", "", "<conditionExpression>= x</conditionExpression>", "<conditionExpression/>"])
        )
        ends = f'sourceRef="{draw(names)}" targetRef="{draw(names)}"'
        made += f'<sequenceFlow id="f{number}" {ends}>{condition}</sequenceFlow>'
    return made


@settings(max_examples=300, deadline=None)
@given(st.lists(elements(), max_size=6), flows(), st.booleans())
def test_any_diagram(parts: list[str], lines: str, whole: bool) -> None:
    frame = (
        '<startEvent id="s0"/><endEvent id="e0"/><sequenceFlow id="f_0" sourceRef="s0" targetRef="e0"/>'
        if whole
        else ""
    )
    body = f'<message id="m" name="m"/><process id="p">{frame}{"".join(parts)}{lines}</process>'
    _accepted_models_run({"m.bpmn": f"{HEAD}{body}</definitions>".encode()})


GRAPH = ["userTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "serviceTask"]


@pytest.mark.parametrize("seed", range(150))
def test_any_graph_of_tasks_and_gateways_that_is_accepted_runs_or_fails_readably(seed: int) -> None:
    """Random graphs, loops and all: walked to the end or for a hundred commands, saved and restored at each."""
    choice = random.Random(seed)
    count = choice.randint(2, 9)
    kinds = [choice.choice(GRAPH) for _ in range(count)]
    handler = {"serviceTask": ' bb:handler="h"'}
    body = START + END + "".join(f'<{kind} id="n{n}"{handler.get(kind, "")}/>' for n, kind in enumerate(kinds))
    pairs = {("s", "n0")} | {(f"n{n}", f"n{n + 1}") for n in range(count - 1)} | {(f"n{count - 1}", "e")}
    pairs |= {(f"n{choice.randrange(count)}", f"n{choice.randrange(count)}") for _ in range(choice.randint(0, 5))}
    for source, target in sorted(pairs):
        body += f'<sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        if source != "s" and kinds[int(source[1:])] in ("exclusiveGateway", "inclusiveGateway"):
            body += f"<conditionExpression>= {choice.choice(['x', 'y', 'true'])}</conditionExpression>"
        body += "</sequenceFlow>"
    files = {"m.bpmn": example(body)}
    if any(problem.severity == "error" for problem in engine.check(files)):
        return
    world, model = World(x=True, y=False), engine.compile(files, "p")
    try:
        instance = engine.start(model, world)
        for _ in range(100):
            instance = engine.resume(model, instance.save(b"k"), world, b"k")
            if not instance.tasks:
                break
            world.data.update(x=choice.random() < 0.5, y=choice.random() < 0.5)
            instance.complete(choice.choice(instance.tasks).id)
    except StepFailed as failed:
        assert failed.element in model.elements


@pytest.mark.skipif(not MIWG.is_dir(), reason="the BPMN MIWG test files are not here")
@pytest.mark.parametrize("path", sorted(MIWG.glob("*.bpmn")), ids=lambda path: path.name)
def test_every_file_of_the_interchange_working_group(path: Path) -> None:
    content = path.read_bytes()
    _accepted_models_run({path.name: content})
    choice = random.Random(path.name)
    for _ in range(20):  # damaged files too
        damaged = bytearray(content)
        for _ in range(choice.randint(1, 30)):
            damaged[choice.randrange(len(damaged))] = choice.choice(b'<>/="& abc0')
        _readable(engine.check({path.name: bytes(damaged)}))


def test_what_can_wait_for_ever_is_reported_with_the_way_to_it() -> None:
    split = gateways("exclusive", "x", default="f_x_b") + gateways("parallel", "j") + users("v", "a", "b")
    body = START + END + split + "{s>v>x>b>j>e}{a>j}" + when("x", "a", "ja")
    found = engine.check({"m.bpmn": example(body)})
    assert [(problem.element, problem.code, problem.path) for problem in found] == [
        ("j", "joins", ("s", "v", "x", "a")),
    ]
    assert found[0].message.endswith("Dat gebeurt na: s, v, x, a.")


def test_a_border_that_goes_on_may_not_lead_into_a_join_beside_its_activity() -> None:
    event = condition_event("rood")
    border = f'<boundaryEvent id="b" attachedToRef="a" cancelActivity="false">{event}</boundaryEvent>'
    body = START + END + gateways("parallel", "g", "j") + users("a", "c") + border + "{s>g>a>j>e}{g>c>j}{b>j}"
    assert [(p.element, p.severity) for p in engine.check({"m.bpmn": example(body)})] == [("j", "warning")]


def test_what_a_border_begins_twice_may_meet_on_the_way() -> None:
    diagram = Path(__file__).with_name("semantics") / "inclusive_twice.txt"
    found = engine.check({"m.bpmn": bpmn(diagram.read_text().partition("---\n")[0].partition(".\n")[2])})
    assert [(problem.element, problem.code, problem.severity) for problem in found] == [("j", "joins", "warning")]
