"""A compiled expression: what the rest of the program holds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import DecimalException
from functools import cached_property, lru_cache
from typing import NamedTuple

from bedrijfsbureau.feel.builtins import FUNCTION_NAMES
from bedrijfsbureau.feel.closures import translate
from bedrijfsbureau.feel.errors import FeelLimitError, FeelSyntaxError
from bedrijfsbureau.feel.explanation import Explanation, explain
from bedrijfsbureau.feel.names import known_names
from bedrijfsbureau.feel.nodes import Conjunction, Node
from bedrijfsbureau.feel.parser import Parser
from bedrijfsbureau.feel.printing import spell
from bedrijfsbureau.feel.reads import bounded_paths
from bedrijfsbureau.feel.run import Frame, Run, Warning
from bedrijfsbureau.feel.values import Function, Value

NO_FUNCTIONS: Mapping[str, Function] = {}
TOO_DEEP = "de berekening gaat te diep"


class Outcome(NamedTuple):
    value: Value
    warnings: tuple[Warning, ...]


class Expression:
    """`text` parsed and compiled. Immutable and safe to share; get one from `compile`."""

    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self.node = node
        self.closure: Callable[[Frame], Value] = translate(node)

    def evaluate(
        self,
        context: Mapping[str, Value],
        functions: Mapping[str, Function] = NO_FUNCTIONS,
        now: datetime | None = None,
    ) -> Value:
        """The value; whatever cannot be computed is null. Raises FeelLimitError when the work is out of bounds and
        FeelFunctionError when one of `functions` fails. `now`: an aware moment, for now() and today()."""
        return self.evaluate_in(context, Run(functions, now))

    def run(
        self,
        context: Mapping[str, Value],
        functions: Mapping[str, Function] = NO_FUNCTIONS,
        now: datetime | None = None,
    ) -> Outcome:
        """As evaluate, with the reasons why something became null."""
        run = Run(functions, now)
        value = self.evaluate_in(context, run)
        return Outcome(value, tuple(run.warnings))

    def evaluate_in(self, context: Mapping[str, Value], run: Run) -> Value:
        """As evaluate, within the budget of a larger evaluation."""
        try:
            return self.closure(Frame(context, None, run))
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None
        except DecimalException:  # the context held a number that is none of FEEL's
            raise FeelLimitError("een getal in de gegevens is te groot of geen getal") from None

    def explain(
        self,
        context: Mapping[str, Value],
        functions: Mapping[str, Function] = NO_FUNCTIONS,
        now: datetime | None = None,
    ) -> Explanation:
        """The value of every part, as a tree."""
        try:
            return explain(self.node, self.text, Frame(context, None, Run(functions, now)))
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None

    @cached_property
    def reads(self) -> frozenset[tuple[str, ...]]:
        """The paths it may read from the context. In a filter a bare name counts both as a part of the item and as a
        name outside, because only the data tell which."""
        try:
            return bounded_paths(self.node)
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None

    @cached_property
    def conjuncts(self) -> tuple[str, ...]:
        """The texts that must all be true for this to be true; itself, when it joins nothing with "and"."""
        pending, found = [self.node], list[Node]()
        while pending:
            node = pending.pop()
            if isinstance(node, Conjunction):
                pending += reversed(node.parts)
            else:
                found.append(node)
        return tuple(self.text[node.start : node.end] for node in found)

    def canonical(self) -> str:
        """One spelling for all expressions with the same tree; compiling it gives that tree."""
        return spell(self.node)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def parser(text: str, names: frozenset[str]) -> Parser:
    return Parser(text, known_names(names, FUNCTION_NAMES))


@lru_cache(maxsize=8192)
def compile(text: str, names: frozenset[str] = frozenset()) -> Expression:
    """Compile one expression. `names`: names of several words that the context or the functions use.

    Raises FeelSyntaxError, with the position and a Dutch sentence."""
    try:
        return Expression(text, parser(text, names).whole())
    except RecursionError:
        raise FeelSyntaxError(text, 0, "De uitdrukking is te diep genest") from None
