"""The standard functions, row by row: a call and the text of its value."""

from datetime import UTC, datetime

import pytest

from bedrijfsbureau import feel
from bedrijfsbureau.feel.text import write

CONVERSIONS = [
    ('date("2026-02-30")', "null"), ("date(2024, 2, 29)", "2024-02-29"), ("date(2023, 2, 29)", "null"),
    ('date(date and time("2026-01-02T23:30:00"))', "2026-01-02"), ('date("999999999-12-31")', "999999999-12-31"),
    ('date("-0044-03-15")', "-0044-03-15"), ('date("02026-01-01")', "null"), ('time("25:00:00")', "null"),
    ('time("10:30:00.5+01:30")', "10:30:00.5+01:30"), ("time(10, 30, 15.25)", "10:30:15.25"),
    ('time(10, 30, 0, duration("-PT2H"))', "10:30:00-02:00"), ('time("10:00:00@Europe/Onbekend")', "null"),
    ('date and time(date("2026-01-01"), time("10:00:00Z"))', "2026-01-01T10:00:00Z"),
    ('date and time("2026-01-01")', "2026-01-01T00:00:00"), ('duration("P1Y14M")', "P2Y2M"),
    ('duration("P1Y1D")', "null"),
    ('duration("PT36H")', "P1DT12H"), ('duration("-P1DT0.5S")', "-P1DT0.5S"), ('duration("P0D")', "PT0S"),
    ('duration("P")', "null"), ('number("12,5", ".", ",")', "12.5"), ('number("1 000", " ", null)', "1000"),
    ('number("1.000,5", ",", ",")', "null"), ('number("abc")', "null"), ("string(12.50)", '"12.5"'),
    ("string(null)", "null"),
    ('string([1, "a", null])', '"[1, \\"a\\", null]"'), ("string({a: 1})", '"{a: 1}"'), ('string("a")', '"a"'),
    ('years and months duration(date("2008-04-02"), date("2026-04-01"))', "P17Y11M"),
    ('years and months duration(date("2026-04-01"), date("2008-04-02"))', "-P17Y11M"),
]  # fmt: skip
TEXT = [
    ('substring("foobar", 3)', '"obar"'), ('substring("foobar", -2, 1)', '"a"'), ('substring("foobar", 0)', "null"),
    ('substring("😀ab", 2)', '"ab"'), ('string length("😀")', "1"), ('upper case("aé")', '"AÉ"'),
    ('lower case("AÉ")', '"aé"'),
    ('substring before("foobar", "bar")', '"foo"'), ('substring before("foobar", "x")', '""'),
    ('substring after("foobar", "ob")', '"ar"'), ('contains("foobar", "ob")', "true"),
    ('starts with("foo", "f")', "true"),
    ('ends with("foo", "f")', "false"), ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
    ('contains(null, "a")', "null"),
    ('string join(["a", null, "b"], "-")', '"a-b"'), ('string join(["a", "b"])', '"ab"'), ("string join([1])", "null"),
]  # fmt: skip
LISTS = [
    ("count([1, null])", "2"), ("count(null)", "null"), ("count(5)", "1"), ("min(3, 1, 2)", "1"), ("max([1, 5])", "5"),
    ("min([])", "null"), ('max(1, "a")', "null"), ('min(@"2026-02-01", @"2026-01-01")', "2026-01-01"),
    ("sum([1, 2])", "3"),
    ("sum([])", "null"), ("sum([1, null])", "null"), ('sum(["a"])', "null"), ("mean([1, 2])", "1.5"),
    ("product(2, 3, 4)", "24"),
    ("median([8, 2, 5, 3])", "4"), ("median([])", "null"),
    ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
    ("stddev([1])", "null"), ("mode([6, 1, 9, 6, 1])", "[1, 6]"), ("mode([])", "[]"), ("all([true, null])", "null"),
    ("all([false, null])", "false"), ("all([])", "true"), ("any([true, null])", "true"), ("any([])", "false"),
    ("list contains([1, null], null)", "true"), ('list contains(["a"], "A")', "false"),
    ("sublist([1, 2, 3], -2, 1)", "[2]"),
    ("sublist([1, 2, 3], 2)", "[2, 3]"), ("sublist([1], 3)", "null"), ("append([1], 2, 3)", "[1, 2, 3]"),
    ("append(1, 2)", "[1, 2]"), ("concatenate([1], [2, 3])", "[1, 2, 3]"), ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("insert before([1], 3, 2)", "null"), ("remove([1, 2, 3], -1)", "[1, 2]"), ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1], 1)", "[1, 3]"), ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ("distinct values([1, 1.0, 2])", "[1, 2]"),
    ("flatten([[1, [2]], 3])", "[1, 2, 3]"), ("sort([3, 1, 2])", "[1, 2, 3]"), ('sort([1, "a"])', "null"),
    ("list replace([1, 2], 2, 9)", "[1, 9]"), ("list replace([1, 2], function(old, new) old < new, 2)", "[2, 2]"),
]  # fmt: skip
NUMBERS = [
    ("decimal(2.345, 2)", "2.34"), ("decimal(1234, -2)", "1200"), ("floor(-1.5)", "-2"), ("ceiling(1.21, 1)", "1.3"),
    ("round up(5.5, 0)", "6"), ("round down(-5.5, 0)", "-5"), ("round half up(2.5, 0)", "3"),
    ("round half down(2.5, 0)", "2"),
    ("abs(-1)", "1"), ('abs(duration("-P1M"))', "P1M"), ("modulo(-12, 5)", "3"), ("modulo(12, -5)", "-3"),
    ("modulo(1, 0)", "null"),
    ("modulo(10.1, 4.5)", "1.1"), ("sqrt(16)", "4"), ("sqrt(-1)", "null"), ("odd(5)", "true"), ("even(5.5)", "null"),
    ("exp(0)", "1"), ("log(1)", "0"), ("log(0)", "null"), ("modulo(1e6000, 7)", "1"),
]  # fmt: skip
CONTEXTS = [
    ('get value({a: 1}, "a")', "1"), ('get value({a: {b: 2}}, ["a", "b"])', "null"), ('get value({a: 1}, "b")', "null"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'), ('context([{key: "a", value: 1}])', "{a: 1}"),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"), ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}"),
    ("context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}"),
    ("context merge([{a: 1}, 2])", "null"),
]  # fmt: skip
RANGES = [
    ("before(1, 10)", "true"), ("before([1..5), [5..9])", "true"), ("before([1..5], [5..9])", "false"),
    ("after([5..9], 4)", "true"),
    ("meets([1..5], [5..9])", "true"), ("met by([5..9], [1..5])", "true"), ("overlaps([1..5], [5..9])", "true"),
    ("overlaps before([1..5], [4..9])", "true"), ("overlaps after([4..9], [1..5])", "true"),
    ("finishes(9, [1..9])", "true"),
    ("finished by([1..9], [5..9])", "true"), ("includes([1..9], 5)", "true"), ("includes([1..9), 9)", "false"),
    ("during([2..3], [1..9])", "true"), ("starts([1..2], [1..9])", "true"), ("started by([1..9], 1)", "true"),
    ("coincides([1..9], [1..9])", "true"), ("coincides(1, 2)", "false"), ('range("[1..2)")', "[1..2)"),
    ('range("[2..1]")', "null"),
    ('range("(..@\\"2026-01-01\\"]") = (<= @"2026-01-01")', "true"), ("before(1, \"a\")", "null"),
]  # fmt: skip
CALENDAR = [
    ('day of week(date("2026-03-31"))', '"Tuesday"'), ('day of year(date("2024-12-31"))', "366"),
    ('week of year(date("2021-01-03"))', "53"), ('month of year(date("2026-02-01"))', '"February"'),
    ("now()", "2026-03-02T12:00:00Z"), ("today()", "2026-03-02"), ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
    ('is(@"10:00:00Z", @"11:00:00+01:00")', "false"), ('@"10:00:00Z" = @"11:00:00+01:00"', "true"),
    ('is(1, "1")', "false"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONVERSIONS + TEXT + LISTS + NUMBERS + CONTEXTS + RANGES + CALENDAR)
def test_value(text: str, expected: str) -> None:
    value = feel.compile(text).evaluate({}, now=datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert write(value) == expected


def test_no_moment_given_means_no_clock() -> None:
    assert feel.compile("[now(), today()]").evaluate({}) == [None, None]


PATTERNS = [
    ('matches("SYR", "^[A-Z]{3}$")', "true"), ('matches("xSYRx", "SYR")', "true"), ('matches("a\\nb", "a.b")', "false"),
    ('matches("a\\nb", "a.b", "s")', "true"), ('matches("A", "a", "i")', "true"),
    ('matches("a\\nb", "^b", "m")', "true"),
    ('matches("ab", "a b", "x")', "true"), ('matches("a.b", "a.b", "q")', "true"),
    ('matches("axb", "a.b", "q")', "false"),
    ('matches("x", "[a-z-[aeiou]]")', "true"), ('matches("e", "[a-z-[aeiou]]")', "false"),
    ('matches("é", "\\\\p{L}")', "true"),
    ('matches("5", "\\\\P{L}")', "true"), ('matches("abab", "^(ab)\\\\1$")', "true"), ('matches("a", "(")', "null"),
    ('matches("a", "a**")', "null"), ('matches("a", "a", "z")', "null"), ('matches("a", "\\\\k")', "null"),
    ('matches("", "^$")', "true"), ('matches("aaa", "^a{2}$")', "false"), ('matches("a", null)', "null"),
    ('replace("abracadabra", "bra", "*")', '"a*cada*"'),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('replace("darted", "^(.*?)d(.*)$", "$1c$2")', '"carted"'), ('replace("abc", "x*", "-")', "null"),
    ('replace("a.b", ".", "$", "q")', '"a$b"'), ('replace("abc", "b", "\\\\$")', '"a$c"'),
    ('replace("abc", "b", "$x")', "null"),
    ('split("a1b22c", "[0-9]+")', '["a", "b", "c"]'), ('replace("aaa", "a+?", "b")', '"bbb"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATTERNS)
def test_pattern(text: str, expected: str) -> None:
    assert write(feel.compile(text).evaluate({})) == expected
