"""Findings in decision tables, as sentences and as rule numbers with an example."""

import random
from datetime import date
from typing import Any

import pytest

from bedrijfsbureau import dmn
from tests.dmn.models import decision, definitions, table, text

Rows = list[tuple[list[str], list[str]]]


def found(logic: str, *others: str, choices: dict[str, Any] | None = None) -> list[tuple[str, str, tuple[int, ...]]]:
    model = dmn.read(definitions(*others, decision("besluit", logic)))
    return [(each.kind, each.severity, each.rules) for each in dmn.analyse(model, choices)]


def rows(*tests: str, outputs: str = "") -> Rows:
    """One row per test; a bar parts the columns. `outputs`: a letter per row, else every row has its own."""
    given = outputs or "abcdefghijkl"
    return [(test.split("|"), [f'"{given[index]}"']) for index, test in enumerate(tests)]


def typed(logic: str, kind: str) -> str:
    return logic.replace("<inputExpression", f'<inputExpression typeRef="{kind}"')


COMPLETE = [
    table(rows("< 5", ">= 5")),
    table(rows("< 5", "5", "> 5")),
    table(rows("[0..5)", "[5..10]", "not([0..10])")),
    table(rows('"a"', 'not("a")')),
    table(rows('"a", "b"', 'not("a", "b")')),
    table(rows("true", "false")),
    table(rows("true|-", "false|< 3", "false|>= 3"), inputs=("x", "y")),
    table(rows('< date("2026-06-12")', '>= @"2026-06-12"')),
    table(rows('<= @"2026-06-11"', '> @"2026-06-11"')),
    table(rows('<= @"2026-06-11"', '>= @"2026-06-12"')),  # no day lies between
    table(rows('< @"PT1H"', '>= @"PT1H"')),
    table(rows('<= @"P1M"', '>= @"P2M"')),
    table(rows('< @"12:00:00"', '>= @"12:00:00"')),
    table(rows('< @"2026-06-12T10:00:00Z"', '>= @"2026-06-12T10:00:00Z"')),
    table(rows('< "m"', '>= "m"')),
    table(rows("null", "!= null")),
    table(rows("? < 5", "not(? < 5)")),
    table(rows("? in [1..5]", "? < 1 or ? > 5")),
    table(rows("? between 1 and 5", "< 1", "> 5")),
    table(rows("-10", "< -10", "> -10")),
    table(rows('date("2026-06-12") + duration("P1D")', 'not(@"2026-06-13")')),
    table(rows("[3, 4]", "< 3", "(3..4)", "> 4"), "UNIQUE"),
    table(rows("-")),
    table(rows("true", "false", "-"), "FIRST"),  # the last one is for null
    table(rows("true|-", "false|-", "null|true", "null|false", "-|-"), "FIRST", inputs=("x", "y")),
    table(rows("> 5", "-"), "FIRST"),
    table(rows("> 5"), "COLLECT"),
    table(rows("> 5"), "RULE ORDER"),
    table(rows("> 5"), "COLLECT", "COUNT"),
    table(rows("> 5"), outputs=(("uit", "", '"z"'),)),
    table(rows("> 5", "<= 5", "> 3"), "ANY", outputs=(("uit", "", ""),)).replace('"b"', '"c"').replace('"a"', '"c"'),
    table(rows("> 5", "> 3", "<= 3"), "COLLECT"),
    table(rows("> 5", "> 3", "-"), "PRIORITY", outputs=(("uit", '"a", "b", "c"', ""),)),
]


@pytest.mark.parametrize("logic", COMPLETE, ids=range(len(COMPLETE)))
def test_nothing_is_wrong_with_a_table_that_is_complete(logic: str) -> None:
    assert found(logic) == []


GAP = ("gap", "warning", ())
FAULTY: list[tuple[str, list[tuple[str, str, tuple[int, ...]]]]] = [
    (table(rows("< 5", "> 5")), [GAP]),
    (table(rows("<= 5", ">= 6")), [GAP]),
    (table(rows('"a"', '"b"')), [GAP]),
    (table(rows("true")), [GAP]),
    (table(rows("> 5"), "COLLECT", "SUM"), [GAP]),
    (table(rows("< 5|-", "-|< 5"), "FIRST", inputs=("x", "y")), [GAP]),
    (table(rows("true", "false", "null", "-"), "FIRST"), [("shadowed", "warning", (1, 2, 3, 4))]),
    (table(rows("true", "!= null")), [("overlap", "error", (1, 2)), GAP]),
    (table(rows("not(true)", "not(false)")), [("overlap", "error", (1, 2))]),  # for null
    (table(rows("<= 5", ">= 5")), [("overlap", "error", (1, 2))]),
    (table(rows("-", '"a"')), [("overlap", "error", (1, 2))]),
    (table(rows("<= 5", ">= 5"), "ANY"), [("overlap", "error", (1, 2))]),
    (table(rows("<= 5", ">= 5", outputs="aa"), "ANY"), []),
    (table(rows("-", "> 5"), "FIRST"), [("shadowed", "warning", (1, 2))]),
    (table(rows("< 5", ">= 5", "7"), "FIRST"), [("shadowed", "warning", (2, 3))]),
    (table(rows("< 5", ">= 5", "[4..6]"), "FIRST"), [("shadowed", "warning", (1, 2, 3))]),
    (table(rows("> 3", "> 5", "-"), "PRIORITY", outputs=(("uit", '"a", "b", "c"', ""),)),
     [("shadowed", "warning", (1, 2))]),
    (table(rows("> 3", "> 5", "-"), "PRIORITY", outputs=(("uit", '"b", "a", "c"', ""),)), []),
    (table(rows("[5..3]", "-"), "FIRST"), [("unreachable", "warning", (1,))]),
    (table(rows("-", '"x"'), "COLLECT", outputs=(("uit", '"a"', ""),)), [("output", "warning", (2,))]),
    (table(rows("string length(?) > 3", '"ab"')), [("unknown", "note", (1,))]),
    (table(rows("> limiet", "<= 0")), [("unknown", "note", (1,))]),
    (table(rows("today()", "-"), "FIRST"), [("unknown", "note", (1,))]),
    (table([(["< 5"], ["1"]), ([">= 3"], ["y"]), ([">= 5"], ["y"])], "ANY"),
     [("overlap", "note", (1, 2))]),
    (typed(table(rows('"ja"', "true", "false")), "boolean"), [("unreachable", "warning", (1,))]),
    (table(rows('< @"10:00:00"', '> @"10:00:00Z"')), [("unknown", "note", (1, 2))]),
]  # fmt: skip


@pytest.mark.parametrize(("logic", "findings"), FAULTY, ids=range(len(FAULTY)))
def test_what_is_wrong_is_found(logic: str, findings: list[tuple[str, str, tuple[int, ...]]]) -> None:
    assert found(logic) == findings


SENTENCES = [
    (table(rows("true|> 5", "false|-"), inputs=("spoed", "leeftijd")),
     "Voor spoed = true, leeftijd = 4 geldt geen enkele regel; de uitkomst is dan leeg."),
    (table(rows("<= 5", ">= 5")),
     "De regels 1 en 2 gelden tegelijk voor x = 5; in een UNIQUE-tabel mag maar één regel gelden."),
    (table(rows("<= 5", ">= 5"), "ANY"),
     "De regels 1 en 2 gelden tegelijk voor x = 5 en geven iets anders; in een ANY-tabel mag dat niet."),
    (table(rows("-", "-")),
     "De regels 1 en 2 gelden tegelijk voor elke invoer; in een UNIQUE-tabel mag maar één regel gelden."),
    (table(rows("-", "> 5"), "FIRST"),
     "Regel 2 heeft nooit effect: waar zij geldt, gaat regel 1 voor, zoals bij x = 6."),
    (table(rows("< 5", ">= 5", "[4..6]"), "FIRST"),
     "Regel 3 heeft nooit effect: waar zij geldt, gaan de regels 1 en 2 voor, zoals bij x = 4."),
    (table(rows("[5..3]", "-"), "FIRST"), "Regel 1 geldt nooit: geen waarde van 'x' voldoet aan haar test."),
    (table(rows("-", '"x"'), "COLLECT", outputs=(("uit", '"a"', ""),)),
     "Regel 2 geeft \"b\" voor 'uit', en dat hoort niet bij de toegestane uitkomsten."),
    (table(rows("> limiet", "<= 0")),
     "De tests van 'x' in regel 1 zijn niet vooraf te onderzoeken; let daar op gaten en overlap."),
]  # fmt: skip


@pytest.mark.parametrize(("logic", "sentence"), SENTENCES, ids=range(len(SENTENCES)))
def test_a_finding_says_what_and_where(logic: str, sentence: str) -> None:
    finding = dmn.analyse(dmn.read(definitions(decision("besluit", logic))))[0]
    assert (finding.message, finding.decision, finding.table, finding.line) == (sentence, "besluit", "t", 1)


def test_a_finding_holds_an_example() -> None:
    logic = table(rows('<= @"2026-06-11"|-', '>= @"2026-06-11"|"a"'), inputs=("dag", "soort"))
    overlap, gap = dmn.analyse(dmn.read(definitions(decision("besluit", logic))))
    assert (overlap.example, gap.example) == (
        {"dag": date(2026, 6, 11), "soort": "a"}, {"dag": date(2026, 6, 12), "soort": "iets anders"}
    )  # fmt: skip


ALLOWED = text('"rood", "wit"', "allowedValues")
CHOICE = f'<itemDefinition name="kleur"><typeRef>string</typeRef>{ALLOWED}</itemDefinition>'
COLOURS = table(rows('"rood"', '"wit"'))


def test_allowed_values_leave_no_gap() -> None:
    listed = COLOURS.replace("</inputExpression>", "</inputExpression>" + text('"rood", "wit"', "inputValues"))
    data = '<inputData id="x" name="x"><variable name="x" typeRef="kleur"/></inputData>'
    assert [found(COLOURS), found(listed), found(typed(COLOURS, "kleur"), CHOICE), found(COLOURS, CHOICE, data)] == [
        [GAP], [], [], []
    ]  # fmt: skip


def test_known_choices_leave_no_gap_and_show_what_is_misspelt() -> None:
    assert found(COLOURS, choices={"x": ["rood", "wit"]}) == []
    assert found(COLOURS, choices={"x": ["rood", "blauw"]}) == [("unreachable", "warning", (2,)), GAP]


def test_two_columns_of_one_input_are_one_input() -> None:
    assert found(table(rows(">= 3|< 5", "< 3|-", "-|>= 5"), inputs=("x", "x"))) == []


def test_a_table_in_a_knowledge_model_or_a_context_counts() -> None:
    encapsulated = f"<encapsulatedLogic>{table(rows('> 5'))}</encapsulatedLogic>"
    knowledge = f'<businessKnowledgeModel id="k" name="k">{encapsulated}</businessKnowledgeModel>'
    context = f'<context><contextEntry><variable name="a"/>{table(rows("> 5"))}</contextEntry></context>'
    assert found(context, knowledge) == [GAP, GAP]


def test_no_more_than_five_gaps_are_told() -> None:
    logic = table([([f'"{letter}"'] * 8, ["1"]) for letter in "abcdefgh"], inputs=tuple("abcdefgh"))
    findings = dmn.analyse(dmn.read(definitions(decision("besluit", logic))))
    assert [each.kind for each in findings] == ["gap"] * 6
    assert findings[-1].message == "Er zijn nog meer gaten dan deze."


def big(policy: str, tests_a_rule: int) -> dmn.Definitions:
    """Twelve inputs, three hundred rules that each test some of them, rather widely."""
    chance, made = random.Random(12), []
    for rule in range(300):
        tests = ["-"] * 12
        for column in chance.sample(range(12), tests_a_rule):
            low = chance.randrange(17)
            tests[column] = f"[{low}..{low + 20}]"
        made.append((tests, [f'"{rule}"']))
    return dmn.read(definitions(decision("besluit", table(made, policy, inputs=tuple("abcdefghijkl")))))


def test_what_is_too_large_is_said() -> None:
    finding = dmn.analyse(big("FIRST", 6))[-1]
    assert (finding.kind, finding.severity, finding.message) == (
        "too_large", "note", "De tabel is te groot om geheel te onderzoeken; er kan meer mis zijn dan hier staat."
    )  # fmt: skip


def test_of_a_large_table_the_first_overlaps_are_told() -> None:
    overlaps = [each for each in dmn.analyse(big("UNIQUE", 6)) if each.kind == "overlap"]
    assert (len(overlaps), overlaps[0].rules) == (20, (1, 2))
