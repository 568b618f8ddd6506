"""What an expression reads, from its syntax tree alone."""

from collections.abc import Iterator as Walk
from collections.abc import Mapping
from itertools import islice

from bedrijfsbureau.feel.errors import FeelLimitError
from bedrijfsbureau.feel.nodes import (
    Call,
    ContextLiteral,
    Filter,
    FunctionLiteral,
    Iterator,
    Loop,
    Membership,
    Name,
    Node,
    Path,
    Quantified,
)
from bedrijfsbureau.feel.walk import children

MAX_PATHS = 5_000
Keys = tuple[str, ...]
Bound = Mapping[str, Keys | None]  # names of the expression itself; with the path of the list they walk over, if any


def bounded_paths(node: Node, bound: Bound | None = None) -> frozenset[Keys]:
    """Every path from the outermost context. Raises FeelLimitError when filters inside filters make them too many."""
    found = list(islice(paths_read(node, bound or {}), MAX_PATHS + 1))
    if len(found) > MAX_PATHS:
        raise FeelLimitError(f"meer dan {MAX_PATHS} gegevens die misschien gelezen worden")
    return frozenset(found)


def paths_read(node: Node, bound: Bound) -> Walk[Keys]:
    """Every path from the outermost context; of `every d in documenten satisfies d.kopie` also ("documenten",
    "kopie")."""
    path = path_of(node, bound)
    if path is not None:
        yield path
        if not isinstance(node, Name | Path):
            yield from paths_read_inside(node, bound)
        elif base_filter(node) is not None:
            yield from paths_read(base_filter(node) or node, bound)
    else:
        yield from paths_read_inside(node, bound)


def path_of(node: Node, bound: Bound) -> Keys | None:
    """The path of a name, of parts of it, and of the items kept by a filter on it."""
    if isinstance(node, Name):
        return bound.get(node.name, (node.name,))
    if isinstance(node, Path):
        source = path_of(node.source, bound)
        return None if source is None else (*source, node.key)
    return path_of(node.source, bound) if isinstance(node, Filter) else None


def base_filter(node: Node) -> Filter | None:
    while isinstance(node, Path):
        node = node.source
    return node if isinstance(node, Filter) else None


def paths_read_inside(node: Node, bound: Bound) -> Walk[Keys]:
    if isinstance(node, Filter):
        yield from paths_read(node.source, bound)
        yield from paths_of_condition(node, bound)
    elif isinstance(node, Loop | Quantified):
        yield from paths_of_loop(node, bound)
    elif isinstance(node, ContextLiteral):
        for entry in node.entries:
            yield from paths_read(entry.value, bound)
            bound = {**bound, entry.key: None}
    elif isinstance(node, FunctionLiteral):
        yield from paths_read(node.body, {**bound, **{parameter.name: None for parameter in node.parameters}})
    elif isinstance(node, Membership):
        yield from paths_read(node.value, bound)
        for test in node.tests:
            yield from paths_read(test, {**bound, "?": None})
    elif not isinstance(node, Name):
        for child in children(node):
            if not (isinstance(node, Call) and child is node.function and isinstance(child, Name)):
                yield from paths_read(child, bound)


def paths_of_condition(node: Filter, bound: Bound) -> Walk[Keys]:
    """A bare name may be a part of the item or a name outside; both are given."""
    source = path_of(node.source, bound)
    for path in paths_read(node.condition, {**bound, "item": source}):
        yield path
        if source is not None and path[: len(source)] != source:
            yield (*source, *path)


def paths_of_loop(node: Loop | Quantified, bound: Bound) -> Walk[Keys]:
    for iterator in node.iterators:
        yield from paths_of_iterator(iterator, bound)
        bound = {**bound, iterator.name: path_of(iterator.source, bound)}
    yield from paths_read(node.body, {**bound, "partial": None})


def paths_of_iterator(iterator: Iterator, bound: Bound) -> Walk[Keys]:
    yield from paths_read(iterator.source, bound)
    if iterator.upper is not None:
        yield from paths_read(iterator.upper, bound)
