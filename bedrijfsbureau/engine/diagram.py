"""What a BPMN file says, as plain data: the form in which rules judge it and desugaring changes it.

Nothing is interpreted here: texts of expressions are still texts, references are still names. A node made by
desugaring has no `xml` and an id that starts with `__`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Trigger:
    """One event definition. `kind` is its tag without `EventDefinition`: message, timer, conditional, error, ..."""

    kind: str
    line: int
    reference: str | None = None  # name of a message, signal or link, code of an error or escalation; when it resolves
    key: str | None = None  # bb:key of a message
    expression: str | None = None  # of a timer or a condition
    form: str = ""  # of a timer: timeDate, timeDuration or timeCycle
    xml: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Repeat:
    """The loop marker of an activity. Texts of expressions, or None."""

    line: int
    many: bool  # multi-instance; else a standard loop
    sequential: bool = False
    collection: str | None = None  # bb:collection: a list, one instance per item
    item: str | None = None  # bb:item: the name an instance knows its item by
    cardinality: str | None = None
    completion: str | None = None
    test_before: bool = False
    condition: str | None = None
    maximum: str | None = None
    xml: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class AdHoc:
    """What an ad hoc subprocess says of itself."""

    sequential: bool = False
    cancel_remaining: bool = True
    completion: str | None = None


@dataclass(frozen=True)
class Flow:
    """A sequence flow. `line` 0: not drawn, but made of a pair of link events."""

    id: str
    source: str
    target: str
    condition: str | None = None
    line: int = 0
    name: str = ""
    xml: Any = field(default=None, compare=False, repr=False)

    @property
    def label(self) -> str:
        return _label(self.name, self.id)


@dataclass(frozen=True)
class Node:
    """A flow node. `tag` is the local name of its XML element; `bb` holds our own attributes by local name."""

    id: str
    tag: str
    line: int = 0
    name: str = ""
    bb: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[tuple[str, str, int], ...] = ()  # (field, expression, line) of each bb:write
    triggers: tuple[Trigger, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    by_event: bool = False  # an event subprocess
    called: str | None = None
    documentation: str = ""
    lane: str = ""
    body: "Scope | None" = None  # of a subprocess
    repeat: Repeat | None = None
    ad_hoc: AdHoc | None = None
    xml: Any = field(default=None, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What people call it: the name on the drawing, else the id."""
        return _label(self.name, self.id)

    @property
    def trigger(self) -> Trigger | None:
        return self.triggers[0] if self.triggers else None


@dataclass(frozen=True)
class Scope:
    """A process or the inside of a subprocess. `free`: of an ad hoc one, without start or end."""

    id: str
    line: int = 0
    name: str = ""
    free: bool = False
    executable: bool = True
    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    xml: Any = field(default=None, compare=False, repr=False)

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _outgoing(self) -> Mapping[str, list[Flow]]:
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _incoming(self) -> Mapping[str, list[Flow]]:
        return _grouped((flow.target, flow) for flow in self.flows)

    @cached_property
    def _boundaries(self) -> Mapping[str, list[Node]]:
        return _grouped((node.attached_to, node) for node in self.nodes if node.attached_to)

    def outgoing(self, node: Node) -> list[Flow]:
        return self._outgoing.get(node.id, [])

    def incoming(self, node: Node) -> list[Flow]:
        return self._incoming.get(node.id, [])

    def boundaries(self, node: Node) -> list[Node]:
        return self._boundaries.get(node.id, [])

    def heads(self) -> list[Node]:
        """Where a token can enter by itself: what has no flow in, boundary events and event subprocesses apart."""
        return [n for n in self.nodes if not self.incoming(n) and n.attached_to is None and not n.by_event]

    def scopes(self) -> "Iterator[Scope]":
        """This scope and every scope inside it."""
        yield self
        for node in self.nodes:
            if node.body is not None:
                yield from node.body.scopes()

    def following(self, node: Node) -> list[str]:
        """Ids of the nodes a token in `node` can go to next, by a flow or by a boundary event."""
        return [flow.target for flow in self.outgoing(node)] + [boundary.id for boundary in self.boundaries(node)]


def _label(name: str, element_id: str) -> str:
    return " ".join(name.split())[:60] or element_id[:100]


def _grouped(pairs: Iterator[tuple[str, T]]) -> dict[str, list[T]]:
    grouped: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


@dataclass(frozen=True)
class Diagram:
    """One file: its processes and its root element."""

    file: str
    processes: tuple[Scope, ...]
    xml: Any = field(compare=False, repr=False)

    def scopes(self) -> Iterator[Scope]:
        for process in self.processes:
            yield from process.scopes()

    def nodes(self) -> Iterator[tuple[Scope, Node]]:
        for scope in self.scopes():
            for node in scope.nodes:
                yield scope, node
