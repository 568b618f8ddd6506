from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.termijnen import atw, long_date, number_date, pact, say_when, short_date

THURSDAY = date(2026, 11, 26)


def test_dates_in_dutch():
    assert short_date(THURSDAY) == "do 26 nov. 2026"
    assert short_date(date(2026, 5, 3)) == "zo 3 mei 2026"
    assert long_date(THURSDAY) == "donderdag 26 november 2026"
    assert number_date(date(2026, 3, 2)) == "02-03-2026"


@pytest.mark.parametrize(("days", "expected"), [
    (0, "vandaag"), (1, "morgen"), (2, "over 1 werkdag"), (3, "over 1 werkdag"), (4, "over 2 werkdagen"),
    (5, "over 3 werkdagen"), (-1, "1 dag te laat"), (-2, "2 dagen te laat"), (28, "over 20 werkdagen"),
    (42, "over 6 weken"), (180, "over 6 maanden"),
])
def test_says_how_far_away(days, expected):
    assert say_when(THURSDAY + timedelta(days=days), THURSDAY, atw) == expected


def test_a_date_without_working_days_before_it_is_counted_in_days():
    assert say_when(date(2026, 12, 27), date(2026, 12, 24), atw) == "over 3 dagen"


def test_the_guardian_is_one_day_late():
    assert say_when(date(2026, 7, 3), date(2026, 7, 4), pact) == "1 dag te laat"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_late_only_after_the_day_itself(today, days):
    assert say_when(today + timedelta(days=days), today, atw).endswith("te laat") is (days < 0)
