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
MAX_SUBSETS = 6  # outgoing flows of an inclusive gateway of which all combinations are tried

Marking = tuple[int, ...]  # tokens per flow of the scope


@dataclass
class Outcome:
    """`complete` False: too much to explore, so nothing may be concluded."""

    complete: bool = True
    fired: set[str] = field(default_factory=set)  # ids of nodes that let a token pass
    stuck: set[str] = field(default_factory=set)  # ids of parallel gateways at which some run ends with tokens waiting


class Game:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.place = {flow.id: number for number, flow in enumerate(scope.flows)}
        self.entries = {node.id: [self.place[f.id] for f in scope.incoming(node)] for node in scope.nodes}
        self.exits = {node.id: self._exits(node) for node in scope.nodes}

    def play(self) -> Outcome:
        outcome, empty = Outcome(), (0,) * len(self.scope.flows)
        starts = [node for node in self.scope.nodes if node.tag == "startEvent"]
        pending = [self._put(empty, exits) for node in starts for exits in self.exits[node.id]]
        seen = set(pending)
        while pending and outcome.complete:
            marking = pending.pop()
            for following in self._moves(marking, outcome):
                if following not in seen:
                    seen.add(following)
                    pending.append(following)
            outcome.complete = len(seen) <= MAX_MARKINGS and max(marking, default=0) <= MAX_ON_FLOW
        return outcome

    def _moves(self, marking: Marking, outcome: Outcome) -> Iterator[Marking]:
        """The markings that follow; at the end of a run none, and what waits for ever is noted."""
        ready = [node for node in self.scope.nodes if self._enabled(node, marking)]
        if not ready:
            for node in self.scope.nodes:
                if any(marking[entry] for entry in self.entries[node.id]):
                    outcome.stuck.add(node.id)
            return
        node = min(ready, key=self._moves_last)
        outcome.fired.add(node.id)
        if node.trigger is not None and node.trigger.kind == "terminate":
            yield (0,) * len(marking)
            return
        taken = self._take(node, marking)
        for exits in self.exits[node.id]:
            yield self._put(taken, exits)

    def _moves_last(self, node: Node) -> bool:
        return node.tag == "inclusiveGateway" and len(self.entries[node.id]) > 1

    def _enabled(self, node: Node, marking: Marking) -> bool:
        waiting = [marking[entry] > 0 for entry in self.entries[node.id]]
        return bool(waiting) and (all(waiting) if node.tag == "parallelGateway" else any(waiting))

    def _take(self, node: Node, marking: Marking) -> Marking:
        full = [entry for entry in self.entries[node.id] if marking[entry]]
        joins = node.tag in {"parallelGateway", "inclusiveGateway"}
        left = list(marking)
        for entry in full if joins else full[:1]:
            left[entry] -= 1
        return tuple(left)

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

    def _put(self, marking: Marking, exits: tuple[int, ...]) -> Marking:
        left = list(marking)
        for flow in exits:
            left[flow] += 1
        return tuple(left)
