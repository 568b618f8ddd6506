"""Functions on numbers (DMN 1.5, 10.3.4.5) and the boolean function not."""

import decimal
from decimal import Decimal

from bedrijfsbureau.feel.arithmetic import NUMBERS
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import Run
from bedrijfsbureau.feel.values import Value

WIDE = decimal.Context(prec=12_500, Emin=-99_999, Emax=99_999)  # exact for any two numbers FEEL can hold
DIGITS = 100  # of such a long number that cost one step
ROUNDINGS = {
    "decimal": decimal.ROUND_HALF_EVEN,
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


def declare_rounding(name: str, rounding: str) -> None:
    optional = "?" if name in ("floor", "ceiling") else ""

    @builtin(name, f"n: number, scale: integer{optional}", cost=10)
    def rounded(number: Decimal, scale: int = 0) -> Decimal:
        """`scale` digits after the point; negative scales round to tens, hundreds, and so on."""
        if not -6111 <= scale <= 6176:
            raise ValueError("no such scale")
        if scale >= -int(number.as_tuple().exponent):
            return number
        return number.quantize(Decimal(1).scaleb(-scale, WIDE), rounding=rounding, context=WIDE)


for function_name, function_rounding in ROUNDINGS.items():
    declare_rounding(function_name, function_rounding)


@builtin("not", "negand: any|null")
def negate(value: Value) -> bool | None:
    return None if not isinstance(value, bool) else not value


@builtin("abs", "n: number")
def absolute(number: Decimal) -> Decimal:
    return abs(number)


@builtin("abs", "n: duration")
def absolute_duration(value: MonthsDuration | DaysDuration) -> MonthsDuration | DaysDuration:
    return MonthsDuration(abs(value.months)) if isinstance(value, MonthsDuration) else DaysDuration(abs(value.nanos))


@builtin("modulo", "dividend: number, divisor: number", wants_run=True)
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """The sign is that of the divisor: dividend - divisor * floor(dividend / divisor), exactly."""
    if divisor == 0:
        raise ValueError("division by zero")
    run.spend(abs(dividend.adjusted() - divisor.adjusted()) // DIGITS)
    rest = WIDE.remainder(dividend, divisor)
    if rest != 0 and (rest < 0) != (divisor < 0):
        rest = WIDE.add(rest, divisor)
    return NUMBERS.plus(rest)


@builtin("sqrt", "number: number", cost=10)
def square_root(number: Decimal) -> Decimal:
    return NUMBERS.sqrt(number)


@builtin("log", "number: number", cost=150)
def logarithm(number: Decimal) -> Decimal:
    if number <= 0:
        raise ValueError("no logarithm")
    return NUMBERS.ln(number)


@builtin("exp", "number: number", cost=100)
def exponential(number: Decimal) -> Decimal:
    return NUMBERS.exp(number)


@builtin("odd", "number: number", wants_run=True)
def odd(run: Run, number: Decimal) -> bool:
    return WIDE.remainder(integral(number, run), Decimal(2)) != 0


@builtin("even", "number: number", wants_run=True)
def even(run: Run, number: Decimal) -> bool:
    return WIDE.remainder(integral(number, run), Decimal(2)) == 0


def integral(number: Decimal, run: Run) -> Decimal:
    run.spend(abs(number.adjusted()) // DIGITS)
    if number != number.to_integral_value():
        raise ValueError("not a whole number")
    return number
