"""Cutting the values of one input into pieces at given points, and a value out of every piece."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from bedrijfsbureau.dmn.analysis.points import Unknown
from bedrijfsbureau.feel import DateTime, DaysDuration, MonthsDuration, Time, Value
from bedrijfsbureau.feel.compare import compare, equal
from bedrijfsbureau.feel.dates import FarDate, day_number, from_day_number
from bedrijfsbureau.feel.durations import NANOS, NANOS_PER_DAY
from bedrijfsbureau.feel.times import instant, shift
from bedrijfsbureau.feel.values import KINDS, kind

SOME_DAY = date(2026, 1, 1)
ANY: dict[str, Value] = {  # of a kind that no test has a point in
    "number": Decimal(0),
    "date": SOME_DAY,
    "date and time": DateTime(SOME_DAY, 0, None),
    "time": Time(12 * 3600 * NANOS, None),
    "days and time duration": DaysDuration(NANOS_PER_DAY),
    "years and months duration": MonthsDuration(12),
}
SIMPLE = frozenset(("boolean", "string", *ANY))


def samples(points: list[Value], declared: str | None, is_ordered: bool) -> list[Value]:
    """One value out of every piece but null. Of the kinds only the declared one counts, or when there is none, those of
    the points. `is_ordered`: whether texts are compared by order.

    Raises Unknown when the values can't be put in order."""
    found: list[Value] = []
    kinds = [declared] if declared in SIMPLE else sorted({kind(point) for point in points if point is not None})
    if declared is not None and declared not in SIMPLE and declared != "Any":
        raise Unknown
    for each in kinds or ["string"]:
        found.extend(of_kind(each, [point for point in points if kind(point) == each], is_ordered))
    return found


def of_kind(name: str, points: list[Value], is_ordered: bool) -> list[Value]:
    if name == "boolean":
        return [True, False]
    if name == "string" and not is_ordered:
        texts = list(dict.fromkeys(points))
        return [*texts, another(texts)]
    if not points and name != "string":
        return [ANY[name]]
    ordered = in_order(points)
    if name == "string":
        return list(texts_between(ordered))
    if name not in NEIGHBOURS:
        raise Unknown
    before, between, after = NEIGHBOURS[name]
    middle = (value for low, high in pairwise(ordered) for value in (low, *between(low, high)))
    return [*before(ordered[0]), *middle, ordered[-1], *after(ordered[-1])]


def another(texts: list[str]) -> str:
    found = "iets anders"
    while found in texts:
        found += "!"
    return found


def in_order(points: list[Value]) -> list[Value]:
    """Each value once. Raises Unknown when two have no order, such as a time with a zone and one without."""
    ordered: list[Value] = []
    for point in sorted(points, key=order_key):
        if not ordered or equal(ordered[-1], point) is not True:
            if ordered and compare("<", ordered[-1], point) is not True:
                raise Unknown
            ordered.append(point)
    return ordered


def order_key(value: Value) -> Value:
    if type(value) not in KINDS:
        raise Unknown
    if isinstance(value, date | FarDate):
        return day_number(value)
    return instant(value) if isinstance(value, Time | DateTime) else value


def texts_between(ordered: list[str]) -> Iterator[str]:
    """The first text after `a` in order is `a` and a zero character; nicer ones lie between them as a rule."""
    if not ordered or ordered[0] != "":
        yield ""
    for index, text in enumerate(ordered):
        yield text
        above = (text + tail for tail in ("a", " ", "\0"))
        yield from [each for each in above if index + 1 == len(ordered) or each < ordered[index + 1]][:1]


MILLISECOND = NANOS // 1000
Neighbour = Callable[[Value], list[Value]]
Between = Callable[[Value, Value], list[Value]]
Neighbours = tuple[Neighbour, Between, Neighbour]  # values before the first point, between two, after the last


def counted(number: Callable[[Value], int], value: Callable[[int], Value], step: int) -> Neighbours:
    """Of values that count in whole numbers: one `step` before, between (if there is room), one `step` after."""

    def between(low: Value, high: Value) -> list[Value]:
        first, last = number(low), number(high)
        return [value(first + min(step, (last - first) // 2))] if last - first > 1 else []

    return lambda low: [value(number(low) - step)], between, lambda high: [value(number(high) + step)]


def moment_between(low: Value, high: Value) -> list[Value]:
    distance = instant(high) - instant(low)
    return [shift(low, distance // 2)] if distance > MILLISECOND else []


def time_between(low: Value, high: Value) -> list[Value]:
    distance = instant(high) - instant(low)
    return [Time((low.nanos + distance // 2) % NANOS_PER_DAY, low.zone)] if distance > MILLISECOND else []


NEIGHBOURS: dict[str, Neighbours] = {
    "number": (lambda first: [first - 1], lambda low, high: [(low + high) / 2], lambda last: [last + 1]),
    "date": counted(day_number, from_day_number, 1),
    "date and time": (
        lambda first: [shift(first, -NANOS_PER_DAY)],
        moment_between,
        lambda last: [shift(last, NANOS_PER_DAY)],
    ),
    "time": (
        lambda first: [Time(0, first.zone)] if first.nanos else [],
        time_between,
        lambda last: [Time(NANOS_PER_DAY - NANOS, last.zone)] if last.nanos < NANOS_PER_DAY - NANOS else [],
    ),
    "days and time duration": counted(lambda value: int(value.nanos), DaysDuration, NANOS_PER_DAY),
    "years and months duration": counted(lambda value: int(value.months), MonthsDuration, 1),
}
