"""The cells of decision tables."""

from datetime import date

import pytest

from bedrijfsbureau import feel

ROWS = [
    ("-", None, True), ('"a"', "a", True), ('"a", "b"', "b", True), ('"a", "b"', "c", False),
    ('not("a", "b")', "c", True),
    ('not("a", "b")', "a", False), ("< 5", 3, True), ("< 5, > 8", 9, True), (">= 5", 5, True), ("[1..5)", 5, False),
    ("[1..5]", None, None), ("!= null", 3, True), ("!= null", None, False), ("null", None, True), ("null", 1, False),
    ("true", True, True), ("true", None, False), ("? > 3 and ? < 6", 5, True), ("? > 3 and ? < 6", 7, False),
    ('< date("2026-06-12")', date(2026, 6, 11), True), ('>= @"2026-06-12"', date(2026, 6, 11), False),
    ("grens", 7, True),
    ("> grens", 8, True), ("toegestaan", 2, True), ("toegestaan", 3, False), ("not(grens)", 7, False), ("-5", -5, True),
    ("- 5", -5, True), ('contains(?, "an")', "Jan", True), ("not(? > 3) and true", 2, True), ('"a"', 1, None),
    ("< 5", "x", None),
    ('"dublin"', None, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "expected"), ROWS)
def test_matches(text: str, value: object, expected: bool | None) -> None:
    context = feel.to_feel({"grens": 7, "toegestaan": [1, 2]})
    assert feel.compile_unary(text).matches(feel.to_feel(value), context) is expected


def test_reads_do_not_count_the_tested_value() -> None:
    assert feel.compile_unary("> grens, ? = a.b").reads == {("grens",), ("a", "b")}


@pytest.mark.parametrize("text", ["1 2", "< ", "not(", "a,", "[1..", "== 3"])
def test_a_wrong_cell_is_refused(text: str) -> None:
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile_unary(text)
