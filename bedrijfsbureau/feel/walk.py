"""Walking over a syntax tree."""

from collections.abc import Iterator
from dataclasses import fields

from bedrijfsbureau.feel import nodes
from bedrijfsbureau.feel.nodes import Name, Node


def children(node: Node) -> Iterator[Node]:
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def mentions(node: Node, name: str) -> bool:
    """Whether the name occurs anywhere in this part of the expression."""
    return (isinstance(node, Name) and node.name == name) or any(mentions(child, name) for child in children(node))


WEIGHTS: dict[type[Node], int] = {
    **dict.fromkeys((nodes.Arithmetic, nodes.Comparison, nodes.Call), 2),
    **dict.fromkeys((nodes.Between, nodes.Membership, nodes.RangeLiteral, nodes.InstanceOf, nodes.FunctionLiteral), 4),
}


def size(node: Node) -> int:
    """The steps one evaluation costs by its parts; what those spend on large values and in loops comes on top."""
    return WEIGHTS.get(type(node), 1) + sum(size(child) for child in children(node))
