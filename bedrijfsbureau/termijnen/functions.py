"""Functions about working days that FEEL expressions may call. The names are Dutch: process owners write them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bedrijfsbureau.feel import Function, Value
from bedrijfsbureau.termijnen.calendar import Calendar, atw

MAX_WORKING_DAYS = 5000
"""About twenty years: more is a mistake, and would take long to count."""


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
        Function("werkdagen", ("vanaf", "aantal"), working_days_on, ("date", "number")),
        Function("aantal werkdagen", ("vanaf", "tot en met"), count_between, ("date", "date")),
        Function("eerste werkdag na", ("datum",), first_after, ("date",)),
        Function("laatste werkdag voor", ("datum",), last_before, ("date",)),
        Function("is werkdag", ("datum",), is_working_day, ("date",)),
    )
    return MappingProxyType({function.name: function for function in made})


def within_years(compute: Callable[[], date]) -> date | None:
    """null where the calendar ends, as FEEL does for every date that cannot exist."""
    try:
        return compute()
    except OverflowError:
        return None


functions = named(atw)
"""By the ATW. Pass `frozenset(functions)` as `names` to `feel.compile`, because most names contain spaces."""
