"""The values of FEEL and how a Python value becomes one.

null None | boolean bool | number Decimal | string str | date datetime.date, FarDate | time Time | date and time
DateTime | durations MonthsDuration, DaysDuration | list | context dict | range Range | function Function. Nothing else
is ever reachable from an expression: whatever Python object is offered, `adopt` turns it into one of these, or null.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from bedrijfsbureau.feel.dates import FarDate
from bedrijfsbureau.feel.durations import NANOS, DaysDuration, MonthsDuration
from bedrijfsbureau.feel.times import DateTime, Time

Value: TypeAlias = Any  # one of the types above; a closed set at run time


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. `unary`: written as `(< 5)`, so that a missing end (None) means: without bound. In any other range
    an end that is null makes membership unknown."""

    low: Value
    high: Value
    low_included: bool = True
    high_included: bool = True
    unary: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function an expression can call with FEEL values, positional or by parameter name.

    `types` holds a FEEL type per parameter ("date", "number", ...; "Any" or absent: no check). An argument of another
    type gives null and a warning, as for a built-in function. `result` is the FEEL type it gives, `manual` says in
    English what it does, and `examples` are calls with the text of their value. `cost` tells from the values how many
    steps (of at most a microsecond) a call may take; without it a call counts as short.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., Value]
    types: tuple[str, ...] = ()
    result: str = "Any"
    manual: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    cost: Callable[..., int] | None = None


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime.date: "date",
    FarDate: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}
DUTCH = {
    "null": "leeg",
    "boolean": "ja/nee",
    "number": "getal",
    "string": "tekst",
    "date": "datum",
    "time": "tijd",
    "date and time": "datum en tijd",
    "days and time duration": "duur in dagen en tijd",
    "years and months duration": "duur in jaren en maanden",
    "list": "lijst",
    "context": "context",
    "range": "bereik",
    "function": "functie",
}


MAX_BITS = 20_000  # of a whole number of Python: 6000 digits


def kind(value: Value) -> str:
    return KINDS.get(type(value), "null")


def dutch(value: Value) -> str:
    return DUTCH[kind(value)]


def adopt(value: object) -> Value:
    """The FEEL value of any Python value; what FEEL does not know becomes null."""
    if type(value) in KINDS:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return Decimal(int(value)) if int(value).bit_length() < MAX_BITS else None
    if isinstance(value, float | Decimal):
        number = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
        return number if number.is_finite() else None
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return adopt_temporal(value)
    if isinstance(value, Mapping):
        return {str(key): adopt(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [adopt(item) for item in (value if isinstance(value, list | tuple) else sorted(value, key=repr))]
    return None


def adopt_temporal(value: datetime.date | datetime.time | datetime.timedelta) -> Value:
    if isinstance(value, datetime.timedelta):
        return DaysDuration((value // datetime.timedelta(microseconds=1)) * 1000)
    if isinstance(value, datetime.datetime):
        day = datetime.date(value.year, value.month, value.day)
        return DateTime(day, clock(value.time()), adopt_zone(value))
    if isinstance(value, datetime.time):
        return Time(clock(value), adopt_zone(value))
    return datetime.date(value.year, value.month, value.day)


def clock(value: datetime.time) -> int:
    return (value.hour * 3600 + value.minute * 60 + value.second) * NANOS + value.microsecond * 1000


def adopt_zone(value: datetime.datetime | datetime.time) -> int | str | None:
    name = getattr(value.tzinfo, "key", None)
    if isinstance(name, str):
        return name
    offset = value.utcoffset()
    return None if offset is None else int(offset.total_seconds())
