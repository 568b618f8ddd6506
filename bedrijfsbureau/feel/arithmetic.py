"""Arithmetic (DMN 1.5, 10.3.2.9, tables 56-60). Numbers are decimals of 34 digits. None: these operands have no answer.

The functions may raise ArithmeticError or ValueError when a result does not fit; the caller makes that null.
"""

import decimal
from collections.abc import Callable
from decimal import Decimal

from bedrijfsbureau.feel.dates import AnyDate, add_months, day_number, from_day_number
from bedrijfsbureau.feel.durations import NANOS_PER_DAY, DaysDuration, MonthsDuration
from bedrijfsbureau.feel.run import check_text
from bedrijfsbureau.feel.times import DateTime, Time, instant, shift, shift_time
from bedrijfsbureau.feel.values import Value

NUMBERS = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


def add(left: Value, right: Value) -> Value:
    if isinstance(left, Decimal):
        return NUMBERS.add(left, right) if isinstance(right, Decimal) else None
    if isinstance(left, str):
        return check_text(left + right) if isinstance(right, str) else None
    if isinstance(left, MonthsDuration | DaysDuration):
        if isinstance(right, MonthsDuration | DaysDuration):
            return add_durations(left, right, 1)
        return move(right, left, 1)
    return move(left, right, 1)


def subtract(left: Value, right: Value) -> Value:
    if isinstance(left, Decimal):
        return NUMBERS.subtract(left, right) if isinstance(right, Decimal) else None
    if isinstance(right, MonthsDuration | DaysDuration):
        if isinstance(left, MonthsDuration | DaysDuration):
            return add_durations(left, right, -1)
        return move(left, right, -1)
    if isinstance(left, Time) and isinstance(right, Time):
        return between_moments(left, right)
    if isinstance(left, AnyDate | DateTime) and isinstance(right, AnyDate | DateTime):
        return between_dates(left, right)
    return None


def add_durations(left: MonthsDuration | DaysDuration, right: MonthsDuration | DaysDuration, sign: int) -> Value:
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return MonthsDuration(left.months + sign * right.months)
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return DaysDuration(left.nanos + sign * right.nanos)
    return None


def move(start: Value, by: Value, sign: int) -> Value:
    """A date, time or date and time, moved by a duration. A date stays a date: the hours that do not fill a day are
    lost."""
    if isinstance(by, MonthsDuration):
        if isinstance(start, AnyDate):
            return add_months(start, sign * by.months)
        if isinstance(start, DateTime):
            return DateTime(add_months(start.day, sign * by.months), start.nanos, start.zone)
    elif isinstance(by, DaysDuration):
        if isinstance(start, AnyDate):
            return from_day_number((day_number(start) * NANOS_PER_DAY + sign * by.nanos) // NANOS_PER_DAY)
        if isinstance(start, DateTime):
            return shift(start, sign * by.nanos)
        if isinstance(start, Time):
            return shift_time(start, sign * by.nanos)
    return None


def between_dates(left: AnyDate | DateTime, right: AnyDate | DateTime) -> Value:
    """A date among date and times is its midnight, in UTC when the other has a zone."""
    if isinstance(left, DateTime) or isinstance(right, DateTime):
        zone = 0 if any(isinstance(value, DateTime) and value.zone is not None for value in (left, right)) else None
        first = left if isinstance(left, DateTime) else DateTime(left, 0, zone)
        second = right if isinstance(right, DateTime) else DateTime(right, 0, zone)
        return between_moments(first, second)
    return DaysDuration((day_number(left) - day_number(right)) * NANOS_PER_DAY)


def between_moments(left: Time | DateTime, right: Time | DateTime) -> Value:
    if (left.zone is None) != (right.zone is None):
        return None
    return DaysDuration(instant(left) - instant(right))


def multiply(left: Value, right: Value) -> Value:
    if isinstance(left, Decimal):
        if isinstance(right, Decimal):
            return NUMBERS.multiply(left, right)
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, MonthsDuration):
        return MonthsDuration(whole(NUMBERS.multiply(Decimal(left.months), right)))
    if isinstance(left, DaysDuration):
        return DaysDuration(whole(NUMBERS.multiply(Decimal(left.nanos), right)))
    return None


def divide(left: Value, right: Value) -> Value:
    if isinstance(right, Decimal):
        if right == 0:
            return None
        if isinstance(left, Decimal):
            return NUMBERS.divide(left, right)
        if isinstance(left, MonthsDuration):
            return MonthsDuration(whole(NUMBERS.divide(Decimal(left.months), right)))
        if isinstance(left, DaysDuration):
            return DaysDuration(whole(NUMBERS.divide(Decimal(left.nanos), right)))
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration) and right.months:
        return NUMBERS.divide(Decimal(left.months), Decimal(right.months))
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration) and right.nanos:
        return NUMBERS.divide(Decimal(left.nanos), Decimal(right.nanos))
    return None


def power(left: Value, right: Value) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return NUMBERS.power(left, right)
    return None


def power_cost(exponent: Value) -> int:
    """In steps: a root takes a logarithm of 34 digits, a power only multiplications."""
    return 2 if isinstance(exponent, Decimal) and exponent == exponent.to_integral_value() and exponent >= 0 else 300


def negate(value: Value) -> Value:
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanos)
    return None


def whole(number: Decimal) -> int:
    """The number without its fraction. Raises OverflowError for a number no duration can have."""
    if number.adjusted() > 40:
        raise OverflowError(str(number))
    return int(number)


OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
