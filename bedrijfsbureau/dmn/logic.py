"""The logic inside decisions: literal and boxed expressions (DMN 1.5, chapters 7 and 10.2). Decision tables:
tables.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.types import Types
from bedrijfsbureau.feel import Expression, FeelLimitError, Function, Range, Value
from bedrijfsbureau.feel.closures.collections import at
from bedrijfsbureau.feel.closures.loops import span_of_range
from bedrijfsbureau.feel.java import java_function
from bedrijfsbureau.feel.run import Run, check_list
from bedrijfsbureau.feel.values import dutch

Variables = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RuleHit:
    """One rule that matched: its number from 1, its outputs by column and what its annotations say."""

    number: int
    id: str
    outputs: Mapping[str, Value]
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableTrace:
    """What one evaluation of a decision table saw: the value of each input, in the order of the columns, and the
    hits."""

    table: str
    inputs: tuple[tuple[str, Value], ...]
    hits: tuple[RuleHit, ...]


class Evaluation:
    """What evaluating carries along: the budget and warnings of FEEL, the types, and the tables seen so far."""

    def __init__(self, run: Run, types: Types) -> None:
        self.run = run
        self.types = types
        self.tables: list[TableTrace] = []


class Logic(Protocol):
    """Anything that gives a value: raises FeelError, of which DmnError is one."""

    def value(self, variables: Variables, evaluation: Evaluation) -> Value: ...


@dataclass(frozen=True, slots=True)
class Literal:
    """FEEL text. `expression` is None for an empty or unreadable text: it gives null."""

    expression: Expression | None
    type: str | None = None

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        if self.expression is None:
            return None
        return fitted(self.expression.evaluate_in(variables, evaluation.run), self.type, evaluation)


def fitted(value: Value, wanted: str | None, evaluation: Evaluation) -> Value:
    """The value as its type wants it; null, with a warning, when it does not fit."""
    try:
        return evaluation.types.fit(value, wanted, evaluation.run.spend)
    except ValueError as problem:
        evaluation.run.warn(0, str(problem))
        return None


@dataclass(frozen=True, slots=True)
class Typed:
    inner: Logic
    type: str | None

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        return fitted(self.inner.value(variables, evaluation), self.type, evaluation)


@dataclass(frozen=True, slots=True)
class Context:
    """Named entries, each seeing the ones before; with a `result`, that is the value, else all entries together."""

    entries: tuple[tuple[str, str | None, Logic], ...]
    result: Logic | None

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        built: dict[str, Value] = {}
        for name, wanted, logic in self.entries:
            built[name] = fitted(logic.value({**variables, **built}, evaluation), wanted, evaluation)
        return built if self.result is None else self.result.value({**variables, **built}, evaluation)


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Logic, ...]

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        return [item.value(variables, evaluation) for item in self.items]


@dataclass(frozen=True, slots=True)
class Relation:
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[Logic, ...], ...]

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        return [
            {
                name: fitted(cell.value(variables, evaluation), wanted, evaluation)
                for (name, wanted), cell in zip(self.columns, row, strict=False)
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """`body` is None for a function we can't run (PMML): it gives null. Of a `java` one the body says which method."""

    name: str
    parameters: tuple[tuple[str, str | None], ...]
    body: Logic | None
    result_type: str | None = None
    java: bool = False

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        names = tuple(name for name, _ in self.parameters)
        inner = self.external(names, variables, evaluation) if self.java else None

        def call(*values: Value) -> Value:
            arguments: dict[str, Value] = {}
            for (name, wanted), given in zip(self.parameters, values, strict=True):
                arguments[name] = fitted(given, wanted, evaluation)
                if arguments[name] is None and given is not None:
                    return None
            if inner is not None:
                made = inner.call(*arguments.values())
            else:
                made = self.body.value({**variables, **arguments}, evaluation) if self.body and not self.java else None
            return fitted(made, self.result_type, evaluation)

        return Function(self.name, names, call)

    def external(self, names: tuple[str, ...], variables: Variables, evaluation: Evaluation) -> Function | None:
        found = java_function(None if self.body is None else self.body.value(variables, evaluation), names)
        if found is None:
            evaluation.run.warn(0, f"De externe functie '{self.name}' voeren wij niet uit")
        return found


@dataclass(frozen=True, slots=True)
class Invocation:
    function: Logic
    bindings: tuple[tuple[str, Logic | None], ...]

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        function = self.function.value(variables, evaluation)
        if not isinstance(function, Function):
            return None
        given = {name: None if logic is None else logic.value(variables, evaluation) for name, logic in self.bindings}
        if not given.keys() <= set(function.parameters):
            evaluation.run.warn(0, f"De functie '{function.name}' heeft andere parameters")
            return None
        evaluation.run.enter()
        try:
            return function.call(*(given.get(name) for name in function.parameters))
        except RecursionError:
            raise FeelLimitError("de berekening gaat te diep") from None
        finally:
            evaluation.run.depth -= 1


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Logic
    then: Logic
    otherwise: Logic

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        condition = self.condition.value(variables, evaluation)
        if condition is not None and not isinstance(condition, bool):
            evaluation.run.warn(0, f"De voorwaarde is geen ja/nee maar een {dutch(condition)}")
            return None
        chosen = self.then if condition else self.otherwise
        return chosen.value(variables, evaluation)


@dataclass(frozen=True, slots=True)
class Filter:
    """As in FEEL, a match that is a number gives the item at that position."""

    source: Logic
    condition: Logic

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        source = self.source.value(variables, evaluation)
        items = source if isinstance(source, list) else [] if source is None else [source]
        kept: list[Value] = []
        for item in items:
            evaluation.run.spend(1)
            inner = {**variables, "item": item, **(item if isinstance(item, dict) else {})}
            answer = self.condition.value(inner, evaluation)
            if isinstance(answer, Decimal):
                return at(items, answer)
            if answer is True:
                kept.append(item)
        return kept


@dataclass(frozen=True, slots=True)
class Walk:
    """`kind`: for, some or every."""

    kind: str
    name: str
    source: Logic
    body: Logic

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        source = self.source.value(variables, evaluation)
        if isinstance(source, Range):
            source = span_of_range(source, evaluation.run)
        if source is None:
            return None
        results: list[Value] = []
        for item in source if isinstance(source, list) else [source]:
            evaluation.run.spend(1)
            inner = {**variables, self.name: item, "partial": results}
            results.append(self.body.value(inner, evaluation))
        if self.kind == "for":
            return check_list(results)
        deciding = self.kind == "some"
        if any(result is deciding for result in results):
            return deciding
        return (not deciding) if all(result is (not deciding) for result in results) else None


@dataclass(frozen=True, slots=True)
class Broken:
    """Logic we cannot run; only a lenient reader lets it through."""

    element: str
    message: str

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        raise DmnError(self.element, self.message)
