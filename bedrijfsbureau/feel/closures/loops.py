"""`for`, `some` and `every`."""

from collections.abc import Iterable
from collections.abc import Iterator as Steps
from datetime import date
from decimal import Decimal

from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.dates import AnyDate, FarDate, day_number, from_day_number
from bedrijfsbureau.feel.nodes import Iterator, Loop, Quantified
from bedrijfsbureau.feel.run import Frame, Run, check_list
from bedrijfsbureau.feel.values import KINDS, Range, Value, adopt, dutch
from bedrijfsbureau.feel.walk import mentions, size

Source = tuple[str, Closure, Closure | None, int]


def sources(iterators: tuple[Iterator, ...]) -> tuple[Source, ...]:
    return tuple(
        (each.name, translate(each.source), translate(each.upper) if each.upper else None, each.start)
        for each in iterators
    )


def items_of(source: Source, frame: Frame) -> Iterable[Value] | None:
    """What an iterator walks over; None when it cannot be walked."""
    _, first, upper, position = source
    start = first(frame)
    if upper is not None:
        items = span(start, upper(frame), frame.run)
    elif type(start) is list:
        frame.run.spend(len(start))
        return start
    elif type(start) is Range:
        items = span_of_range(start, frame.run)
    else:
        items = None if start is None else [start]
    if items is None and start is not None:
        frame.run.warn(position, f"Een {dutch(start)} kan niet worden doorlopen")
    return items


def span(start: Value, end: Value, run: Run) -> list[Value] | None:
    """Whole numbers or days, up or down, both ends included."""
    if type(start) is Decimal and type(end) is Decimal:
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        run.spend(int(min(abs(end - start), Decimal(10**9))))
        return [Decimal(number) for number in steps(int(start), int(end))]
    if isinstance(start, date | FarDate) and isinstance(end, date | FarDate):
        return days_between(start, end, run)
    return None


def days_between(start: AnyDate, end: AnyDate, run: Run) -> list[Value]:
    first, last = day_number(start), day_number(end)
    run.spend(abs(last - first))
    return [from_day_number(number) for number in steps(first, last)]


def steps(start: int, end: int) -> range:
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)


def span_of_range(interval: Range, run: Run) -> list[Value] | None:
    items = span(interval.low, interval.high, run)
    if items is None:
        return None
    first = 0 if interval.low_included else 1
    return items[first : len(items) if interval.high_included else len(items) - 1]


def scopes(all_sources: tuple[Source, ...], frame: Frame) -> Steps[Frame | None]:
    """A frame for every combination; None when a source cannot be walked."""
    source, rest = all_sources[0], all_sources[1:]
    items = items_of(source, frame)
    if items is None:
        yield None
        return
    name, run = source[0], frame.run
    for item in items:
        inner = Frame({name: item if type(item) in KINDS else adopt(item)}, frame, run)
        if rest:
            run.spend(1 + len(rest))
            yield from scopes(rest, inner)
        else:
            yield inner


@translates(Loop)
def loop(node: Loop) -> Closure:
    walked, body = sources(node.iterators), translate(node.body)
    needs_partial, cost = mentions(node.body, "partial"), size(node.body)

    def repeat(frame: Frame) -> Value:
        results: list[Value] = []
        for scope in scopes(walked, frame):
            if scope is None:
                return None
            frame.run.spend(cost)
            if needs_partial:
                frame.run.spend(len(results))
                scope = Frame({"partial": list(results)}, scope, frame.run)
            results.append(body(scope))
        return check_list(results)

    return repeat


@translates(Quantified)
def quantified(node: Quantified) -> Closure:
    """`some` is settled by one true, `every` by one false; else one null makes the answer null."""
    walked, body, deciding = sources(node.iterators), translate(node.body), not node.every
    cost = size(node.body)

    def test(frame: Frame) -> Value:
        answer: bool | None = not deciding
        for scope in scopes(walked, frame):
            if scope is None:
                return None
            frame.run.spend(cost)
            result = body(scope)
            if result is deciding:
                return deciding
            if not isinstance(result, bool):
                answer = None
        return answer

    return test
