"""What a static check finds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.types import Type
from bedrijfsbureau.feel.values import DUTCH


class Finding(NamedTuple):
    """`start` and `end`: positions in the text; the message is a Dutch sentence. `code`: syntax, name (one that nobody
    declared), part (one that the value before the dot does not have) or type."""

    start: int
    end: int
    code: str
    message: str


@dataclass
class Findings:
    found: list[Finding] = field(default_factory=list)

    def name(self, node: Node, message: str, wrong: str, known: Iterable[str], code: str = "name") -> None:
        near = get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
        hint = f" Bedoelde u '{near[0]}'?" if near else ""
        self.found.append(Finding(node.start, node.end, code, f"{message}{hint}"))

    def type(self, node: Node, message: str) -> None:
        self.found.append(Finding(node.start, node.end, "type", message))


def dutch(kind: Type | None) -> str:
    return "onbekend" if kind is None else DUTCH.get(kind.name, kind.name)
