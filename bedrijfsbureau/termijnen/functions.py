"""Functions about working days that FEEL expressions may call. The names are Dutch: process owners write them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bedrijfsbureau.feel import Function, Value
from bedrijfsbureau.termijnen.calendar import Calendar, atw

MAX_WORKING_DAYS = 5000
"""About twenty years: more is a mistake, and would take long to count."""

# For the reference: the type of the result, what it does, and examples by the ATW.
MANUAL: Mapping[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "werkdagen": (
        "date",
        "The working day that many working days after a date, or before it with a negative number.",
        (('werkdagen(date("2026-04-30"), 3)', "2026-05-06"), ('werkdagen(date("2026-04-30"), -1)', "2026-04-29")),
    ),
    "aantal werkdagen": (
        "number",
        "The number of working days after a date, up to and including another.",
        (('aantal werkdagen(date("2026-12-21"), date("2026-12-31"))', "7"),),
    ),
    "eerste werkdag na": (
        "date",
        "The first working day after a date.",
        (('eerste werkdag na(date("2026-12-24"))', "2026-12-28"),),
    ),
    "laatste werkdag voor": (
        "date",
        "The last working day before a date.",
        (('laatste werkdag voor(date("2026-12-28"))', "2026-12-24"),),
    ),
    "is werkdag": (
        "boolean",
        "Whether the date is a working day: no Saturday, Sunday or general holiday.",
        (('is werkdag(date("2026-04-27"))', "false"), ('is werkdag(date("2026-04-28"))', "true")),
    ),
}


def named(calendar: Calendar) -> Mapping[str, Function]:
    """The functions for one calendar. Each gives null for null and beyond its bounds (FEEL has far dates)."""

    def working_days_on(start: Value, count: Decimal | None) -> Value:
        if not isinstance(start, date) or count is None or count != int(count) or abs(count) > MAX_WORKING_DAYS:
            return None
        return within_years(lambda: calendar.add_working_days(start, int(count)))

    def count_between(start: Value, end: Value) -> Value:
        if not isinstance(start, date) or not isinstance(end, date) or abs((end - start).days) > 2 * MAX_WORKING_DAYS:
            return None
        return Decimal(calendar.count_working_days(start, end))

    def first_after(day: Value) -> Value:
        return within_years(lambda: calendar.next_working_day(day)) if isinstance(day, date) else None

    def last_before(day: Value) -> Value:
        return within_years(lambda: calendar.add_working_days(day, -1)) if isinstance(day, date) else None

    def is_working_day(day: Value) -> Value:
        return calendar.is_working_day(day) if isinstance(day, date) else None

    made = (
        Function(
            "werkdagen", ("vanaf", "aantal"), working_days_on, ("date", "number"), *MANUAL["werkdagen"], steps_of_adding
        ),
        Function(
            "aantal werkdagen", ("vanaf", "tot en met"), count_between, ("date", "date"), *MANUAL["aantal werkdagen"],
            steps_of_counting,
        ),
        Function("eerste werkdag na", ("datum",), first_after, ("date",), *MANUAL["eerste werkdag na"]),
        Function("laatste werkdag voor", ("datum",), last_before, ("date",), *MANUAL["laatste werkdag voor"]),
        Function("is werkdag", ("datum",), is_working_day, ("date",), *MANUAL["is werkdag"]),
    )
    return MappingProxyType({function.name: function for function in made})


def steps_of_adding(start: Value, count: Decimal) -> int:
    return 2 * int(min(abs(count), Decimal(MAX_WORKING_DAYS)))


def steps_of_counting(start: Value, end: Value) -> int:
    known = isinstance(start, date) and isinstance(end, date)
    return min(abs((end - start).days), 2 * MAX_WORKING_DAYS) if known else 1


def within_years(compute: Callable[[], date]) -> date | None:
    """null where the calendar ends, as FEEL does for every date that cannot exist."""
    try:
        return compute()
    except OverflowError:
        return None


functions = named(atw)
"""By the ATW. Pass `frozenset(functions)` as `names` to `feel.compile`, because most names contain spaces."""
