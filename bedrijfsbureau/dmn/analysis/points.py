"""The constants in a test, between and at which its answer can change; or that the test has no such constants."""

from collections.abc import Iterator

from bedrijfsbureau.feel import Range, UnaryTests, Value
from bedrijfsbureau.feel.closures import translate
from bedrijfsbureau.feel.nodes import (
    Between,
    Call,
    Comparison,
    Conjunction,
    Disjunction,
    FunctionLiteral,
    Membership,
    Name,
    Node,
    OperatorTest,
    RangeLiteral,
)
from bedrijfsbureau.feel.reads import paths_read
from bedrijfsbureau.feel.registry import BUILTINS
from bedrijfsbureau.feel.run import Frame, Run
from bedrijfsbureau.feel.values import Function
from bedrijfsbureau.feel.walk import children

ORDER = frozenset(("<", "<=", ">", ">="))


class Unknown(Exception):  # no error: an answer
    """The answer of the test can't be told from constants alone."""


def points(test: UnaryTests) -> list[Value]:
    """Raises Unknown, and FeelLimitError."""
    return [point for node in test.tests for point in points_of(node)]


def points_of(node: Node) -> Iterator[Value]:
    if isinstance(node, OperatorTest):
        yield from points_of(node.endpoint)
    elif isinstance(node, Comparison | Between | Membership) and about_input(node):
        for part in children(node):
            if not is_input(part):
                yield from points_of(part)
    elif isinstance(node, Conjunction | Disjunction) or is_negation(node):
        for part in children(node):
            if not isinstance(part, Name):
                yield from points_of(part)
    elif isinstance(node, RangeLiteral):
        yield from points_of(node.low)
        yield from points_of(node.high)
    else:
        yield from points_in(constant(node))


def is_ordering(test: UnaryTests) -> bool:
    """Whether the answer depends on what is more and what is less."""
    return any(
        isinstance(node, RangeLiteral | Between)
        or (isinstance(node, OperatorTest | Comparison) and node.operator in ORDER)
        or (isinstance(node, Name) and node.name == "range")
        for part in test.tests
        for node in walk(part)
    )


def about_input(node: Comparison | Between | Membership) -> bool:
    """A comparison of the input itself, not of something made from it."""
    return is_input(node.left) or is_input(node.right) if isinstance(node, Comparison) else is_input(node.value)


def is_input(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "?"


def is_negation(node: Node) -> bool:
    return isinstance(node, Call) and isinstance(node.function, Name) and node.function.name == "not"


def constant(node: Node) -> Value:
    """The value of an expression that needs no data. Raises Unknown."""
    if any(True for _ in paths_read(node, {})) or not all(map(is_fixed, walk(node))):
        raise Unknown
    return translate(node)(Frame({}, None, Run({}, None)))


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from walk(child)


def is_fixed(node: Node) -> bool:
    """Not a call of what is no built-in function, or of one that reads the clock."""
    if isinstance(node, Call):
        name = node.function.name if isinstance(node.function, Name) else ""
        return name in BUILTINS and name not in ("now", "today")
    return not isinstance(node, FunctionLiteral)


def points_in(value: Value) -> Iterator[Value]:
    if isinstance(value, list):
        for item in value:
            yield from points_in(item)
    elif isinstance(value, Range):
        yield from (end for end in (value.low, value.high) if end is not None)
    elif isinstance(value, dict | Function):
        raise Unknown
    else:
        yield value
