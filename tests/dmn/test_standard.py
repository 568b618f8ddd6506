"""Rules of DMN 1.5 that few models meet: conversions, types of functions and lists, circles, names of imports."""

import pytest

from bedrijfsbureau import dmn, feel
from bedrijfsbureau.dmn.files import read_all
from tests.dmn.models import decision, definitions, needs, table, text

TYPES = (
    '<itemDefinition name="moment"><typeRef>date and time</typeRef></itemDefinition>'
    f'<itemDefinition name="paar" isCollection="true"><typeRef>number</typeRef>{text("count(?) = 2", "typeConstraint")}'
    "</itemDefinition>"
    f'<itemDefinition name="cijfers" isCollection="true"><typeRef>number</typeRef>{text("[1..10]", "allowedValues")}'
    "</itemDefinition>"
    f'<itemDefinition name="volwassen"><typeRef>number</typeRef>{text(">= 18", "typeConstraint")}</itemDefinition>'
    '<itemDefinition name="plus"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
    "</functionItem></itemDefinition>"
    '<itemDefinition name="kring"><typeRef>kring</typeRef></itemDefinition>'
)


def loosely(name: str, *elements: str, **context: object) -> feel.Value:
    """As the standard has it: null where a value does not fit."""
    return feel.to_json(dmn.read(definitions(*elements)).decide(name, feel.to_feel(context), strict=False).value)


@pytest.mark.parametrize(
    ("type_ref", "logic", "expected"),
    [
        ("moment", '@"2026-03-02"', "2026-03-02T00:00:00Z"),
        ("moment", '[@"2026-03-02"]', "2026-03-02T00:00:00Z"),
        ("moment", '@"2026-03-02T10:00:00"', "2026-03-02T10:00:00"),
        ("dateTime", '@"2026-03-02"', "2026-03-02T00:00:00Z"),
        ("date", '@"2026-03-02"', "2026-03-02"),
        ("date", '@"2026-03-02T10:00:00"', None),
        ("paar", "[1, 2]", [1, 2]),
        ("paar", "[1, 2, 3]", None),
        ("cijfers", "[1, 10]", [1, 10]),
        ("cijfers", "[1, 11]", None),
        ("cijfers", "7", [7]),
        ("volwassen", "18", 18),
        ("volwassen", "17", None),
        ("kring", "1", None),
        ("feel:number", "1", 1),
        ("number", "[1]", 1),
        ("number", "[[1]]", None),
        ("number", "[1, 2]", None),
        ("string", "1", None),
        ("range", "[1..2]", "[1..2]"),
        ("context", "{a: 1}", {"a": 1}),
        ("list", "1", [1]),
    ],
)
def test_a_value_becomes_what_its_type_wants(type_ref: str, logic: str, expected: object) -> None:
    assert loosely("a", TYPES, decision("a", text(logic), type_ref=type_ref)) == expected


def test_numbers_deep_inside_an_input_are_numbers_too() -> None:
    data = '<inputData id="p" name="p"><variable name="p" typeRef="cijfers"/></inputData>'
    model = dmn.read(definitions(TYPES, data, decision("a", text("sum(p)"), [needs("Input", "p")])))
    assert model.decide("a", {"p": [1, 2]}).value == 3


def knowledge(logic: str, variable: str = "", result: str = "") -> str:
    typed = f' typeRef="{result}"' if result else ""
    named = f'<variable name="f" typeRef="{variable}"/>' if variable else ""
    parameter = '<formalParameter name="n" typeRef="number"/>'
    encapsulated = f"<encapsulatedLogic{typed}>{parameter}{text(logic)}</encapsulatedLogic>"
    return f'<businessKnowledgeModel id="f" name="f">{named}{encapsulated}</businessKnowledgeModel>'


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (knowledge("n + 1", "plus"), 3),
        (knowledge("string(n)", "plus"), None),
        (knowledge("string(n)", "string"), "2"),
        (knowledge("n + 1", "string"), None),
        (knowledge("[n]", result="number"), 2),
    ],
)
def test_the_result_of_a_knowledge_model_has_its_type(model: str, expected: object) -> None:
    assert loosely("a", TYPES, model, decision("a", text("f(2)"), [needs("Knowledge", "f")])) == expected


@pytest.mark.parametrize(("argument", "expected"), [("function(n) n + 1", 3), ("function(n, m) n", None), ("1", None)])
def test_a_function_is_of_its_function_type(argument: str, expected: object) -> None:
    taking = (
        '<context><contextEntry><variable name="g" typeRef="plus"/>'
        f"{text(argument)}</contextEntry><contextEntry>{text('g(2)')}</contextEntry></context>"
    )
    assert loosely("a", TYPES, decision("a", taking)) == expected


FACTORIAL = knowledge("if n < 2 then 1 else n * f(n - 1)")


def test_a_knowledge_model_may_call_itself() -> None:
    assert loosely("a", FACTORIAL, decision("a", text("f(5)"), [needs("Knowledge", "f")])) == 120


def test_knowledge_models_may_call_each_other() -> None:
    other = knowledge("if n = 0 then true else f(n - 1)").replace('"f"', '"g"')
    other = other.replace("</businessKnowledgeModel>", needs("Knowledge", "f") + "</businessKnowledgeModel>")
    one = knowledge("if n = 0 then false else g(n - 1)")
    one = one.replace("</businessKnowledgeModel>", needs("Knowledge", "g") + "</businessKnowledgeModel>")
    assert loosely("a", one, other, decision("a", text("g(4)"), [needs("Knowledge", "g")])) is True


def test_a_knowledge_model_that_never_ends_is_stopped() -> None:
    endless = decision("a", text("f(1)"), [needs("Knowledge", "f")])
    with pytest.raises(feel.FeelLimitError):
        loosely("a", knowledge("f(n)"), endless)


def test_decisions_that_need_each_other_are_refused_when_read() -> None:
    circle = [decision(name, text(other), [needs("Decision", other)]) for name, other in ("ab", "bc", "ca")]
    with pytest.raises(dmn.DmnError, match="a: Deze beslissing heeft zichzelf nodig: a → b → c"):
        dmn.read(definitions(*circle))


def test_a_service_that_a_decision_inside_it_needs_is_refused() -> None:
    service = '<decisionService id="s" name="s"><outputDecision href="#a"/></decisionService>'
    with pytest.raises(dmn.DmnError, match="heeft zichzelf nodig"):
        dmn.read(definitions(service, decision("a", text("s()"), [needs("Knowledge", "s")])))


BROKEN = table([(["> 5"], ["1"]), (["> 3"], ["2"])])


def test_what_cannot_be_decided_is_null_for_the_standard_and_an_error_for_us() -> None:
    model = dmn.read(
        definitions(decision("a", BROKEN), decision("b", text("if a = null then 7 else a"), [needs("Decision", "a")]))
    )
    made = model.decide("b", feel.to_feel({"x": 9}), strict=False)
    assert (made.value, made.warnings[0].message) == (
        7,
        "t: De tabel is UNIQUE, maar de regels 1 en 2 gelden tegelijk.",
    )
    with pytest.raises(dmn.DmnError, match="UNIQUE"):
        model.decide("b", feel.to_feel({"x": 9}))


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ('<context typeRef="number"><contextEntry>' + text('"x"') + "</contextEntry></context>", None),
        ('<list typeRef="paar">' + text("1") + text("2") + "</list>", [1, 2]),
        ('<list typeRef="paar">' + text("1") + "</list>", None),
        (f"<filter><in>{text('[4, 5]')}</in><match>{text('2')}</match></filter>", 5),
        (f"<filter><in>{text('[4, 5]')}</in><match>{text('-2')}</match></filter>", 4),
        (f"<filter><in>{text('7')}</in><match>{text('item > 6')}</match></filter>", [7]),
        (f"<filter><in>{text('[{b: 1}, {b: 2}]')}</in><match>{text('b > 1')}</match></filter>", [{"b": 2}]),
        (f'<for iteratorVariable="i"><in>{text("[1..3]")}</in><return>{text("i * 2")}</return></for>', [2, 4, 6]),
        (f'<for iteratorVariable="i"><in>{text("[1, 2]")}</in><return>{text("count(partial)")}</return></for>', [0, 1]),
        (f'<every iteratorVariable="i"><in>{text("[]")}</in><satisfies>{text("i")}</satisfies></every>', True),
        (f'<some iteratorVariable="i"><in>{text("[null]")}</in><satisfies>{text("i")}</satisfies></some>', None),
    ],
)
def test_boxed_expressions(logic: str, expected: object) -> None:
    assert loosely("a", TYPES, decision("a", logic)) == expected


JAVA = (
    '<context><contextEntry><variable name="groter"/><functionDefinition kind="Java"><formalParameter name="a" '
    'typeRef="number"/><formalParameter name="b" typeRef="number"/><context><contextEntry><variable name="class"/>{}'
    '</contextEntry><contextEntry><variable name="method signature"/>{}</contextEntry></context></functionDefinition>'
    "</contextEntry><contextEntry>{}</contextEntry></context>"
)


@pytest.mark.parametrize(
    ("name", "call", "expected"),
    [("Math", "groter(1, 2)", 2), ("Math", 'groter("1", 2)', None), ("Foo", "groter(1, 2)", None)],
)
def test_a_boxed_function_of_java(name: str, call: str, expected: object) -> None:
    logic = JAVA.format(text(f'"java.lang.{name}"'), text('"max(long, long)"'), text(call))
    assert loosely("a", decision("a", logic)) == expected


def test_a_function_of_pmml_is_refused() -> None:
    logic = f'<functionDefinition kind="PMML"><formalParameter name="a"/>{text("1")}</functionDefinition>'
    with pytest.raises(dmn.DmnError, match="Een functie van de soort PMML voeren wij niet uit"):
        dmn.read(definitions(decision("a", logic)))


def model(namespace: str, *elements: str, **imports: str) -> bytes:
    kind = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    imported = (f'<import name="{name}" namespace="{of}" importType="{kind}"/>' for name, of in imports.items())
    return definitions(*imported, *elements, namespace=namespace)


def far(kind: str, reference: str) -> str:
    return needs(kind, reference).replace('href="#', 'href="')


SHORT = text("string length(?) < 5", "allowedValues")
GREETING = [
    '<inputData id="wie" name="wie"><variable name="wie" typeRef="naam"/></inputData>',
    f'<itemDefinition name="naam"><typeRef>string</typeRef>{SHORT}</itemDefinition>',
    decision("groet", text('"dag " + wie'), [needs("Input", "wie")], "string"),
]
NUMBER = '<itemDefinition name="naam"><typeRef>number</typeRef></itemDefinition>'
FAMILY = {
    "onder.dmn": model("urn:onder", *GREETING),
    "midden.dmn": model(
        "urn:midden", decision("zin", text('o.groet + "!"'), [far("Decision", "urn:onder#groet")]), o="urn:onder"
    ),
    "boven.dmn": model(
        "urn:boven",
        NUMBER,
        '<inputData id="n" name="n"><variable name="n" typeRef="naam"/></inputData>',
        decision("alles", text("[m.zin, n, n instance of naam, m.zin instance of onder.naam]"),
                 [far("Decision", "urn:midden#zin"), needs("Input", "n")]),
        m="urn:midden", onder="urn:onder",
    ),
}  # fmt: skip


@pytest.mark.parametrize("context", [{"m": {"o": {"wie": "Jan"}}, "n": 3}, {"onder": {"wie": "Jan"}, "n": 3}])
def test_models_import_models_and_types_of_one_name_stay_apart(context: dict[str, object]) -> None:
    made = read_all(FAMILY)["boven.dmn"].decide("alles", feel.to_feel(context))
    assert feel.to_json(made.value) == ["dag Jan!", 3, True, True]


def test_an_imported_type_still_counts() -> None:
    with pytest.raises(dmn.DmnError, match="'wie' klopt niet"):
        read_all(FAMILY)["boven.dmn"].decide("alles", feel.to_feel({"m": {"o": {"wie": "Johannes"}}, "n": 3}))


def test_names_of_an_import_without_a_name_are_known_as_they_are() -> None:
    importing = model("urn:boven", decision("a", text('groet + "?"'), [far("Decision", "urn:onder#groet")]))
    bare = importing.replace(b"<decision", b'<import name="" namespace="urn:onder" importType="x"/><decision', 1)
    models = read_all({"onder.dmn": FAMILY["onder.dmn"], "boven.dmn": bare})
    assert models["boven.dmn"].decide("a", {"wie": "Jan"}).value == "dag Jan?"


def test_what_is_not_there_cannot_be_imported() -> None:
    with pytest.raises(dmn.DmnError, match="Het model 'urn:weg' dat wordt geïmporteerd, is er niet"):
        dmn.read(model("urn:boven", weg="urn:weg"))


def test_models_that_import_each_other_are_refused() -> None:
    with pytest.raises(dmn.DmnError, match=r"in een kring: a\.dmn, b\.dmn, a\.dmn"):
        read_all({"a.dmn": model("urn:a", b="urn:b"), "b.dmn": model("urn:b", a="urn:a")})
