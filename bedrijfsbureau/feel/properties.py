"""The parts of dates, times, durations and ranges (DMN 1.5, table 65)."""

from collections.abc import Callable
from datetime import date

from bedrijfsbureau.feel.dates import AnyDate, FarDate, weekday
from bedrijfsbureau.feel.durations import NANOS, DaysDuration, MonthsDuration
from bedrijfsbureau.feel.times import DateTime, Time, offset_of
from bedrijfsbureau.feel.values import Range, Value


def zone_offset(value: Time | DateTime) -> DaysDuration | None:
    seconds = offset_of(value)
    return None if seconds is None else DaysDuration(seconds * NANOS)


def zone_name(value: Time | DateTime) -> str | None:
    return value.zone if isinstance(value.zone, str) else None


def months_part(duration: MonthsDuration, years: bool) -> int:
    sign = -1 if duration.months < 0 else 1
    return sign * (abs(duration.months) // 12 if years else abs(duration.months) % 12)


def days_part(duration: DaysDuration, index: int) -> int:
    parts = duration.parts()
    return parts[0] * parts[index]


DATE_PARTS: dict[str, Callable[[AnyDate], Value]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "weekday": weekday,
}
CLOCK_PARTS: dict[str, Callable[[Value], Value]] = {
    "hour": lambda value: value.nanos // NANOS // 3600,
    "minute": lambda value: value.nanos // NANOS // 60 % 60,
    "second": lambda value: value.nanos // NANOS % 60,
    "time offset": zone_offset,
    "timezone": zone_name,
}
RANGE_PARTS: dict[str, Callable[[Range], Value]] = {
    "start": lambda value: value.low,
    "end": lambda value: value.high,
    "start included": lambda value: value.low_included,
    "end included": lambda value: value.high_included,
}


def on_day(part: Callable[[AnyDate], Value]) -> Callable[[DateTime], Value]:
    return lambda value: part(value.day)


PROPERTIES: dict[tuple[type, str], Callable[[Value], Value]] = {
    **{(kind, key): part for kind in (date, FarDate) for key, part in DATE_PARTS.items()},
    **{(DateTime, key): on_day(part) for key, part in DATE_PARTS.items()},
    **{(kind, key): part for kind in (Time, DateTime) for key, part in CLOCK_PARTS.items()},
    **{(Range, key): part for key, part in RANGE_PARTS.items()},
    (MonthsDuration, "years"): lambda value: months_part(value, True),
    (MonthsDuration, "months"): lambda value: months_part(value, False),
    (DaysDuration, "days"): lambda value: days_part(value, 1),
    (DaysDuration, "hours"): lambda value: days_part(value, 2),
    (DaysDuration, "minutes"): lambda value: days_part(value, 3),
    (DaysDuration, "seconds"): lambda value: days_part(value, 4),
}
