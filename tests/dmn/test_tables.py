"""Decision tables: every hit policy, aggregation, defaults, allowed values and the trace."""

import pytest

from bedrijfsbureau import dmn, feel
from tests.dmn.models import decision, definitions, table, text

HIGH_LOW = [(["> 5"], ['"hoog"']), (["> 3"], ['"midden"']), (["> 100"], ['"nooit"'])]
NUMBERS = [(["> 5"], ["10"]), (["> 3"], ["5"]), (["> 100"], ["1"])]
SAME = [(["> 5"], ['"a"']), (["> 3"], ['"a"'])]
ORDER = (("uit", '"spoed", "midden", "hoog"', ""),)


def decide(logic: str, **context: object) -> feel.Value:
    return feel.to_json(
        dmn.read(definitions(decision("besluit", logic))).decide("besluit", feel.to_feel(context)).value
    )


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (table(HIGH_LOW, "FIRST"), "hoog"),
        (table(SAME, "ANY"), "a"),
        (table(HIGH_LOW, "PRIORITY", outputs=ORDER), "midden"),
        (table(HIGH_LOW, "RULE ORDER"), ["hoog", "midden"]),
        (table(HIGH_LOW, "OUTPUT ORDER", outputs=ORDER), ["midden", "hoog"]),
        (table(HIGH_LOW, "COLLECT"), ["hoog", "midden"]),
        (table(NUMBERS, "COLLECT", "SUM"), 15),
        (table(NUMBERS, "COLLECT", "MIN"), 5),
        (table(NUMBERS, "COLLECT", "MAX"), 10),
        (table(NUMBERS, "COLLECT", "COUNT"), 2),
    ],
)
def test_hit_policy(logic: str, expected: object) -> None:
    assert decide(logic, x=9) == expected


@pytest.mark.parametrize(
    ("logic", "x", "expected"),
    [
        (table(HIGH_LOW), 4, "midden"),
        (table(HIGH_LOW), 1, None),
        (table(HIGH_LOW, "FIRST"), None, None),
        (table(HIGH_LOW, "COLLECT"), 1, []),
        (table(NUMBERS, "COLLECT", "SUM"), 1, None),
        (table(NUMBERS, "COLLECT", "COUNT"), 1, 0),
        (table(HIGH_LOW, outputs=(("uit", "", '"laag"'),)), 1, "laag"),
        (table(HIGH_LOW, "COLLECT", outputs=(("uit", "", '"laag"'),)), 1, "laag"),
    ],
)
def test_one_hit_or_none(logic: str, x: object, expected: object) -> None:
    assert decide(logic, x=x) == expected


def test_two_hits_break_unique() -> None:
    with pytest.raises(dmn.DmnError) as caught:
        decide(table(HIGH_LOW), x=9)
    assert (caught.value.element, caught.value.message) == (
        "t",
        "t: De tabel is UNIQUE, maar de regels 1 en 2 gelden tegelijk.",
    )


def test_different_outputs_break_any() -> None:
    with pytest.raises(dmn.DmnError, match="De tabel is ANY, maar de regels 1 en 2 geven iets anders"):
        decide(table(HIGH_LOW, "ANY"), x=9)


ROUTE = table(
    [
        (['"1"', "-"], ['"nee"', "null", "false"]),
        (["-", '"EDT", "AA+"'], ['"nee"', '"opvolgend"', "false"]),
        (["-", "-"], ['"ja"', "null", "spoor = procedure"]),
    ],
    "FIRST",
    inputs=("spoor", "procedure"),
    outputs=(("rvt", "", ""), ("grond overslaan", "", ""), ("medisch", "", "")),
)


@pytest.mark.parametrize(
    ("spoor", "procedure", "expected"),
    [
        ("1", "EDT", {"rvt": "nee", "grond overslaan": None, "medisch": False}),
        ("4", "AA+", {"rvt": "nee", "grond overslaan": "opvolgend", "medisch": False}),
        ("4", None, {"rvt": "ja", "grond overslaan": None, "medisch": False}),
    ],
)
def test_several_columns(spoor: str, procedure: str | None, expected: dict[str, object]) -> None:
    assert decide(ROUTE, spoor=spoor, procedure=procedure) == expected


def test_the_trace_tells_inputs_hits_and_annotations() -> None:
    made = dmn.read(definitions(decision("besluit", ROUTE))).decide("besluit", {"spoor": "4", "procedure": "EDT"})
    (taken,) = made.trace
    (seen,) = taken.tables
    assert (taken.name, seen.inputs) == ("besluit", (("spoor", "4"), ("procedure", "EDT")))
    assert [(hit.number, hit.id, hit.outputs["rvt"], hit.annotations) for hit in seen.hits] == [
        (2, "r2", "nee", ("bron 2",)),
        (3, "r3", "ja", ("bron 3",)),
    ]


def test_an_input_outside_its_allowed_values_is_an_error() -> None:
    logic = table([(["-"], ["1"])]).replace(
        "</inputExpression>", "</inputExpression>" + text('"a", "b"', "inputValues")
    )
    assert decide(logic, x="a") == 1
    with pytest.raises(dmn.DmnError, match="De invoer 'x' is c; toegestaan is alleen"):
        decide(logic, x="c")


PROBLEMS = [
    (table(HIGH_LOW, "UNIEK"), "De hit policy 'UNIEK' bestaat niet"),
    (table(NUMBERS, "COLLECT", "GEMIDDELD"), "De aggregatie 'GEMIDDELD' bestaat niet"),
    (table([(["> "], ["1"])]), "'>' is geen FEEL-test: Hier hoort een waarde, niet het einde, teken 2"),
    (table([(["-"], ["1 +"])]), "'1 +' is geen FEEL: Hier hoort een waarde, niet het einde, teken 4"),
    (table([(["-", "-"], ["1"])]), "De regel heeft 2 tests en 1 uitkomsten"),
    (table([]).replace('<output name="uit"></output>', ""), "De tabel heeft geen uitvoer"),
    (text("1", expressionLanguage="http://java"), "Deze uitdrukking is niet in FEEL geschreven"),
]


@pytest.mark.parametrize(("logic", "message"), PROBLEMS)
def test_a_wrong_table_is_refused_when_read(logic: str, message: str) -> None:
    with pytest.raises(dmn.DmnError) as caught:
        dmn.read(definitions(decision("besluit", logic)))
    assert message in caught.value.message
    assert caught.value.line == 1
    lenient = dmn.read(definitions(decision("besluit", logic)), strict=False)
    assert [problem.message for problem in lenient.problems] == [caught.value.message]
