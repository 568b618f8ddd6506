"""Decision tables (DMN 1.5, chapter 8): which rules hit, and what a hit policy makes of their outputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.logic import Evaluation, Logic, RuleHit, TableTrace, Variables, fitted
from bedrijfsbureau.feel import UnaryTests, Value, show
from bedrijfsbureau.feel.compare import equal
from bedrijfsbureau.feel.registry import BUILTINS, invoke_builtin

HitPolicy = OneOf["UNIQUE", "FIRST", "ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
AGGREGATIONS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}
LISTS = frozenset(("RULE ORDER", "OUTPUT ORDER", "COLLECT"))


@dataclass(frozen=True, slots=True)
class Input:
    """`text` and `type`: of the expression, as written."""

    label: str
    text: str
    type: str | None
    logic: Logic
    allowed: UnaryTests | None


@dataclass(frozen=True, slots=True)
class Output:
    """`values`: the allowed outputs, best first: the order of PRIORITY and OUTPUT ORDER."""

    name: str
    type: str | None
    values: Logic | None
    default: Logic | None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    tests: tuple[UnaryTests | None, ...]
    outputs: tuple[Logic, ...]
    annotations: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    line: int | None
    hit_policy: HitPolicy
    aggregation: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def value(self, variables: Variables, evaluation: Evaluation) -> Value:
        """Raises DmnError when an input is not allowed or the hits break the hit policy."""
        inputs = tuple(self.input_value(each, variables, evaluation) for each in self.inputs)
        hits = tuple(
            self.hit(number, rule, variables, evaluation)
            for number, rule in enumerate(self.rules, start=1)
            if self.matches(rule, inputs, variables, evaluation)
        )
        labels = tuple(each.label for each in self.inputs)
        evaluation.tables.append(TableTrace(self.id, tuple(zip(labels, inputs, strict=True)), hits))
        if not hits:
            return self.without_hits(variables, evaluation)
        return POLICIES[self.hit_policy](self, hits, variables, evaluation)

    def input_value(self, column: Input, variables: Variables, evaluation: Evaluation) -> Value:
        value = column.logic.value(variables, evaluation)
        if column.allowed is None or value is None:
            return value
        if column.allowed.matches_in(value, variables, evaluation.run) is not True:
            raise DmnError(
                self.id, f"De invoer '{column.label}' is {show(value)}; toegestaan is alleen {column.allowed.text}"
            )
        return value

    def matches(self, rule: Rule, inputs: Sequence[Value], variables: Variables, evaluation: Evaluation) -> bool:
        return all(
            test is not None and test.matches_in(value, variables, evaluation.run) is True
            for test, value in zip(rule.tests, inputs, strict=True)
        )

    def hit(self, number: int, rule: Rule, variables: Variables, evaluation: Evaluation) -> RuleHit:
        outputs = {
            column.name: fitted(logic.value(variables, evaluation), column.type, evaluation)
            for column, logic in zip(self.outputs, rule.outputs, strict=True)
        }
        return RuleHit(number, rule.id, outputs, rule.annotations)

    def without_hits(self, variables: Variables, evaluation: Evaluation) -> Value:
        """The default outputs, when the table has them."""
        if any(column.default is not None for column in self.outputs):
            defaults = {
                column.name: None if column.default is None else column.default.value(variables, evaluation)
                for column in self.outputs
            }
            return self.result(defaults)
        if self.aggregation is not None:
            return aggregate(self, (), variables, evaluation) if self.aggregation == "COUNT" else None
        return [] if self.hit_policy in LISTS else None

    def result(self, outputs: dict[str, Value]) -> Value:
        """One output column gives its value, more give a context."""
        return next(iter(outputs.values())) if len(self.outputs) == 1 else dict(outputs)

    def results(self, hits: Sequence[RuleHit]) -> list[Value]:
        return [self.result(dict(hit.outputs)) for hit in hits]


Hits = tuple[RuleHit, ...]


def unique(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    if len(hits) > 1:
        numbers = " en ".join(str(hit.number) for hit in hits)
        raise DmnError(table.id, f"De tabel is UNIQUE, maar de regels {numbers} gelden tegelijk")
    return table.results(hits)[0]


def first(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    return table.results(hits)[0]


def any_of(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    results = table.results(hits)
    for hit, result in zip(hits[1:], results[1:], strict=True):
        if equal(results[0], result) is not True:
            raise DmnError(
                table.id, f"De tabel is ANY, maar de regels {hits[0].number} en {hit.number} geven iets anders"
            )
    return results[0]


def by_priority(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> list[Value]:
    """Best outputs first: compared column by column; a value that is not listed comes last."""
    orders = [
        [] if column.values is None else column.values.value(variables, evaluation) or [] for column in table.outputs
    ]

    def rank(hit: RuleHit) -> tuple[int, ...]:
        return tuple(
            next((place for place, known in enumerate(order) if equal(known, value) is True), len(order))
            for order, value in zip(orders, hit.outputs.values(), strict=True)
        )

    return table.results(sorted(hits, key=rank))


def priority(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    return by_priority(table, hits, variables, evaluation)[0]


def rule_order(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    return table.results(hits)


def aggregate(table: Table, hits: Hits, variables: Variables, evaluation: Evaluation) -> Value:
    if table.aggregation is None:
        return table.results(hits)
    function = BUILTINS[AGGREGATIONS[table.aggregation]]
    return invoke_builtin(function, evaluation.run, [table.results(hits)], None, 0)


POLICIES: dict[HitPolicy, Callable[[Table, Hits, Variables, Evaluation], Value]] = {
    "UNIQUE": unique,
    "FIRST": first,
    "ANY": any_of,
    "PRIORITY": priority,
    "RULE ORDER": rule_order,
    "OUTPUT ORDER": by_priority,
    "COLLECT": aggregate,
}
