"""Functions that give a list (DMN 1.5, 10.3.4.4). None changes the list it is given."""

from decimal import Decimal
from functools import cmp_to_key

from bedrijfsbureau.feel.closures.calls import apply
from bedrijfsbureau.feel.compare import PLAIN, compare, equal
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import Run, check_list
from bedrijfsbureau.feel.values import Function, Value


def index_of_position(items: list[Value], position: int, beyond: int = 0) -> int:
    """Python's index for a position from 1, or from the end with -1. Raises ValueError outside the list."""
    if position == 0 or position > len(items) + beyond or position < -len(items):
        raise ValueError("no such position")
    return position - 1 if position > 0 else len(items) + position


@builtin("sublist", "list: list, start position: integer, length: integer?")
def sublist(items: list[Value], start: int, length: int | None = None) -> list[Value]:
    first = index_of_position(items, start)
    if length is None:
        return items[first:]
    if length < 0 or first + length > len(items):
        raise ValueError("too long")
    return items[first : first + length]


@builtin("append", "list: list, item: any|null...")
def append(items: list[Value], added: list[Value]) -> list[Value]:
    return check_list(items + added)


@builtin("concatenate", "list: list...")
def concatenate(lists: list[list[Value]]) -> list[Value]:
    return check_list([item for items in lists for item in items])


@builtin("insert before", "list: list, position: integer, newItem: any|null")
def insert_before(items: list[Value], position: int, added: Value) -> list[Value]:
    index = index_of_position(items, position)
    return [*items[:index], added, *items[index:]]


@builtin("remove", "list: list, position: integer")
def remove(items: list[Value], position: int) -> list[Value]:
    index = index_of_position(items, position)
    return items[:index] + items[index + 1 :]


@builtin("list replace", "list: list, position: integer, newItem: any|null")
def list_replace(items: list[Value], position: int, added: Value) -> list[Value]:
    index = index_of_position(items, position)
    return [*items[:index], added, *items[index + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any|null", wants_run=True)
def list_replace_matching(run: Run, items: list[Value], match: Function, added: Value) -> list[Value]:
    replaced: list[Value] = []
    for item in items:
        answer = apply(run, match, [item, added], 0)
        if not isinstance(answer, bool):
            raise ValueError("no boolean")
        replaced.append(added if answer else item)
    return replaced


@builtin("reverse", "list: list")
def reverse(items: list[Value]) -> list[Value]:
    return items[::-1]


@builtin("index of", "list: list, match: any|null", wants_run=True)
def index_of(run: Run, items: list[Value], match: Value) -> list[Value]:
    run.spend(2 * len(items))
    from_one = enumerate(items, start=1)
    return [Decimal(position) for position, item in from_one if equal(item, match, run.spend) is True]


@builtin("distinct values", "list: list", wants_run=True)
def distinct_values(run: Run, items: list[Value]) -> list[Value]:
    seen: set[tuple[type, Value]] = set()
    others: list[Value] = []  # no more than these can equal an item that is not plain
    kept: list[Value] = []
    for item in items:
        if type(item) in PLAIN:
            known = (type(item), item) in seen
            seen.add((type(item), item))
        else:
            run.spend(2 * len(others))
            known = any(equal(item, other, run.spend) is True for other in others)
            if not known:
                others.append(item)
        if not known:
            kept.append(item)
    return kept


@builtin("union", "list: list...", wants_run=True)
def union(run: Run, lists: list[list[Value]]) -> list[Value]:
    return distinct_values(run, concatenate(lists))  # type: ignore[no-any-return]


@builtin("flatten", "list: list", wants_run=True)
def flatten(run: Run, items: list[Value]) -> list[Value]:
    flat: list[Value] = []
    flatten_into(flat, items, run)
    return flat


def flatten_into(flat: list[Value], items: list[Value], run: Run) -> None:
    run.spend(len(items))
    for item in items:
        if isinstance(item, list):
            flatten_into(flat, item, run)
        else:
            flat.append(item)


@builtin("sort", "list: list, precedes: function?", wants_run=True)
def sort(run: Run, items: list[Value], precedes: Function | None = None) -> list[Value]:
    """Stable. Without a function: from low to high, all of one kind."""
    if precedes is None and len({type(item) for item in items}) == 1 and type(items[0]) in PLAIN:
        return sorted(items)

    def order(left: Value, right: Value) -> int:
        run.spend(8)
        if precedes is None:
            before = compare("<", left, right)
            if before is None:
                raise ValueError("no order")
            return -1 if before else int(bool(compare(">", left, right)))
        if apply(run, precedes, [left, right], 0) is True:
            return -1
        return 1 if apply(run, precedes, [right, left], 0) is True else 0

    return sorted(items, key=cmp_to_key(order))
