"""What rules give, as far as that is certain without data."""

from collections.abc import Iterator

from bedrijfsbureau.dmn.analysis.points import Unknown, constant
from bedrijfsbureau.dmn.logic import Literal, Logic
from bedrijfsbureau.dmn.tables import Table
from bedrijfsbureau.feel import FeelLimitError, Value
from bedrijfsbureau.feel.compare import equal, matches
from bedrijfsbureau.feel.text import write

UNKNOWN = object()


def certain(logic: Logic | None) -> Value:
    """The value of a constant expression, or UNKNOWN."""
    if not isinstance(logic, Literal):
        return UNKNOWN
    try:
        return None if logic.expression is None else constant(logic.expression.node)
    except (Unknown, FeelLimitError):
        return UNKNOWN


class Outputs:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.values = [[certain(each) for each in rule.outputs] for rule in table.rules]
        orders = [None if column.values is None else certain(column.values) for column in table.outputs]
        self.orders: list[list[Value] | None] = [order if isinstance(order, list) else None for order in orders]
        self.ranks = [self.rank_of(values) for values in self.values]

    def same(self, one: int, other: int) -> bool | None:
        """Whether two rules give the same; None when that depends on the data."""
        answer: bool | None = True
        for index, (left, right) in enumerate(zip(self.values[one], self.values[other], strict=True)):
            if left is UNKNOWN or right is UNKNOWN:
                if self.text(one, index) != self.text(other, index):
                    answer = None
            elif equal(left, right) is not True:
                return False
        return answer

    def text(self, rule: int, column: int) -> str:
        logic = self.table.rules[rule].outputs[column]
        return logic.expression.text if isinstance(logic, Literal) and logic.expression else ""

    def rank(self, rule: int) -> tuple[int, ...] | None:
        """Lower goes before, as PRIORITY has it; None when that depends on the data."""
        return self.ranks[rule]

    def rank_of(self, values: list[Value]) -> tuple[int, ...] | None:
        if any(value is UNKNOWN for value in values):
            return None
        return tuple(
            next((place for place, known in enumerate(order or []) if equal(known, value) is True), len(order or []))
            for order, value in zip(self.orders, values, strict=True)
        )

    def not_allowed(self) -> Iterator[tuple[int, int, str]]:
        """Rule, column and value as text of each certain output that its column does not allow."""
        for rule, values in enumerate(self.values):
            for column, (order, value) in enumerate(zip(self.orders, values, strict=True)):
                is_known = value is not UNKNOWN and value is not None and order is not None
                if is_known and not any(matches(value, each) is True for each in order or []):
                    yield rule, column, write(value)
