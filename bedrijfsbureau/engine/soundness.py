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
Came = dict[Marking, tuple[Marking, str] | None]  # a marking -> the one before it, and which node let a token pass


@dataclass
class Outcome:
    """`complete` False: too much to explore, so there may be more than was found."""

    complete: bool = True
    fired: set[str] = field(default_factory=set)  # ids of nodes that let a token pass
    stuck: dict[str, list[str]] = field(default_factory=dict)  # node at which a run ends waiting -> that run, in order


class Game:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.place = {flow.id: number for number, flow in enumerate(scope.flows)}
        self.target = [scope.by_id[flow.target] for flow in scope.flows]
        self.source = [flow.source for flow in scope.flows]
        self.entries = {node.id: [self.place[f.id] for f in scope.incoming(node)] for node in scope.nodes}
        self.exits = {node.id: self._exits(node) for node in scope.nodes}
        self.reach = {node.id: self._reach(node) for node in scope.nodes if self._gathers(node)}

    def play(self) -> Outcome:
        outcome = Outcome()
        came: Came = dict.fromkeys(self._first())
        pending = list(came)
        while pending:
            before = pending.pop()
            node_id, markings = self._moves(before)
            if node_id is None:
                for flow in before:
                    outcome.stuck.setdefault(self.target[flow].id, self._run(came, before))
                continue
            outcome.fired.add(node_id)
            for marking in markings:
                if marking in came:
                    continue
                if len(came) >= MAX_MARKINGS or _crowded(marking):
                    outcome.complete = False
                    continue
                came[marking] = before, node_id
                pending.append(marking)
        return outcome

    def _first(self) -> list[Marking]:
        """What a start gives; in an ad hoc scope a token before all that a person may begin."""
        if not self.scope.free:
            starts = [node for node in self.scope.nodes if node.tag == "startEvent"]
            return [leaving for node in starts for leaving in self.exits[node.id]]
        drawn = len(self.target)
        self.target += self.scope.heads()
        self.source += [""] * (len(self.target) - drawn)
        return [tuple(range(drawn, len(self.target)))]

    def _moves(self, marking: Marking) -> tuple[str | None, list[Marking]]:
        """Which node lets a token pass, and the markings that may follow; None when nothing can move."""
        flow = next(self._movable(marking), None)
        if flow is None:
            return None, []
        node = self.target[flow]
        if node.tag == "endEvent" and node.trigger is not None and node.trigger.kind in {"terminate", "error"}:
            return node.id, [()]
        joins = node.tag in {"parallelGateway", "inclusiveGateway"}
        left = list(marking)
        for entry in self.entries[node.id] if joins else [flow]:
            if entry in left:
                left.remove(entry)
        return node.id, [tuple(sorted([*left, *exits])) for exits in self.exits[node.id]]

    def _movable(self, marking: Marking) -> Iterator[int]:
        """Flows whose token can go on, those into an inclusive join last."""
        joins = []
        for flow in marking:
            node = self.target[flow]
            if self._gathers(node):
                joins.append(flow)
            elif node.tag != "parallelGateway" or set(self.entries[node.id]) <= set(marking):
                yield flow
        yield from (flow for flow in joins if self._has_all(self.target[flow], set(marking)))

    def _gathers(self, node: Node) -> bool:
        return node.tag == "inclusiveGateway" and len(self.entries[node.id]) > 1

    def _has_all(self, join: Node, marked: set[int]) -> bool:
        """No token elsewhere can come to an empty flow into it, unless it can come to a filled one too (13.4.3)."""
        there = marked.intersection(self.entries[join.id])
        coming = [self.reach[join.id].get(flow, set()) for flow in marked - there]
        return all(entries <= there or entries & there for entries in coming)

    def _reach(self, join: Node) -> dict[int, set[int]]:
        """Of each flow, into which flows of this join its token can still come without passing it."""
        found: dict[int, set[int]] = {}
        for entry in self.entries[join.id]:
            seen, pending = {self.source[entry]}, [self.source[entry]]
            while pending:
                node = self.scope.by_id[pending.pop()]
                host = node.attached_to if node.attached_to in self.scope.by_id else None
                for flow in self.entries[node.id] if node is not join else ():
                    found.setdefault(flow, set()).add(entry)
                before = [host] if host else [self.source[flow] for flow in self.entries[node.id] if node is not join]
                pending += [name for name in before if name not in seen]
                seen.update(before)
        return found

    def _run(self, came: Came, last: Marking) -> list[str]:
        """The drawn nodes that were passed on the way to a marking, with what happened on their borders."""
        passed: list[str] = []
        marking, step = last, came[last]
        while step is not None:
            before, node_id = step
            passed += {self.source[flow] for flow in marking if flow not in before} - {node_id}
            passed.append(node_id)
            marking, step = before, came[before]
        passed += [self.source[flow] for flow in marking[:1]]
        return [name for name in reversed(passed) if name and not name.startswith("__")]

    def _exits(self, node: Node) -> list[tuple[int, ...]]:
        """The alternatives: which flows get a token together."""
        flows = [self.place[flow.id] for flow in self.scope.outgoing(node)]
        if node.tag in {"exclusiveGateway", "eventBasedGateway"}:
            return [(flow,) for flow in flows]
        if node.tag == "inclusiveGateway" and flows:
            sizes = range(1, len(flows) + 1) if len(flows) <= MAX_SUBSETS else (1, len(flows))
            return list(chain.from_iterable(combinations(flows, size) for size in sizes))
        instead: list[Marking] = []
        beside: list[Marking] = [()]
        for event in self.scope.boundaries(node):
            leaving = tuple(self.place[flow.id] for flow in self.scope.outgoing(event))
            (instead if event.interrupting else beside).append(leaving)
            if not event.interrupting and _again(event):
                beside.append((*leaving, *leaving))
        return [*((*flows, *extra) for extra in beside), *instead]


def _again(event: Node) -> bool:
    """Whether it can happen twice while its activity goes on."""
    return event.trigger is not None and (event.trigger.kind != "timer" or event.trigger.form == "timeCycle")


def _crowded(marking: Marking) -> bool:
    """More tokens than a sound model ever has, together or on one flow: it may fill up without end."""
    return len(marking) > MAX_TOKENS or any(
        marking[n] == marking[n + MAX_ON_FLOW] for n in range(len(marking) - MAX_ON_FLOW)
    )
