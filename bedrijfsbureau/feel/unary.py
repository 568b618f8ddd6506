"""Unary tests: the cells of a decision table (DMN 1.5, 7.3.2 and 10.3.1.2), a test of one value named `?`."""

from collections.abc import Mapping
from functools import lru_cache

from bedrijfsbureau.feel.closures import Closure
from bedrijfsbureau.feel.closures.operators import any_test
from bedrijfsbureau.feel.errors import FeelLimitError, FeelSyntaxError
from bedrijfsbureau.feel.expression import TOO_DEEP, parser
from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.parser import Parser
from bedrijfsbureau.feel.reads import bounded_paths
from bedrijfsbureau.feel.run import Frame, Run
from bedrijfsbureau.feel.values import Value, adopt


class UnaryTests:
    """`tests` is empty for the test `-`, which any value satisfies."""

    def __init__(self, text: str, tests: tuple[Node, ...], negated: bool) -> None:
        self.text = text
        self.tests = tests
        self.negated = negated
        self.closure: Closure | None = any_test(tests) if tests else None

    def matches(self, value: Value, context: Mapping[str, Value]) -> bool | None:
        """Whether the value satisfies the tests; None when that cannot be told. Raises FeelLimitError."""
        return self.matches_in(value, context, Run({}, None))

    def matches_in(self, value: Value, context: Mapping[str, Value], run: Run) -> bool | None:
        if self.closure is None:
            return True
        frame = Frame({"?": adopt(value)}, Frame(context, None, run), run)
        try:
            answer = self.closure(frame)
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None
        if not isinstance(answer, bool):
            return None
        return answer is not self.negated

    @property
    def reads(self) -> frozenset[tuple[str, ...]]:
        return frozenset().union(*(bounded_paths(test, {"?": None}) for test in self.tests))

    def __repr__(self) -> str:
        return f"UnaryTests({self.text!r})"


@lru_cache(maxsize=8192)
def compile_unary(text: str, names: frozenset[str] = frozenset()) -> UnaryTests:
    """Compile the tests of one cell. Raises FeelSyntaxError."""
    reader = parser(text, names)
    try:
        if reader.accept("-") and reader.token.kind == "end":
            return UnaryTests(text, (), False)
        reader = parser(text, names)
        if reader.token.text == "not" and reader.next_text() == "(":
            negated = negated_tests(reader)
            if negated is not None:
                return UnaryTests(text, negated, True)
            reader = parser(text, names)
        tests = [reader.test(0)]
        while reader.accept(","):
            tests.append(reader.test(0))
    except RecursionError:
        raise FeelSyntaxError(text, 0, "De uitdrukking is te diep genest") from None
    if reader.token.kind != "end":
        reader.fail(f"Hier hoort een komma of het einde, niet {reader.found()}", ",", "einde")
    return UnaryTests(text, tuple(tests), False)


def negated_tests(reader: Parser) -> tuple[Node, ...] | None:
    """The tests inside `not(...)` when that is the whole cell; None for a cell like `not(a) and b`."""
    reader.advance(2)
    tests = [reader.test(0)]
    while reader.accept(","):
        tests.append(reader.test(0))
    reader.expect(")")
    return tuple(tests) if reader.token.kind == "end" else None
