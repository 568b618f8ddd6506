"""Functions that reduce a list to one value. Each takes a list or the values themselves."""

from collections.abc import Callable
from decimal import Decimal

from bedrijfsbureau.feel.arithmetic import NUMBERS, add
from bedrijfsbureau.feel.compare import compare, equal
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import Run
from bedrijfsbureau.feel.values import Value

Reduce = Callable[[list[Value]], Value]


def aggregate(name: str) -> Callable[[Reduce], Reduce]:
    """Declare a function of one list, or of two or more values."""

    def register(reduce: Reduce) -> Reduce:
        builtin(name, "list: list")(reduce)
        builtin(name, "c1: any|null, c2: any|null...")(lambda first, rest: reduce([first, *rest]))
        return reduce

    return register


@aggregate("count")
def count(items: list[Value]) -> int:
    return len(items)


def extreme(operator: str) -> Reduce:
    def choose(items: list[Value]) -> Value:
        """null for an empty list, or when two items have no order."""
        best = items[0] if items else None
        for item in items[1:]:
            answer = compare(operator, item, best)
            if answer is None:
                raise ValueError("no order")
            best = item if answer else best
        return best if compare("<=", best, best) else None

    return choose


aggregate("min")(extreme("<"))
aggregate("max")(extreme(">"))


def numbers(items: list[Value]) -> list[Decimal]:
    if not items or not all(type(item) is Decimal for item in items):
        raise ValueError("not all numbers")
    return items


@aggregate("sum")
def total(items: list[Value]) -> Value:
    """Of numbers, or of durations of one kind; null for an empty list."""
    if not items:
        return None
    result = items[0] if compare("<", items[0], items[0]) is not None and type(items[0]) is not str else None
    for item in items[1:]:
        result = add(result, item)
    if result is None or type(result) is not type(items[0]):
        raise ValueError("no sum")
    return result


@aggregate("mean")
def mean(items: list[Value]) -> Decimal:
    values = numbers(items)
    return NUMBERS.divide(sum_of(values), Decimal(len(values)))


def sum_of(values: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for value in values:
        result = NUMBERS.add(result, value)
    return result


@aggregate("product")
def product(items: list[Value]) -> Decimal:
    result = Decimal(1)
    for value in numbers(items):
        result = NUMBERS.multiply(result, value)
    return result


@aggregate("median")
def median(items: list[Value]) -> Decimal | None:
    if not items:
        return None
    values = sorted(numbers(items))
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return NUMBERS.divide(NUMBERS.add(values[middle - 1], values[middle]), Decimal(2))


@aggregate("stddev")
def standard_deviation(items: list[Value]) -> Decimal | None:
    """Of a sample: the divisor is one less than the number of items."""
    if len(items) < 2:
        return None
    average = mean(items)
    squares = [NUMBERS.power(NUMBERS.subtract(value, average), Decimal(2)) for value in numbers(items)]
    return NUMBERS.sqrt(NUMBERS.divide(sum_of(squares), Decimal(len(squares) - 1)))


@aggregate("mode")
def mode(items: list[Value]) -> list[Value]:
    """The values that occur most, from low to high."""
    if not items:
        return []
    counts: dict[Decimal, int] = {}
    for value in numbers(items):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values())
    return sorted(value for value, times in counts.items() if times == most)


def settled(items: list[Value], deciding: bool) -> bool | None:
    if any(item is deciding for item in items):
        return deciding
    return (not deciding) if all(item is (not deciding) for item in items) else None


@aggregate("all")
def every(items: list[Value]) -> bool | None:
    return settled(items, False)


@aggregate("any")
def some(items: list[Value]) -> bool | None:
    return settled(items, True)


@builtin("list contains", "list: list, element: any|null", wants_run=True)
def list_contains(run: Run, items: list[Value], element: Value) -> bool:
    if type(element) is str:
        return element in items
    return any(equal(item, element, run.spend) is True for item in items)
