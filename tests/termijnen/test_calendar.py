from datetime import date, timedelta

import holidays as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.termijnen import Calendar, atw, pact
from bedrijfsbureau.termijnen.holidays import easter, holidays, kings_day

ANY_DAY = st.dates(date(1990, 1, 1), date(2199, 12, 31))
plain = Calendar("zonder aangewezen dagen")


@pytest.mark.parametrize(("year", "expected"), [
    (2026, ["1/1", "3/4", "6/4", "27/4", "5/5", "14/5", "25/5", "25/12", "26/12"]),
    (2027, ["1/1", "26/3", "29/3", "27/4", "5/5", "6/5", "17/5", "25/12", "26/12"]),
])
def test_holidays_of_the_act(year, expected):
    assert [f"{day.day}/{day.month}" for day in sorted(holidays(year))] == expected


def test_holidays_agree_with_the_holidays_package():
    """Its category `optional` holds 5 May outside lustrum years; its Sundays are Easter and Whit Sunday."""
    for year in range(2000, 2100):
        theirs = set(oracle.country_holidays("NL", years=year, categories=("public", "optional")))
        sundays = {easter(year), easter(year) + timedelta(days=49)}
        assert set(holidays(year)) == theirs - sundays


@pytest.mark.parametrize(("year", "expected"), [
    (2013, date(2013, 4, 30)), (2014, date(2014, 4, 26)), (2025, date(2025, 4, 26)), (2026, date(2026, 4, 27)),
    (2031, date(2031, 4, 26)),
])
def test_kings_day_moves_when_it_is_a_sunday(year, expected):
    assert kings_day(year) == expected


def test_no_day_is_equated_by_decree_until_someone_confirmed_it():
    friday_after_ascension = date(2026, 5, 15)
    assert atw.is_working_day(friday_after_ascension)
    assert pact.is_working_day(friday_after_ascension)


@pytest.mark.parametrize(("day", "count", "expected"), [
    (date(2025, 11, 24), 3, date(2025, 11, 27)),
    (date(2026, 6, 12), 15, date(2026, 7, 3)),
    (date(2026, 12, 7), 15, date(2026, 12, 29)),
    (date(2026, 3, 9), -1, date(2026, 3, 6)),
    (date(2026, 4, 7), -1, date(2026, 4, 2)),
    (date(2026, 1, 20), 10, date(2026, 2, 3)),
    (date(2026, 2, 3), 10, date(2026, 2, 17)),
    (date(2026, 2, 17), 10, date(2026, 3, 3)),
    (date(2026, 7, 4), 0, date(2026, 7, 4)),
])
def test_add_working_days(day, count, expected):
    assert pact.add_working_days(day, count) == expected


def test_after_the_last_date_is_an_overflow():
    with pytest.raises(OverflowError):
        plain.add_working_days(date(9999, 12, 30), 5)


@given(ANY_DAY, st.integers(0, 60))
def test_adding_and_counting_working_days_are_inverse(day, count):
    assert plain.count_working_days(day, plain.add_working_days(day, count)) == count


@given(ANY_DAY, st.integers(1, 60))
def test_stepping_back_undoes_stepping_on_from_a_working_day(day, count):
    day = plain.working_day_from(day)
    assert plain.add_working_days(plain.add_working_days(day, count), -count) == day


@given(ANY_DAY)
def test_next_working_day_is_the_first_open_day_after(day):
    found = plain.next_working_day(day)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert plain.is_working_day(found)
    assert [each for each in between if plain.is_working_day(each)] == []
