"""Equality and order (DMN 1.5, 10.3.2.3 and table 53). None means: FEEL cannot tell, the answer is null."""

from collections.abc import Callable
from decimal import Decimal

from bedrijfsbureau.feel.dates import FarDate
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.run import TEXT_BLOCK
from bedrijfsbureau.feel.times import DateTime, Time, instant
from bedrijfsbureau.feel.types import Spend, unlimited
from bedrijfsbureau.feel.values import KINDS, Range, Value, adopt, kind

ORDERED = frozenset(
    ("number", "string", "date", "time", "date and time", "days and time duration", "years and months duration")
)


def equal(left: Value, right: Value, spend: Spend = unlimited) -> bool | None:
    """`spend` is told the items compared: lists may share items, so their text can be far larger than they are."""
    if type(left) not in KINDS or type(right) not in KINDS:
        left, right = adopt(left), adopt(right)
    if left is None or right is None:
        return left is right
    left_kind, right_kind = kind(left), kind(right)
    if left_kind != right_kind:
        return None
    if left_kind == "list":
        return equal_lists(left, right, spend)
    if left_kind == "context":
        return equal_contexts(left, right, spend)
    if left_kind == "range":
        return equal_ranges(left, right, spend)
    if left_kind == "function":
        return None
    if isinstance(left, DateTime | Time):
        return equal_moments(left, right)
    if left_kind == "string":
        spend(len(left) // TEXT_BLOCK)
    return bool(left == right)


def equal_lists(left: list[Value], right: list[Value], spend: Spend) -> bool | None:
    if len(left) != len(right):
        return False
    return all_equal([(one, other) for one, other in zip(left, right, strict=True)], spend)


def equal_contexts(left: dict[str, Value], right: dict[str, Value], spend: Spend) -> bool | None:
    if left.keys() != right.keys():
        return False
    return all_equal([(left[key], right[key]) for key in left], spend)


def equal_ranges(left: Range, right: Range, spend: Spend) -> bool | None:
    left_shape = (left.low_included, left.high_included, left.unary)
    if left_shape != (right.low_included, right.high_included, right.unary):
        return False
    return all_equal([(left.low, right.low), (left.high, right.high)], spend)


def all_equal(pairs: list[tuple[Value, Value]], spend: Spend) -> bool | None:
    spend(3 * len(pairs))
    for left, right in pairs:
        answer = equal(left, right, spend)
        if answer is not True:
            return answer
    return True


def equal_moments(left: DateTime | Time, right: DateTime | Time) -> bool | None:
    """A local moment and one with a zone are never comparable. Moments count to the millisecond (DMN TCK 0068)."""
    if (left.zone is None) != (right.zone is None):
        return None
    return bool(sort_key(left) == sort_key(right))


def sort_key(value: Value) -> Value:
    """A Python value that orders as FEEL does within one kind."""
    if isinstance(value, DateTime | Time):
        return instant(value) // NANOS_PER_MILLISECOND
    return value


def comparable(left: Value, right: Value) -> bool:
    left_kind = kind(left)
    if left_kind != kind(right) or left_kind not in ORDERED:
        return False
    return not isinstance(left, DateTime | Time) or (left.zone is None) == (right.zone is None)


def compare(operator: str, left: Value, right: Value) -> bool | None:
    """`operator` is one of < <= > >=; null when the values have no order between them."""
    if type(left) not in KINDS or type(right) not in KINDS:
        left, right = adopt(left), adopt(right)
    if not comparable(left, right):
        return None
    left, right = sort_key(left), sort_key(right)
    if isinstance(left, FarDate) != isinstance(right, FarDate):
        left, right = (left.year, left.month, left.day), (right.year, right.month, right.day)
    return ORDER[operator](left, right)


ORDER: dict[str, Callable[[Value, Value], bool]] = {
    "<": lambda left, right: bool(left < right),
    "<=": lambda left, right: bool(left <= right),
    ">": lambda left, right: bool(left > right),
    ">=": lambda left, right: bool(left >= right),
}
NANOS_PER_MILLISECOND = 1_000_000
PLAIN = frozenset((Decimal, str, DaysDuration, MonthsDuration))  # Python orders these as FEEL does


def in_range(value: Value, interval: Range) -> bool | None:
    if not interval.unary and (interval.low is None or interval.high is None):
        return None
    answer: bool | None = True
    if interval.low is not None:
        answer = compare(">=" if interval.low_included else ">", value, interval.low)
    if interval.high is not None and answer is not False:
        below = compare("<=" if interval.high_included else "<", value, interval.high)
        answer = below if below is not True else answer
    return answer


def matches(value: Value, test: Value, spend: Spend = unlimited) -> bool | None:
    """Whether a value satisfies the value of a unary test: it lies in the range, is in the list, or is equal."""
    if isinstance(test, Range):
        return None if value is None else in_range(value, test)
    if isinstance(test, list):
        if isinstance(value, list) and equal(value, test, spend) is True:
            return True
        spend(3 * len(test))
        return any(matches(value, item, spend) is True for item in test)
    return equal(value, test, spend)
