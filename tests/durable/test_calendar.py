"""When a timer is due, on every day of twelve years: changes of the clock, leap days, and the ends of months."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bedrijfsbureau.engine.due import due_at
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12 * 365 + 3)]
DAY = 86_400 * 10**9  # nanoseconds


def local(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(AMSTERDAM)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def test_a_date_is_the_first_moment_of_that_day() -> None:
    now = datetime(2023, 1, 1, tzinfo=UTC)
    for day in DAYS:
        due = due_at(day, now)
        assert local(due).date() == day
        assert due is not None and local(due - timedelta(microseconds=1)).date() == day - timedelta(days=1)


@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize("days", [1, 7, 42])
def test_days_keep_the_time_of_the_day(hour: int, days: int) -> None:
    for day in DAYS:
        due = local(due_at(DaysDuration(days * DAY), at(day, hour).astimezone(UTC)))
        assert (due.date(), due.hour, due.minute) == (day + timedelta(days=days), hour, 0)


def test_hours_are_real_hours_whatever_the_clock_does() -> None:
    for day in DAYS:
        now = at(day, 0).astimezone(UTC)
        for hours in (1, 3, 23):
            assert due_at(DaysDuration(hours * 3600 * 10**9), now) == now + timedelta(hours=hours)


def test_an_hour_that_does_not_exist_or_comes_twice_loses_and_doubles_nothing() -> None:
    for day in DAYS:
        now = at(day, 2, 30).astimezone(UTC)
        due = due_at(DaysDuration(DAY), now)
        assert due is not None and timedelta(hours=22) < due - now < timedelta(hours=26)
        assert due_at(DaysDuration(DAY), now) == due


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12, 48])
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(months: int) -> None:
    for day in DAYS:
        due = local(due_at(MonthsDuration(months), at(day, 9).astimezone(UTC)))
        years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = monthrange(years, month + 1)[1]
        assert (due.date(), due.hour) == (date(years, month + 1, min(day.day, last)), 9)
