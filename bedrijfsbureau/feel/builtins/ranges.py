"""How points and ranges lie relative to each other (DMN 1.5, 10.3.4.9 and table 78), after Allen's interval algebra."""

import re
from collections.abc import Callable

from bedrijfsbureau.feel.builtins.conversions import read_number
from bedrijfsbureau.feel.compare import compare, equal, in_range
from bedrijfsbureau.feel.literals import parse_date, parse_date_time, parse_duration, parse_temporal, parse_time
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.tokens import unescape
from bedrijfsbureau.feel.values import Range, Value, kind

POINTS = "point1: point, point2: point"
POINT_RANGE = "point: point, range: range"
RANGE_POINT = "range: range, point: point"
RANGES = "range1: range, range2: range"
ENDPOINT = re.compile(r'(?:@(?P<at>"[^"]*")|(?P<function>date and time|date|time|duration)\(\s*(?P<text>"[^"]*")\s*\))')
RANGE_TEXT = re.compile(r"\s*([\[\](])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)

MAX_RANGE_TEXT = 200
COST = 12  # steps: several comparisons


def lower(one: Value, other: Value) -> bool:
    """Raises ValueError when there is no order."""
    answer = compare("<", one, other)
    if answer is None:
        raise ValueError("no order")
    return answer


def same(one: Value, other: Value) -> bool:
    return equal(one, other) is True


def swapped(relation: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool]:
    return lambda one, other: relation(other, one)


def before(one: Value, other: Value) -> bool:
    end, start = (one.high if isinstance(one, Range) else one), (other.low if isinstance(other, Range) else other)
    touching = (not isinstance(one, Range) or one.high_included) and (
        not isinstance(other, Range) or other.low_included
    )
    return lower(end, start) or (same(end, start) and not touching)


def meets(one: Range, other: Range) -> bool:
    return one.high_included and other.low_included and same(one.high, other.low)


def overlaps(one: Range, other: Range) -> bool:
    return not before(one, other) and not before(other, one)


def overlaps_before(one: Range, other: Range) -> bool:
    starts_first = lower(one.low, other.low) or (
        same(one.low, other.low) and one.low_included and not other.low_included
    )
    shares = lower(other.low, one.high) or meets(one, other)
    ends_first = lower(one.high, other.high) or (
        same(one.high, other.high) and (not one.high_included or other.high_included)
    )
    return starts_first and shares and ends_first


def finishes(one: Value, other: Range) -> bool:
    if not isinstance(one, Range):
        return other.high_included and same(one, other.high)
    starts_inside = lower(other.low, one.low) or (
        same(one.low, other.low) and (not one.low_included or other.low_included)
    )
    return one.high_included == other.high_included and same(one.high, other.high) and starts_inside


def starts(one: Value, other: Range) -> bool:
    if not isinstance(one, Range):
        return other.low_included and same(one, other.low)
    ends_inside = lower(one.high, other.high) or (
        same(one.high, other.high) and (not one.high_included or other.high_included)
    )
    return one.low_included == other.low_included and same(one.low, other.low) and ends_inside


def includes(one: Range, other: Value) -> bool | None:
    if not isinstance(other, Range):
        return in_range(other, one)
    starts_before = lower(one.low, other.low) or (
        same(one.low, other.low) and (one.low_included or not other.low_included)
    )
    ends_after = lower(other.high, one.high) or (
        same(one.high, other.high) and (one.high_included or not other.high_included)
    )
    return starts_before and ends_after


def coincides(one: Value, other: Value) -> bool | None:
    return equal(one, other)


builtin("before", POINTS, POINT_RANGE, RANGE_POINT, RANGES, cost=COST)(before)
builtin("after", POINTS, POINT_RANGE, RANGE_POINT, RANGES, cost=COST)(swapped(before))
builtin("meets", RANGES, cost=COST)(meets)
builtin("met by", RANGES, cost=COST)(swapped(meets))
builtin("overlaps", RANGES, cost=COST)(overlaps)
builtin("overlaps before", RANGES, cost=COST)(overlaps_before)
builtin("overlaps after", RANGES, cost=COST)(swapped(overlaps_before))
builtin("finishes", POINT_RANGE, RANGES, cost=COST)(finishes)
builtin("finished by", RANGE_POINT, RANGES, cost=COST)(swapped(finishes))
builtin("includes", RANGE_POINT, RANGES, cost=COST)(includes)
builtin("during", POINT_RANGE, RANGES, cost=COST)(lambda one, other: includes(other, one))
builtin("starts", POINT_RANGE, RANGES, cost=COST)(starts)
builtin("started by", RANGE_POINT, RANGES, cost=COST)(swapped(starts))
builtin("coincides", POINTS, RANGES, cost=COST)(coincides)


@builtin("range", "from: string", cost=COST)
def range_from_text(text: str) -> Range:
    """The text of a range whose ends are literals."""
    match = RANGE_TEXT.fullmatch(text) if len(text) <= MAX_RANGE_TEXT else None
    if not match:
        raise ValueError(text)
    opening, low_text, high_text, closing = match.groups()
    low, high = endpoint(low_text), endpoint(high_text)
    low_included, high_included = opening == "[", closing == "]"
    if (low is None and (low_included or high is None)) or (high is None and high_included):
        raise ValueError(text)
    if low is not None and high is not None and (kind(low) != kind(high) or compare(">", low, high) is not False):
        raise ValueError(text)
    return Range(low, high, low_included, high_included, low is None or high is None)


READERS: dict[str, Callable[[str], Value]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
}


def endpoint(text: str) -> Value:
    """None when left out. Raises ValueError when it is no literal."""
    if not text:
        return None
    match = ENDPOINT.fullmatch(text)
    if match:
        reader = parse_temporal if match["at"] else READERS[match["function"]]
        value = reader((match["at"] or match["text"])[1:-1])
        if value is None:
            raise ValueError(text)
        return value
    if text[0] == '"' and text[-1] == '"' and len(text) > 1:
        return unescape(text)
    return read_number(text)
