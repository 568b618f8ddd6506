"""What can happen in one scope when every condition may turn out either way: a token game over its flows.

Explored exhaustively up to a bound. Of the tokens that can move only the first is moved, with all its alternatives;
the others are not affected by it and move later, so every deadlock is still found (a persistent set, Godefroid
1996), and ten parallel branches cost a sum instead of a product. An inclusive join moves only when nothing else
can."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from bedrijfsbureau.engine.diagram import Node, Scope

MAX_MARKINGS = 5_000
MAX_ON_FLOW = 4
MAX_TOKENS = 200
MAX_SUBSETS = 6  # outgoing flows of an inclusive gateway of which all combinations are tried

Marking = tuple[int, ...]  # the flows that hold a token, by number, in order; twice for two tokens


@dataclass
class Outcome:
    """`complete` False: too much to explore, so nothing may be concluded."""

    complete: bool = True
    fired: set[str] = field(default_factory=set)  # ids of nodes that let a token pass
    stuck: set[str] = field(default_factory=set)  # ids of nodes at which some run ends with tokens waiting


class Game:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.place = {flow.id: number for number, flow in enumerate(scope.flows)}
        self.target = [scope.by_id[flow.target] for flow in scope.flows]
        self.entries = {node.id: [self.place[f.id] for f in scope.incoming(node)] for node in scope.nodes}
        self.exits = {node.id: self._exits(node) for node in scope.nodes}

    def play(self) -> Outcome:
        outcome = Outcome()
        starts = [node for node in self.scope.nodes if node.tag == "startEvent"]
        pending = [tuple(exits) for node in starts for exits in self.exits[node.id]]
        seen = set(pending)
        while pending and outcome.complete:
            for marking in self._moves(pending.pop(), outcome):
                if marking not in seen:
                    seen.add(marking)
                    pending.append(marking)
                outcome.complete &= len(seen) <= MAX_MARKINGS and not _crowded(marking)
        return outcome

    def _moves(self, marking: Marking, outcome: Outcome) -> Iterator[Marking]:
        """The markings that follow; at the end of a run none, and what waits for ever is noted."""
        flow = next(self._movable(marking), None)
        if flow is None:
            outcome.stuck.update(self.target[flow].id for flow in marking)
            return
        node = self.target[flow]
        outcome.fired.add(node.id)
        if node.trigger is not None and node.trigger.kind == "terminate":
            yield ()
            return
        joins = node.tag in {"parallelGateway", "inclusiveGateway"}
        left = list(marking)
        for entry in self.entries[node.id] if joins else [flow]:
            if entry in left:
                left.remove(entry)
        for exits in self.exits[node.id]:
            yield tuple(sorted([*left, *exits]))

    def _movable(self, marking: Marking) -> Iterator[int]:
        """Flows whose token can go on, those into an inclusive join last."""
        joins = []
        for flow in marking:
            node = self.target[flow]
            if node.tag == "inclusiveGateway" and len(self.entries[node.id]) > 1:
                joins.append(flow)
            elif node.tag != "parallelGateway" or set(self.entries[node.id]) <= set(marking):
                yield flow
        yield from joins

    def _exits(self, node: Node) -> list[tuple[int, ...]]:
        """The alternatives: which flows get a token together."""
        flows = [self.place[flow.id] for flow in self.scope.outgoing(node)]
        if node.tag in {"exclusiveGateway", "eventBasedGateway"}:
            return [(flow,) for flow in flows]
        if node.tag == "inclusiveGateway" and flows:
            sizes = range(1, len(flows) + 1) if len(flows) <= MAX_SUBSETS else (1, len(flows))
            return list(chain.from_iterable(combinations(flows, size) for size in sizes))
        boundaries = [
            self.place[flow.id] for event in self.scope.boundaries(node) for flow in self.scope.outgoing(event)
        ]
        return [tuple(flows), *((flow,) for flow in boundaries)]


def _crowded(marking: Marking) -> bool:
    """More tokens than a sound model ever has, together or on one flow: it may fill up without end."""
    return len(marking) > MAX_TOKENS or any(
        marking[n] == marking[n + MAX_ON_FLOW] for n in range(len(marking) - MAX_ON_FLOW)
    )
