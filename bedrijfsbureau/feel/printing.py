"""From a syntax tree back to text: one canonical spelling, with no more brackets than needed, that parses to the same
tree."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bedrijfsbureau.feel import nodes
from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.parser import ADD, AND, COMPARE, MULTIPLY, NEGATE, OR, POSTFIX, POWER
from bedrijfsbureau.feel.text import write
from bedrijfsbureau.feel.types import Type

WORD = re.compile(r"[^\W\d]\w*", re.ASCII)
ATOM, WHOLE = POSTFIX + 1, 0  # an operand by itself; what stretches as far as it can to the right
POWERS = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}


def spell(node: Node) -> str:
    """The text of an expression. Names of several words read back only when they are known, as in `compile`."""
    text: str = WRITERS[type(node)](node)
    return text


def power_of(node: Node) -> int:
    if isinstance(node, nodes.Arithmetic):
        return POWERS[node.operator]
    return BINDING.get(type(node), ATOM)


BINDING: dict[type[Node], int] = {
    nodes.Disjunction: OR,
    nodes.Conjunction: AND,
    **dict.fromkeys((nodes.Comparison, nodes.Between, nodes.Membership), COMPARE),
    nodes.Negation: NEGATE,
    **dict.fromkeys((nodes.Path, nodes.Filter, nodes.Call), POSTFIX),
    # after the type of `instance of` a < would be read as its own
    **dict.fromkeys(
        (nodes.InstanceOf, nodes.Conditional, nodes.Loop, nodes.Quantified, nodes.FunctionLiteral), WHOLE
    ),
}


def operand(node: Node, least: int) -> str:
    """Between brackets when it binds less than `least`."""
    return spell(node) if power_of(node) >= least else f"({spell(node)})"


def separated(items: tuple[Node, ...]) -> str:
    return ", ".join(map(spell, items))


def literal(node: nodes.Literal) -> str:
    if isinstance(node.value, Decimal):
        return str(node.value)
    text = write(node.value)
    return text if node.value is None or isinstance(node.value, bool | str) else f'@"{text}"'


def source(node: Node) -> str:
    """What stands before a dot or bracket; a number there could be read on."""
    is_number = isinstance(node, nodes.Literal) and isinstance(node.value, Decimal)
    return f"({spell(node)})" if is_number else operand(node, POSTFIX)


def call(node: nodes.Call) -> str:
    arguments = [spell(argument) for argument in node.arguments]
    if node.names is not None:
        arguments = [f"{name}: {argument}" for name, argument in zip(node.names, arguments, strict=True)]
    return f"{source(node.function)}({', '.join(arguments)})"


def infix(node: Any, operator: str, power: int) -> str:
    return f"{operand(node.left, power)} {operator} {operand(node.right, power + 1)}"


def between(node: nodes.Between) -> str:
    value, low, high = operand(node.value, COMPARE), operand(node.low, COMPARE + 1), operand(node.high, COMPARE + 1)
    return f"{value} between {low} and {high}"


def membership(node: nodes.Membership) -> str:
    return f"{operand(node.value, COMPARE)} in ({', '.join(map(test, node.tests))})"


def test(node: Node) -> str:
    if isinstance(node, nodes.OperatorTest):
        return f"{node.operator} {operand(node.endpoint, COMPARE + 1)}"
    return spell(node)


def iterators(node: nodes.Loop | nodes.Quantified) -> str:
    return ", ".join(
        f"{each.name} in {spell(each.source)}" + (f"..{spell(each.upper)}" if each.upper is not None else "")
        for each in node.iterators
    )


def function_literal(node: nodes.FunctionLiteral) -> str:
    parameters = ", ".join(each.name + (f": {spell_type(each.type)}" if each.type else "") for each in node.parameters)
    return f"function({parameters}) {'external ' if node.external else ''}{spell(node.body)}"


def context(node: nodes.ContextLiteral) -> str:
    entries = (f"{e.key if WORD.fullmatch(e.key) else write(e.key)}: {spell(e.value)}" for e in node.entries)
    return f"{{{', '.join(entries)}}}"


def range_literal(node: nodes.RangeLiteral) -> str:
    """A filter in the upper end would close the range."""
    opening, closing = "[" if node.low_included else "(", "]" if node.high_included else ")"
    return f"{opening}{spell(node.low)}..{operand(node.high, ATOM)}{closing}"


def spell_type(kind: Type) -> str:
    if kind.name == "context" and kind.fields:
        return f"context<{', '.join(f'{name}: {spell_type(field)}' for name, field in kind.fields)}>"
    if kind.parameters is not None and kind.result is not None:
        return f"function<{', '.join(map(spell_type, kind.parameters))}> -> {spell_type(kind.result)}"
    return f"{kind.name}<{spell_type(kind.element)}>" if kind.element is not None else kind.name


WRITERS: dict[type[Node], Callable[..., str]] = {
    nodes.Literal: literal,
    nodes.Name: lambda node: node.name,
    nodes.Path: lambda node: f"{source(node.source)}.{node.key}",
    nodes.Filter: lambda node: f"{source(node.source)}[{spell(node.condition)}]",
    nodes.Call: call,
    nodes.Negation: lambda node: f"-{operand(node.operand, NEGATE)}",
    nodes.Arithmetic: lambda node: infix(node, node.operator, POWERS[node.operator]),
    nodes.Comparison: lambda node: infix(node, node.operator, COMPARE),
    nodes.Between: between,
    nodes.Membership: membership,
    nodes.OperatorTest: lambda node: f"({test(node)})",
    nodes.Conjunction: lambda node: " and ".join(operand(part, AND + 1) for part in node.parts),
    nodes.Disjunction: lambda node: " or ".join(operand(part, OR + 1) for part in node.parts),
    nodes.Conditional: lambda n: f"if {spell(n.condition)} then {spell(n.then)} else {spell(n.otherwise)}",
    nodes.Loop: lambda node: f"for {iterators(node)} return {spell(node.body)}",
    nodes.Quantified: lambda n: f"{'every' if n.every else 'some'} {iterators(n)} satisfies {spell(n.body)}",
    nodes.FunctionLiteral: function_literal,
    nodes.ContextLiteral: context,
    nodes.ListLiteral: lambda node: f"[{separated(node.items)}]",
    nodes.RangeLiteral: range_literal,
    nodes.InstanceOf: lambda node: f"{operand(node.value, NEGATE + 1)} instance of {spell_type(node.type)}",
}
