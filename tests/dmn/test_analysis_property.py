"""The analysis against trying every input: small random tables over few values, so that all can be tried."""

from collections.abc import Iterable
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import dmn, feel
from bedrijfsbureau.dmn.logic import Literal
from bedrijfsbureau.dmn.tables import Table
from tests.dmn.models import decision, definitions, table

NUMBERS = [feel.to_feel(number / 2) for number in range(-2, 12)]  # finer than the constants in the tests
VALUES: dict[str, list[Any]] = {"getal": NUMBERS, "tekst": ["a", "b", "c", "anders"], "vlag": [True, False]}
Made = tuple[dmn.Definitions, Table, list[dict[str, Any]], list[tuple[int, ...]]]
"""A model, its table, every input that matters, and for each of those which rules hold."""
WHOLE = st.integers(0, 4)
ENDS = st.tuples(st.sampled_from("[("), WHOLE, WHOLE, st.sampled_from("])"))
INTERVAL = ENDS.map(lambda ends: f"{ends[0]}{min(ends[1:3])}..{max(ends[1:3])}{ends[3]}")
NUMBER = st.one_of(
    WHOLE.map(str),
    INTERVAL,
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), WHOLE).map(lambda it: f"{it[0]} {it[1]}"),
)
TEXT = st.sampled_from(['"a"', '"b"', '"c"'])
TESTS = {"getal": NUMBER, "tekst": TEXT, "vlag": st.sampled_from(["true", "false"])}


def cells(kind: str) -> st.SearchStrategy[str]:
    listed = st.lists(TESTS[kind], min_size=1, max_size=2).map(", ".join)
    return st.one_of(st.just("-"), listed, listed.map(lambda tests: f"not({tests})"))


@st.composite
def tables(draw: st.DrawFn, policy: str) -> Made:
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3, unique=True))
    rows = [
        ([draw(cells(kind)) for kind in kinds], [draw(st.sampled_from(['"p"', '"q"']))])
        for _ in range(draw(st.integers(1, 5)))
    ]
    column = ("uit", '"q", "p"' if policy == "PRIORITY" else "", "")
    data = (
        f'<inputData id="{kind}" name="{kind}"><variable name="{kind}" typeRef="{name}"/></inputData>'
        for kind, name in (("getal", "number"), ("tekst", "string"), ("vlag", "boolean"))
    )
    model = dmn.read(definitions(*data, decision("besluit", table(rows, policy, inputs=kinds, outputs=[column]))))
    logic = model.decisions[0].logic
    assert isinstance(logic, Table)
    inputs = [dict(zip(kinds, values, strict=True)) for values in product(*([*VALUES[kind], None] for kind in kinds))]
    return model, logic, inputs, [holding(logic, each) for each in inputs]


def holding(logic: Table, context: dict[str, Any]) -> tuple[int, ...]:
    """Numbers of the rules that hold."""
    values = [context[column.text] for column in logic.inputs]
    return tuple(
        number
        for number, rule in enumerate(logic.rules, start=1)
        if all(test is not None and test.matches(value, {}) for test, value in zip(rule.tests, values, strict=True))
    )


def told(findings: Iterable[dmn.Finding], kind: str) -> set[tuple[int, ...]]:
    return {each.rules for each in findings if each.kind == kind}


@settings(max_examples=30)
@given(tables("UNIQUE"))
def test_gaps_overlaps_and_rules_that_never_hold(made: Made) -> None:
    model, logic, inputs, hits = made
    findings = dmn.analyse(model)
    assert told(findings, "overlap") == {pair for each in hits for pair in combinations(each, 2)}
    never = {number for number, _ in enumerate(logic.rules, start=1)} - {rule for each in hits for rule in each}
    assert told(findings, "unreachable") == {(rule,) for rule in never}
    filled = [each for each in inputs if None not in each.values()]  # null is not missed by tests that never name it
    assert any(each.kind == "gap" for each in findings) == any(not holding(logic, each) for each in filled)
    for each in findings:
        if each.kind == "overlap":
            assert all(set(each.rules) <= set(holding(logic, {**context, **each.example})) for context in inputs[::5])
        elif each.kind == "gap" and each.message != "Er zijn nog meer gaten dan deze.":
            assert not any(holding(logic, {**context, **each.example}) for context in filled[::5])


@settings(max_examples=30)
@given(tables("FIRST"))
def test_rules_that_are_never_first(made: Made) -> None:
    model, _, _, hits = made
    effective = {each[0] for each in hits if each}
    assert {each[-1] for each in told(dmn.analyse(model), "shadowed")} == {r for each in hits for r in each} - effective


@settings(max_examples=30)
@given(tables("PRIORITY"))
def test_rules_that_never_have_priority(made: Made) -> None:
    model, logic, _, hits = made
    gives = outputs(logic)
    effective = {min(each, key=lambda rule: (gives[rule] != '"q"', rule)) for each in hits if each}
    assert {each[-1] for each in told(dmn.analyse(model), "shadowed")} == {r for each in hits for r in each} - effective


@settings(max_examples=20)
@given(tables("ANY"))
def test_rules_that_give_something_else_at_the_same_time(made: Made) -> None:
    model, logic, _, hits = made
    gives = outputs(logic)
    differing = {(one, other) for each in hits for one, other in combinations(each, 2) if gives[one] != gives[other]}
    assert told(dmn.analyse(model), "overlap") == differing


def outputs(logic: Table) -> dict[int, str]:
    found = {}
    for number, rule in enumerate(logic.rules, start=1):
        assert isinstance(rule.outputs[0], Literal) and rule.outputs[0].expression is not None
        found[number] = rule.outputs[0].expression.text
    return found
