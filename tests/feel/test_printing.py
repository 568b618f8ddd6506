"""An expression written out again reads back as the same expression."""

import os
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import feel
from bedrijfsbureau.feel import nodes as n
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.printing import spell
from bedrijfsbureau.feel.types import Type

EXAMPLES = int(os.environ.get("FEEL_EXAMPLES", "200"))
NAMES = frozenset({"aantal dagen", "datum van aanvraag"})
AT = (0, 0)
NAME = st.sampled_from(["a", "naam", "x", "date", "aantal dagen", "?"]).map(lambda name: n.Name(*AT, name))
KEY = st.sampled_from(["a", "soort", "year", "datum van aanvraag"])
LOCAL = st.sampled_from(["x", "y", "stuk"])
TYPE = st.recursive(
    st.sampled_from(["number", "string", "date and time", "Any", "tEigen", "days and time duration"]).map(Type),
    lambda inner: inner.map(lambda t: Type("list", t))
    | inner.map(lambda t: Type("context", fields=(("a", t),)))
    | st.tuples(inner, inner).map(lambda t: Type("function", parameters=t, result=t[0])),
    max_leaves=3,
)
VALUE = (
    st.none()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)
    | st.sampled_from([Decimal("1E+6000"), Decimal("1E-30"), date(2026, 1, 31), MonthsDuration(-14), DaysDuration(5)])
)
LITERAL = VALUE.map(lambda value: n.Literal(*AT, value))


def larger(inner: st.SearchStrategy[n.Node]) -> st.SearchStrategy[n.Node]:
    some, many = st.lists(inner, max_size=3).map(tuple), st.lists(inner, min_size=2, max_size=3).map(tuple)
    test = inner | operator_test(inner)
    iterators = st.lists(
        st.builds(n.Iterator, st.just(0), st.just(0), LOCAL, inner, st.none() | inner), min_size=1, max_size=2
    ).map(tuple)
    parameter = st.builds(n.Parameter, st.just(0), st.just(0), LOCAL, st.none() | TYPE)
    entry = st.builds(n.Entry, st.just(0), st.just(0), KEY | st.text(st.sampled_from('a -"\\0'), max_size=4), inner)
    return st.one_of(
        made(n.Path, inner, KEY),
        made(n.Filter, inner, inner),
        made(n.Call, inner.filter(lambda node: not isinstance(node, n.Literal)), some, st.none()),
        made(n.Call, NAME, inner.map(lambda node: (node,)), st.just(("start position",))),
        made(n.Negation, inner),
        made(n.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        made(n.Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        made(n.Between, inner, inner, inner),
        made(n.Membership, inner, st.lists(test, min_size=1, max_size=3).map(tuple)),
        operator_test(inner),
        made(n.Conjunction, many),
        made(n.Disjunction, many),
        made(n.Conditional, inner, inner, inner),
        made(n.Loop, iterators, inner),
        made(n.Quantified, st.booleans(), iterators, inner),
        made(n.FunctionLiteral, st.lists(parameter, max_size=2).map(tuple), inner, st.booleans()),
        made(n.ContextLiteral, st.lists(entry, max_size=3).map(tuple)),
        made(n.ListLiteral, some),
        made(n.RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        made(n.InstanceOf, inner, TYPE),
    )


def made(kind: type[n.Node], *parts: st.SearchStrategy[object]) -> st.SearchStrategy[n.Node]:
    return st.builds(kind, st.just(0), st.just(0), *parts)


def operator_test(inner: st.SearchStrategy[n.Node]) -> st.SearchStrategy[n.Node]:
    return made(n.OperatorTest, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.recursive(NAME | LITERAL, larger, max_leaves=12))
def test_what_is_written_reads_back_as_the_same(tree: n.Node) -> None:
    text = spell(tree)

    read = feel.compile(text, NAMES)

    assert read.node == tree
    assert read.canonical() == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((a+b))*c", "(a + b) * c"),
        ("(a*b)+c", "a * b + c"),
        ("a - (b - c)", "a - (b - c)"),
        ("-(a) ** 2", "-a ** 2"),
        ("]1 .. 5[", "(1..5)"),
        ("x in 5", "x in (5)"),
        ("(a and b) or not(c)", "a and b or not(c)"),
        ("if(a)then b else c", "if a then b else c"),
        ('{"a":1,"b c":2}', '{a: 1, "b c": 2}'),
        ("[1..(a[1])]", "[1..(a[1])]"),
        ('date("2026-01-31") /* dag */ . year', 'date("2026-01-31").year'),
    ],
)
def test_one_spelling(text: str, canonical: str) -> None:
    assert feel.compile(text).canonical() == canonical
