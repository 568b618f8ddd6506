"""The table of translators, one per kind of node."""

from collections.abc import Callable
from typing import TypeVar

from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.run import Frame
from bedrijfsbureau.feel.values import Value

Closure = Callable[[Frame], Value]
N = TypeVar("N", bound=Node)
TRANSLATORS: dict[type, Callable[..., Closure]] = {}


def translates(node_type: type[N]) -> Callable[[Callable[[N], Closure]], Callable[[N], Closure]]:
    def register(translator: Callable[[N], Closure]) -> Callable[[N], Closure]:
        TRANSLATORS[node_type] = translator
        return translator

    return register


def translate(node: Node) -> Closure:
    return TRANSLATORS[type(node)](node)
