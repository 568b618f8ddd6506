from datetime import date
from decimal import Decimal

import pytest

from bedrijfsbureau import feel
from bedrijfsbureau.termijnen import functions

NAMES = frozenset(functions)


@pytest.mark.parametrize(("text", "expected"), [
    ("werkdagen(dag, 3)", date(2025, 11, 27)),
    ("werkdagen(dag, -1)", date(2025, 11, 21)),
    ("werkdagen(vanaf: dag, aantal: 0)", date(2025, 11, 24)),
    ("eerste werkdag na(date(\"2026-04-02\"))", date(2026, 4, 7)),
    ("laatste werkdag voor(date(\"2026-03-09\"))", date(2026, 3, 6)),
    ("is werkdag(date(\"2026-05-05\"))", False),
    ("aantal werkdagen(date(\"2026-04-30\"), date(\"2026-05-08\"))", Decimal(5)),
    ("werkdagen(leeg, 3)", None),
    ("werkdagen(dag, leeg)", None),
    ("werkdagen(\"2026-01-01\", 3)", None),
    ("werkdagen(dag, 1.5)", None),
    ("werkdagen(dag, 1000000000)", None),
    ("werkdagen(date(\"9999-12-30\"), 5)", None),
    ("eerste werkdag na(leeg)", None),
    ("eerste werkdag na(date(\"12345-01-01\"))", None),
])
def test_working_days_in_expressions(text, expected):
    context = {"dag": date(2025, 11, 24), "leeg": None}
    assert feel.compile(text, NAMES).evaluate(context, functions) == expected


@pytest.mark.parametrize(
    "text",
    [
        'for i in 1..2000 return werkdagen(date("2026-01-01"), 5000)',
        'for i in 1..2000 return aantal werkdagen(date("2000-01-01"), date("2026-01-01"))',
    ],
)
def test_many_working_days_many_times_are_stopped(text: str) -> None:
    with pytest.raises(feel.FeelLimitError):
        feel.compile(text, frozenset(functions)).evaluate({}, functions)
