"""Dates, times and durations: exact, whatever the machine's time zone."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau import feel
from bedrijfsbureau.feel.dates import add_months, day_number, from_day_number, iso_week, months_between, weekday
from bedrijfsbureau.feel.text import write

ROWS = [
    ('date("2026-01-31") + duration("P1M")', "2026-02-28"), ('date("2024-01-31") + duration("P1M")', "2024-02-29"),
    ('date("2026-03-31") - duration("P1M")', "2026-02-28"), ('date("2024-02-29") + duration("P1Y")', "2025-02-28"),
    ('date("2026-12-31") + duration("P1D")', "2027-01-01"), ('date("2026-01-02") + duration("-PT1H")', "2026-01-01"),
    ('date("2026-04-10") - date("2026-03-31")', "P10D"), ('date("9999-12-31") + duration("P1D")', "10000-01-01"),
    ('date("0001-01-01") - duration("P1D")', "0000-12-31"), ('date("999999999-12-31") + duration("P1D")', "null"),
    ('date("10000-01-01") > date("9999-12-31")', "true"), ('date("10000-02-29")', "10000-02-29"),
    ('date("10001-02-29")', "null"),
    ('date("2026-03-31") + 1', "null"), ('duration("P1M") + duration("P1D")', "null"), ('duration("P1M") * 2.5', "P2M"),
    ('duration("PT1H") / 4', "PT15M"), ('duration("P1D") / duration("PT8H")', "3"),
    ('duration("P1D") / duration("PT0S")', "null"),
    ('duration("P2D") > duration("PT36H")', "true"), ('duration("P1Y") = duration("P12M")', "true"),
    ('time("23:30:00") + duration("PT1H")', "00:30:00"), ('time("10:00:00Z") - time("10:00:00+01:00")', "PT1H"),
    ('time("10:00:00") = time("10:00:00Z")', "null"), ('time("10:00:00.000000001")', "10:00:00.000000001"),
    ('date("2026-03-31").weekday', "2"), ('date("2026-03-31").hour', "null"), ('duration("-P1Y2M").months', "-2"),
    ('duration("P1DT2H3M4S").seconds', "4"), ('date and time("2026-03-29T12:00:00Z").time offset', "PT0S"),
    ('date and time("2026-07-01T12:00:00@Europe/Amsterdam").time offset', "PT2H"),
    ('date and time("2026-07-01T12:00:00@Europe/Amsterdam").timezone', '"Europe/Amsterdam"'),
    # the clock goes forward on 29 March 2026 and back on 25 October 2026
    ('date and time("2026-03-29T01:30:00@Europe/Amsterdam") + duration("PT1H")',
    "2026-03-29T03:30:00@Europe/Amsterdam"),
    ('date and time("2026-03-28T12:00:00@Europe/Amsterdam") + duration("P1D")', "2026-03-29T13:00:00@Europe/Amsterdam"),
    ('@"2026-10-25T12:00:00@Europe/Amsterdam" - @"2026-10-24T12:00:00@Europe/Amsterdam"', "P1DT1H"),
    ('date and time("2026-03-29T01:30:00@Europe/Amsterdam") < date and time("2026-03-29T03:30:00+02:00")', "true"),
    ('date and time("2026-01-31T10:00:00") + duration("P1M")', "2026-02-28T10:00:00"),
    ('date and time("2026-01-01T10:00:00") < date and time("2026-01-01T10:00:00Z")', "null"),
    ('date and time("10000-07-01T12:00:00@Europe/Amsterdam") + duration("PT0S")',
    "10000-07-01T12:00:00@Europe/Amsterdam"),
]  # fmt: skip


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Auckland"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_zone")
def test_the_same_in_every_machine_zone() -> None:
    assert [(text, write(feel.compile(text).evaluate({}))) for text, _ in ROWS] == ROWS


DAYS = st.dates()
FAR = st.integers(min_value=-(10**11), max_value=10**11)


@given(DAYS)
def test_days_agree_with_python(day: date) -> None:
    assert (from_day_number(day_number(day)), weekday(day), iso_week(day)) == (day, *day.isocalendar()[2:0:-1])


@given(FAR)
def test_a_day_number_is_one_day_in_any_year(number: int) -> None:
    day = from_day_number(number)
    assert (day_number(day), weekday(from_day_number(number + 1))) == (number, weekday(day) % 7 + 1)


@given(DAYS, st.integers(min_value=-1000, max_value=1000))
def test_adding_months_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    kept = moved.day == day.day
    next_day = from_day_number(day_number(moved) + 1)
    assert kept or (moved.day < day.day and next_day.day == 1)


@given(DAYS, DAYS)
def test_whole_months_never_pass_the_end(start: date, end: date) -> None:
    months = months_between(start, end)
    if start <= end:
        assert months >= 0
        assert day_number(add_months(start, months)) <= day_number(end)
    else:
        assert months == -months_between(end, start)


@given(st.dates(min_value=date(1, 1, 2), max_value=date(9998, 1, 1)), st.integers(min_value=-300, max_value=300))
def test_feel_and_python_add_days_alike(day: date, days: int) -> None:
    if day.toordinal() + days >= 1:
        context = {"d": day, "n": feel.to_feel(timedelta(days=days))}
        assert feel.compile("d + n").evaluate(context) == day + timedelta(days=days)
