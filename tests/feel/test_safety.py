"""What an owner's expression may not do: fail in an undeclared way, run away, or touch Python."""

import os
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedrijfsbureau import feel
from bedrijfsbureau.feel.registry import BUILTINS

EXAMPLES = int(os.environ.get("FEEL_EXAMPLES", "200"))  # set it to thousands for a long search
ERRORS = [
    ("", 1, 1, "Hier hoort een waarde, niet het einde"),
    ("1 +", 1, 4, "Hier hoort een waarde, niet het einde"),
    ("a ==  b", 1, 4, "Hier hoort een waarde, niet '='"),
    ("x => 3", 1, 4, "Hier hoort een waarde, niet '>'"),
    ("1 2", 1, 3, "Hier hoort een operator of het einde, niet '2'"),
    ("if a then b", 1, 12, "Hier hoort 'else', niet het einde"),
    ("a and\n  (b or", 2, 8, "Hier hoort een waarde, niet het einde"),
    ('"open', 1, 1, "De tekst na dit aanhalingsteken is niet afgesloten"),
    ("1 /* open", 1, 3, "Het commentaar is niet afgesloten met */"),
    ("[1..2", 1, 6, "Een bereik eindigt met ], ) of [, niet met het einde"),
    ("{a 1}", 1, 5, "Hier hoort ':', niet '}'"),
    ("1e99999", 1, 1, "Dit getal is te groot"),
    ("a.", 1, 3, "Na een punt hoort een naam, niet het einde"),
    ("f(1,)", 1, 5, "Hier hoort een waarde, niet ')'"),
    ("a; b", 1, 2, "Het teken ';' hoort niet in een uitdrukking"),
    ("(" * 99, 1, 61, "De uitdrukking is meer dan 60 niveaus diep"),
    ("+".join("1" * 200), 1, 302, "Meer dan 150 bewerkingen achter elkaar; gebruik een lijst of haakjes"),
]


@pytest.mark.parametrize(("text", "line", "column", "problem"), ERRORS)
def test_errors_point_at_the_place(text: str, line: int, column: int, problem: str) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile(text)
    error = caught.value
    assert (error.line, error.column, error.problem) == (line, column, problem)
    assert error.message == f"{problem} (regel {line}, teken {column})."


def test_a_very_long_text_is_refused() -> None:
    with pytest.raises(feel.FeelSyntaxError, match="langer dan 10000 tekens"):
        feel.compile("true" + " and true" * 3000)


RUNAWAYS = [
    "for a in 1..1000, b in 1..1000 return a",
    "count(for i in 1..100000000 return i)",
    "{f: function(n) f(n + 1)}.f(1)",
    "{f: function(n) f(n) + f(n)}.f(1)",
    'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
    "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
    "flatten((for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1])",
    "{l: (for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1], r: l = l}.r",
    'matches(string join(for i in 1..60 return "a") + "!", "^(a*)*(a*)*\\\\1x$")',
    "sort(for i in 1..5000 return modulo(i * 7919, 5003), function(x, y) x < y)",
    'for d in @"0001-01-01"..@"9999-12-31" return d',
    "for i in 1..3000 return (1.000001 + i) ** (3.7 + i)",
    "for i in 1..20000 return log(i)",
    "for i in 1..20000 return string(1e6144)",
    "for i in 1..5000 return [" + ",".join(["string(i)"] * 200) + "]",
    'for i in 1..3000 return matches("x", "(a{1,40}){1,40}" + string(i))',
    'for i in 1..3000 return matches("x", "((a{1,90}){1,90}){1,90}" + string(i))',
    '{s: "' + "a" * 9000 + '", r: for i in 1..9000 return s + string(i)}.r',
    '{s: string join(for i in 1..5000 return "ab;"), r: for i in 1..5000 return split(s, ";")}.r',
    '{s: string join(for i in 1..900 return "ab"), r: string join(for i in 1..9000 return s)}.r',
    "{c: context(for i in 1..900 return {key: string(i), value: i}), r: for i in 1..900 return get entries(c)}",
    'replace(string join(for i in 1..2000 return "a"), "a", "' + "b" * 5000 + '")',
    "{l: (for i in 1..29 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1], r: l instance of "
    + "list<" * 29 + "number" + ">" * 29 + "}",
    "distinct values(for i in 1..2000 return [i])",
]


@pytest.mark.parametrize("text", RUNAWAYS)
def test_a_runaway_is_stopped(text: str) -> None:
    with pytest.raises(feel.FeelLimitError, match="De berekening is gestopt"):
        feel.compile(text).evaluate({})


def test_a_hostile_pattern_costs_no_more_than_its_text() -> None:
    for pattern in ("^(a+)+$", "^(a|aa)+(a|aa)+(a|aa)+$b", "(a*)*(a*)*b", "^(a?){60}a{60}$"):
        text = "a" * 50 + "!"
        assert feel.compile("matches(t, p)").evaluate({"t": text, "p": pattern}) is False


def test_a_value_that_shares_its_parts_is_not_exported_forever() -> None:
    value: feel.Value = [1]
    for _ in range(60):
        value = [value, value]
    with pytest.raises(feel.FeelLimitError):
        feel.to_json(value)


INSIDE_ITSELF: dict[str, object] = {}
INSIDE_ITSELF["d"] = INSIDE_ITSELF
INSIDE_ITSELF["proxy"] = MappingProxyType(INSIDE_ITSELF)


@pytest.mark.parametrize("text", ["string(d)", "d = d", "proxy", "{f: function(x) [f(x.d)], r: f(d)}"])
def test_a_value_inside_itself_is_stopped(text: str) -> None:
    with pytest.raises(feel.FeelLimitError):
        feel.compile(text).evaluate(INSIDE_ITSELF)
    for convert in (feel.to_json, feel.show):
        with pytest.raises(feel.FeelLimitError):
            convert(INSIDE_ITSELF)


def test_filters_inside_filters_do_not_make_endless_lists_of_paths() -> None:
    expression = feel.compile("".join(f"a{depth}[" for depth in range(40)) + "b" + "]" * 40)
    with pytest.raises(feel.FeelLimitError):
        expression.reads  # noqa: B018


@pytest.mark.parametrize("size", ["sNaN", "1e99999999", "Infinity", 100_000])
def test_numbers_that_are_none_of_feels_do_no_harm(size: str | int) -> None:
    number = Decimal(size) if isinstance(size, str) else 10**size
    for text in ("n = 1", "string(n)", "[1][n]", "for i in 1..n return i", "n + 1", "odd(n)", "modulo(n, 7)", "n"):
        try:
            feel.to_json(feel.compile(text).evaluate({"n": number}))
        except feel.FeelLimitError as refused:
            assert refused.message.startswith("De berekening is gestopt")


def test_half_characters_do_not_pass() -> None:
    with pytest.raises(feel.FeelSyntaxError, match="half teken"):
        feel.compile('"\ud800"')
    assert feel.to_json(feel.compile("a").evaluate({"a": "x\udfff"})) == "x\ufffd"
    assert feel.compile('"\\uD83D\\uDE00"').evaluate({}) == "😀"


class Secret:
    password = "geheim"


@pytest.mark.parametrize("path", ["password", "__class__", "__dict__", "x"])
def test_no_python_object_is_reachable(path: str) -> None:
    context = {"o": Secret(), "lijst": [Secret()], "tekst": "a", "groep": {"o": Secret}}
    for start in ("o", "lijst", "lijst[1]", "tekst", "groep.o", "groep", "count", "o.x"):
        value = feel.compile(f"{start}.{path}").evaluate(context)
        assert value in (None, [None])
    assert feel.compile("[o]").run(context) == (
        [None],
        (feel.Warning(0, "Een gegeven heeft een soort die FEEL niet kent en telt als leeg"),),
    )


def test_python_values_are_adopted() -> None:
    context = {"n": 3, "half": 0.5, "lijst": (1, 2), "groep": {"jaar": 2026}}
    assert feel.to_json(feel.compile("[n + half, sum(lijst), lijst[item > 1], groep.jaar + 1]").evaluate(context)) == [
        3.5, 3, [2], 2027,
    ]  # fmt: skip


LEAVES = st.sampled_from(
    ["1", "-2.5", "0", '"a"', '"2026-01-31"', "null", "true", "false", "[]",
    "[1, 2, 3]", '{a: 1, b: "x"}', '@"P1M"', '@"P1DT2H"',
     '@"2026-01-31"', '@"10:00:00Z"', '@"2026-03-29T02:30:00@Europe/Amsterdam"', "[1..5]", "(< 3)", "1e6000", "1e-6000",
     "function(x) x", "function(x, y) x > y", "naam", "lijst", "vreemd",
      "?", '"(a+)+$"', '@"-999999999-01-01"', "[[1], [2, [3]]]",
     '@"P999999999Y"', "[null]", '""']
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
KEYS = st.sampled_from(["a", "b", "year", "days", "start", "time offset", "months", "naam"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.tuples(st.sampled_from(sorted(BUILTINS)), st.lists(inner, max_size=4))
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, inner, inner).map(lambda p: f"(if {p[0]} then {p[1]} else {p[2]})"),
        st.tuples(inner, inner).map(lambda p: f"(for i in {p[0]} return {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"(every i in {p[0]} satisfies {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]})[{p[1]}]"),
        st.tuples(inner, KEYS).map(lambda p: f"({p[0]}).{p[1]}"),
        calls.map(lambda p: f"{p[0]}({', '.join(p[1])})"),
    )


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(st.recursive(LEAVES, larger, max_leaves=12))
def test_evaluation_is_total_and_always_the_same(text: str) -> None:
    context = {"naam": "Jan", "lijst": [1, 2], "vreemd": Secret()}
    expression = feel.compile(text)
    try:
        first = feel.to_json(expression.evaluate(context))
    except feel.FeelLimitError:
        return
    assert feel.to_json(expression.evaluate(context)) == first
    assert feel.to_json(expression.explain(context).value) == first
    assert isinstance(expression.reads, frozenset)


WORDS = st.sampled_from(
    ["for", "in", "return", "if", "then", "else", "some", "satisfies", "between", "and", "or", "instance", "of",
    "function", "(",
     ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "**", "<", ">=", "=", "@", "?", '"a"', "1", "x", "not",
      "date", "null",
     "'", "->", "external", "context", "list"]
)  # fmt: skip


@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for compile_one in (feel.compile, feel.compile_unary):
        try:
            compile_one(text)
        except feel.FeelSyntaxError as error:
            assert 0 <= error.position <= len(text)
            assert error.line >= 1
            assert error.column >= 1
