"""Decisions that need other decisions, data, knowledge models and services; types; boxed expressions."""

import pytest

from bedrijfsbureau import dmn, feel
from tests.dmn.models import decision, definitions, needs, table, text

ADULT = '<inputData id="in" name="leeftijd nu"><variable name="leeftijd nu" typeRef="number"/></inputData>'


def decide(name: str, *elements: str, **context: object) -> feel.Value:
    return feel.to_json(dmn.read(definitions(*elements)).decide(name, feel.to_feel(context)).value)


def test_a_decision_uses_what_it_requires() -> None:
    model = dmn.read(
        definitions(
            ADULT,
            decision("volwassen", text("leeftijd nu >= 18"), [needs("Input", "in")]),
            decision("advies", table([(["true"], ['"AA"']), (["false"], ['"amv"'])], inputs=("volwassen",)),
                     [needs("Decision", "volwassen")]),
        )
    )  # fmt: skip
    made = model.decide("advies", feel.to_feel({"leeftijd nu": 17}))
    assert made.value == "amv"
    assert [(taken.name, taken.value) for taken in made.trace] == [("volwassen", False), ("advies", "amv")]


def test_each_decision_is_taken_once() -> None:
    shared = [needs("Decision", "a")]
    model = dmn.read(
        definitions(
            decision("a", text("1")),
            decision("b", text("a + 1"), shared),
            decision("c", text("a + 1"), shared),
            decision("d", text("b + c"), [needs("Decision", "b"), needs("Decision", "c")]),
        )
    )
    made = model.decide("d", {})
    assert (made.value, [taken.name for taken in made.trace]) == (4, ["a", "b", "c", "d"])


def test_a_circle_is_an_error() -> None:
    circle = [
        decision("a", text("b"), [needs("Decision", "b")]),
        decision("b", text("a"), [needs("Decision", "a")]),
    ]
    with pytest.raises(dmn.DmnError, match="heeft zichzelf nodig"):
        decide("a", *circle)


def test_a_missing_requirement_is_refused() -> None:
    with pytest.raises(dmn.DmnError, match="Het vereiste element 'weg' bestaat niet"):
        dmn.read(definitions(decision("a", text("1"), [needs("Decision", "weg")])))


def test_an_unknown_decision_is_an_error() -> None:
    with pytest.raises(dmn.DmnError, match="Deze beslissing staat niet in het model"):
        decide("weg", decision("a", text("1")))


DOUBLE = (
    '<businessKnowledgeModel id="dubbel" name="twee keer"><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>' + text("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>"
)


def test_knowledge_models_are_functions() -> None:
    called = decision("a", text("twee keer(x) + twee keer(n: 1)"), [needs("Knowledge", "dubbel")])
    assert decide("a", DOUBLE, called, x=4) == 10
    invoked = decision(
        "a",
        f'<invocation>{text("twee keer")}<binding><parameter name="n"/>{text("x + 1")}</binding></invocation>',
        [needs("Knowledge", "dubbel")],
    )
    assert decide("a", DOUBLE, invoked, x=4) == 10
    assert decide("a", DOUBLE, called, x="tekst") is None


def test_a_service_is_a_function_of_its_inputs() -> None:
    service = (
        '<decisionService id="s" name="dienst"><variable name="dienst"/><outputDecision href="#som"/>'
        '<inputDecision href="#basis"/><inputData href="#in"/></decisionService>'
    )
    elements = [
        ADULT,
        decision("basis", text("100")),
        decision("som", text("basis + leeftijd nu"), [needs("Decision", "basis"), needs("Input", "in")]),
        service,
        decision("a", text("dienst(20, 1)"), [needs("Knowledge", "s")]),
    ]
    assert decide("a", *elements) == 21
    assert decide("dienst", *elements, basis=5, **{"leeftijd nu": 2}) == 7
    assert decide("som", *elements, **{"leeftijd nu": 2}) == 102


ALLOWED = text('"rood"', "allowedValues")
TYPES = (
    f'<itemDefinition name="kleur"><typeRef>string</typeRef>{ALLOWED}</itemDefinition>'
    '<itemDefinition name="kleuren" isCollection="true"><typeRef>kleur</typeRef></itemDefinition>'
    '<itemDefinition name="fiets"><itemComponent name="kleur van lak"><typeRef>kleur</typeRef></itemComponent>'
    "</itemDefinition>"
)


@pytest.mark.parametrize(
    ("type_ref", "logic", "expected"),
    [
        ("kleur", '"rood"', "rood"), ("kleur", '["rood"]', "rood"), ("kleur", "null", None),
        ("kleuren", '"rood"', ["rood"]), ("number", "1", 1), ("Any", "1", 1), ("feel:string", '"x"', "x"),
        ("kleuren", '["rood", "rood"]', ["rood", "rood"]),
        ("fiets", '{kleur van lak: "rood"}', {"kleur van lak": "rood"}),
    ],
)  # fmt: skip
def test_a_value_fits_its_type(type_ref: str, logic: str, expected: object) -> None:
    assert decide("a", TYPES, decision("a", text(logic), type_ref=type_ref)) == expected


@pytest.mark.parametrize(
    ("type_ref", "logic", "problem"),
    [
        ("kleur", '"blauw"', "de waarde hoort niet bij de toegestane waarden van kleur"),
        ("kleuren", '["rood", "blauw"]', "de waarde hoort niet bij de toegestane waarden van kleur"),
        ("fiets", "{x: 1}", "het onderdeel 'kleur van lak' van fiets ontbreekt"),
        ("number", '"1"', "de waarde is niet van het type number"),
        ("tWeg", "1", "het type tWeg bestaat niet"),
    ],
)
def test_a_value_that_does_not_fit_is_an_error(type_ref: str, logic: str, problem: str) -> None:
    with pytest.raises(dmn.DmnError, match=problem):
        decide("a", TYPES, decision("a", text(logic), type_ref=type_ref))


def entry(name: str, logic: str) -> str:
    return f'<contextEntry><variable name="{name}"/>{logic}</contextEntry>'


def inside(tag: str, content: str) -> str:
    return f"<{tag}>{text(content)}</{tag}>"


FUNCTION = f'<functionDefinition><formalParameter name="n"/>{text("n + x")}</functionDefinition>'
BOXES = [
    (f"<context>{entry('een', text('1'))}{entry('twee', text('een + 1'))}</context>", {"een": 1, "twee": 2}),
    (f"<context>{entry('een', text('x'))}<contextEntry>{text('een * 3')}</contextEntry></context>", 12),
    (f"<list>{text('1')}{text('x')}</list>", [1, 4]),
    (
        f'<relation><column name="a"/><column name="b"/><row>{text("1")}{text("2")}</row></relation>',
        [{"a": 1, "b": 2}],
    ),
    (f"<conditional>{inside('if', 'x > 3')}{inside('then', '1')}{inside('else', '2')}</conditional>", 1),
    (f"<conditional>{inside('if', 'null')}{inside('then', '1')}{inside('else', '2')}</conditional>", 2),
    (f"<filter>{inside('in', '[1, 5, 6]')}{inside('match', 'item > x')}</filter>", [5, 6]),
    (f'<for iteratorVariable="i">{inside("in", "[1, 2]")}{inside("return", "i * x")}</for>', [4, 8]),
    (f'<some iteratorVariable="i">{inside("in", "[1, 9]")}{inside("satisfies", "i > x")}</some>', True),
    (f'<every iteratorVariable="i">{inside("in", "[1, 9]")}{inside("satisfies", "i > x")}</every>', False),
    (f"<context>{entry('f', FUNCTION)}<contextEntry>{text('f(1)')}</contextEntry></context>", 5),
]


@pytest.mark.parametrize(("logic", "expected"), BOXES)
def test_boxed_expressions(logic: str, expected: object) -> None:
    assert decide("a", decision("a", logic), x=4) == expected


def test_an_imported_model_is_known_by_its_prefix() -> None:
    basis = dmn.read(definitions(decision("bedrag", text("100")), DOUBLE, namespace="urn:basis"))
    importing = definitions(
        '<import name="basis" namespace="urn:basis" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        decision(
            "a",
            text("basis.twee keer(basis.bedrag)"),
            [
                '<informationRequirement><requiredDecision href="urn:basis#bedrag"/></informationRequirement>',
                '<knowledgeRequirement><requiredKnowledge href="urn:basis#dubbel"/></knowledgeRequirement>',
            ],
        ),
    )
    assert dmn.read(importing, {"urn:basis": basis}).decide("a", {}).value == 200
