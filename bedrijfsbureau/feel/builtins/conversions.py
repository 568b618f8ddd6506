"""Making one kind of value from another (DMN 1.5, 10.3.4.1)."""

import re
from decimal import Decimal

from bedrijfsbureau.feel.arithmetic import NUMBERS, whole
from bedrijfsbureau.feel.dates import AnyDate, make_date, months_between
from bedrijfsbureau.feel.durations import NANOS, DaysDuration, MonthsDuration
from bedrijfsbureau.feel.literals import Duration, parse_date, parse_date_time, parse_duration, parse_time
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import Run, check_text
from bedrijfsbureau.feel.text import show_in
from bedrijfsbureau.feel.times import DateTime, Time
from bedrijfsbureau.feel.values import Value

NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def found(value: Value) -> Value:
    """Raises ValueError when a text could not be read."""
    if value is None:
        raise ValueError("unreadable")
    return value


@builtin("date", "from: string")
def date_from_text(text: str) -> Value:
    return found(parse_date(text))


@builtin("date", "from: day")
def date_from_day(value: AnyDate | DateTime) -> AnyDate:
    return value.day if isinstance(value, DateTime) else value


@builtin("date", "year: integer, month: integer, day: integer")
def date_from_parts(year: int, month: int, day: int) -> AnyDate:
    return make_date(year, month, day)


@builtin("date and time", "from: string")
def date_time_from_text(text: str) -> Value:
    return found(parse_date_time(text))


@builtin("date and time", "from: day")
def date_time_from_day(value: AnyDate | DateTime) -> DateTime:
    return value if isinstance(value, DateTime) else DateTime(value, 0)


@builtin("date and time", "date: day, time: time")
def date_time_from_parts(value: AnyDate | DateTime, time: Time) -> DateTime:
    return DateTime(date_from_day(value), time.nanos, time.zone)


@builtin("date and time", "date: day, timezone: string")
def date_time_in_zone(value: AnyDate | DateTime, timezone: str) -> Value:
    start = date_time_from_day(value)
    zone = found(parse_time(f"00:00:00@{timezone}")).zone
    return DateTime(start.day, start.nanos, zone)


@builtin("time", "from: string")
def time_from_text(text: str) -> Value:
    return found(parse_time(text))


@builtin("time", "from: moment")
def time_from_moment(value: AnyDate | DateTime | Time) -> Time:
    """The time of a date is midnight UTC."""
    if isinstance(value, Time):
        return value
    return Time(value.nanos, value.zone) if isinstance(value, DateTime) else Time(0, 0)


@builtin("time", "hour: integer, minute: integer, second: number, offset: days|null?")
def time_from_parts(hour: int, minute: int, second: Decimal, offset: DaysDuration | None = None) -> Time:
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        raise ValueError("no such time")
    nanos = (hour * 3600 + minute * 60) * NANOS + whole(second * NANOS)
    if offset is None:
        return Time(nanos)
    seconds = offset.nanos // NANOS
    if abs(seconds) > 14 * 3600:
        raise ValueError("no such offset")
    return Time(nanos, seconds)


def read_number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    number: Decimal = NUMBERS.create_decimal(text)
    return number


@builtin("number", "from: string")
def number_from_text(text: str) -> Decimal:
    return read_number(text)


@builtin("number", "from: string, grouping separator: string|null, decimal separator: string|null")
def number_with_separators(text: str, grouping: str | None, decimal: str | None) -> Decimal:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping and grouping == decimal):
        raise ValueError("no such separators")
    if grouping:
        text = text.replace(grouping, "")
    if decimal and decimal != ".":
        if "." in text:
            raise ValueError(text)
        text = text.replace(decimal, ".")
    return read_number(text)


@builtin("string", "from: any", wants_run=True)
def string(run: Run, value: Value) -> str | None:
    text = show_in(value, run.spend)
    return None if text is None else check_text(text)


@builtin("duration", "from: string")
def duration(text: str) -> Value:
    return found(parse_duration(text))


@builtin("duration", "from: duration")
def duration_itself(value: Duration) -> Duration:
    return value


@builtin("years and months duration", "from: day, to: day")
def months_duration(start: AnyDate | DateTime, end: AnyDate | DateTime) -> MonthsDuration:
    """Whole months; the time of day does not count."""
    return MonthsDuration(months_between(date_from_day(start), date_from_day(end)))
