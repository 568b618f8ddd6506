"""Functions on dates and times (DMN 1.5, 10.3.4.7 and 10.3.4.8). `now` and `today` read the moment the caller gave,
never a clock; without one they give null."""

from datetime import date

from bedrijfsbureau.feel.builtins.conversions import date_from_day
from bedrijfsbureau.feel.compare import equal
from bedrijfsbureau.feel.dates import AnyDate, iso_week, weekday, year_day
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import Run
from bedrijfsbureau.feel.times import DateTime, Time
from bedrijfsbureau.feel.values import Value, adopt, kind

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("day of week", "date: day")
def day_of_week(value: AnyDate | DateTime) -> str:
    return DAYS[weekday(date_from_day(value)) - 1]


@builtin("day of year", "date: day")
def day_of_year(value: AnyDate | DateTime) -> int:
    return year_day(date_from_day(value))


@builtin("month of year", "date: day")
def month_of_year(value: AnyDate | DateTime) -> str:
    return MONTHS[date_from_day(value).month - 1]


@builtin("week of year", "date: day")
def week_of_year(value: AnyDate | DateTime) -> int:
    return iso_week(date_from_day(value))


@builtin("now", "", wants_run=True)
def now(run: Run) -> Value:
    return adopt(run.now)


@builtin("today", "", wants_run=True)
def today(run: Run) -> date | None:
    return None if run.now is None else run.now.date()


@builtin("is", "value1: any|null?, value2: any|null?", wants_run=True)
def identical(run: Run, one: Value = None, other: Value = None) -> bool:
    """Equal and of one kind; for times also told in the same zone."""
    if kind(one) != kind(other):
        return False
    if isinstance(one, Time | DateTime):
        return bool(one == other)
    return equal(one, other, run.spend) is True
