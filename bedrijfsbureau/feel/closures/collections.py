"""Lists, contexts and filters."""

from decimal import Decimal

from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.nodes import ContextLiteral, Filter, ListLiteral, Literal, Negation
from bedrijfsbureau.feel.run import Frame
from bedrijfsbureau.feel.values import KINDS, Value, adopt
from bedrijfsbureau.feel.walk import mentions, size


@translates(ListLiteral)
def list_literal(node: ListLiteral) -> Closure:
    items = tuple(translate(item) for item in node.items)
    return lambda frame: [item(frame) for item in items]


@translates(ContextLiteral)
def context_literal(node: ContextLiteral) -> Closure:
    """Each entry sees the entries before it. Two entries of one name make the whole null."""
    entries = tuple((entry.key, translate(entry.value)) for entry in node.entries)
    keys = {key for key, _ in entries}
    if len(keys) != len(entries):
        return lambda frame: None

    def build(frame: Frame) -> Value:
        built: dict[str, Value] = {}
        inner = Frame(built, frame, frame.run)
        for key, value in entries:
            built[key] = value(inner)
        return built

    return build


@translates(Filter)
def filtering(node: Filter) -> Closure:
    source = translate(node.source)
    condition = node.condition
    if isinstance(condition, Negation) and isinstance(condition.operand, Literal):
        number = condition.operand.value
        condition = Literal(0, 0, -number) if isinstance(number, Decimal) else condition
    if isinstance(condition, Literal) and isinstance(condition.value, Decimal):
        index = condition.value
        return lambda frame: at(as_list(source(frame)), index)
    test, needs_item, cost = translate(condition), mentions(condition, "item"), 1 + size(condition)

    def select(frame: Frame) -> Value:
        items = as_list(source(frame))
        run = frame.run
        run.spend(len(items) * cost)
        kept: list[Value] = []
        for item in items:
            if type(item) not in KINDS:
                item = adopt(item)
            scope = Frame({"item": item}, frame, run) if needs_item else frame
            answer = test(Frame(item, scope, run) if type(item) is dict else scope)
            if answer is True:
                kept.append(item)
            elif type(answer) is Decimal:
                return at(items, answer)
        return kept

    return select


def as_list(value: Value) -> list[Value]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def at(items: list[Value], index: Decimal) -> Value:
    """The item at a position counted from 1, or from the end with -1."""
    if index != index.to_integral_value() or abs(index) > len(items) or index == 0:
        return None
    position = int(index)
    found = items[position - 1 if position > 0 else position]
    return found if type(found) in KINDS else adopt(found)
