"""Dates of the proleptic Gregorian calendar, exact for every year from -999,999,999 to 999,999,999 (DMN 1.5,
10.3.2.3.5).

A year from 1 to 9999 is a `datetime.date`; any other year is a `FarDate`. No function here knows a clock or a machine.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

MAX_YEAR = 999_999_999
DAYS_IN_CYCLE = 146_097  # 400 Gregorian years
YEARS_IN_CYCLE = 400


@total_ordering
@dataclass(frozen=True, slots=True)
class FarDate:
    """A date that `datetime.date` cannot hold."""

    year: int
    month: int
    day: int

    def __lt__(self, other: object) -> bool:
        if isinstance(other, FarDate | date):
            return (self.year, self.month, self.day) < (other.year, other.month, other.day)
        return NotImplemented


AnyDate = date | FarDate


def make_date(year: int, month: int, day: int) -> AnyDate:
    """Raises ValueError when the calendar has no such day."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise ValueError(f"{year}-{month}-{day}")
    return FarDate(year, month, day)


def days_in_month(year: int, month: int) -> int:
    return monthrange((year - 1) % YEARS_IN_CYCLE + 1, month)[1]


def day_number(day: AnyDate) -> int:
    """Days since 31 December of the year 0, so that 1 January of the year 1 is day 1."""
    if isinstance(day, date):
        return day.toordinal()
    cycles, year = divmod(day.year - 1, YEARS_IN_CYCLE)
    return date(year + 1, day.month, day.day).toordinal() + cycles * DAYS_IN_CYCLE


def from_day_number(number: int) -> AnyDate:
    """Raises ValueError outside the years FEEL knows."""
    cycles, rest = divmod(number - 1, DAYS_IN_CYCLE)
    day = date.fromordinal(rest + 1)
    return day if cycles == 0 else make_date(day.year + cycles * YEARS_IN_CYCLE, day.month, day.day)


def add_months(day: AnyDate, months: int) -> AnyDate:
    """The same day of the month; when the month is too short, its last day (31 January + 1 month = 28 or 29
    February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return make_date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def months_between(start: AnyDate, end: AnyDate) -> int:
    """Whole months from start to end; negative when end is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def weekday(day: AnyDate) -> int:
    """Monday is 1, Sunday is 7."""
    return (day_number(day) - 1) % 7 + 1


def year_day(day: AnyDate) -> int:
    return day_number(day) - day_number(make_date(day.year, 1, 1)) + 1


def iso_week(day: AnyDate) -> int:
    """ISO 8601: the week that holds the Thursday."""
    thursday = from_day_number(day_number(day) + 4 - weekday(day))
    return (year_day(thursday) - 1) // 7 + 1


def show_date(day: AnyDate) -> str:
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"
