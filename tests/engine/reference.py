"""An independent token game of BPMN 2.0, to compare the engine with: reads the XML itself, keeps everything in memory,
and shares no code with the engine. Conditions are of the form `= name`, lists of the form `= ["a", "b"]`.

Written from the standard: chapter 13 (what runs), 10.5 (events), 10.6 (gateways).
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.engine.drawn import BB, Drawing, tag


@dataclass(eq=False)
class Token:
    """At a node: a flow node that is busy or waits. `around` is the marker it is one instance of."""

    node: ET.Element
    scope: "Scope"
    data: dict[str, Any]
    via: str | None = None  # the flow it came by
    around: "Token | None" = None
    left: list[dict[str, Any]] = field(default_factory=list)  # of a marker: instances still to begin
    rounds: int = 0
    inside: "Scope | None" = None
    alive: bool = True


@dataclass(eq=False)
class Scope:
    element: ET.Element
    owner: Token | None
    data: dict[str, Any]
    tokens: list[Token] = field(default_factory=list)
    listens: bool = True  # until an event subprocess interrupts it


class Game:
    def __init__(self, model: bytes, values: dict[str, Any]) -> None:
        self.values = values
        self.drawn = Drawing(model)
        self.top = Scope(self.drawn.process, None, {})
        self.moving: list[Token] = []
        self._start(self.top)
        self.run()

    # what can be seen

    def scopes(self) -> Iterator[Scope]:
        pending = [self.top]
        while pending:
            scope = pending.pop(0)
            yield scope
            pending += [token.inside for token in scope.tokens if token.inside is not None]

    def waiting(self) -> Iterator[tuple[Token | Scope, ET.Element, str, str]]:
        """(who waits, the event, its kind, its name) for everything that waits for an event."""
        for scope in self.scopes():
            for token in list(scope.tokens):
                if tag(token.node) == "eventBasedGateway":
                    for flow in self.drawn.flows(scope.element, token.node):
                        target = self.drawn.node(scope.element, flow.get("targetRef"))
                        yield token, target, *self.drawn.event(target)
                elif tag(token.node) in {"intermediateCatchEvent", "receiveTask"} and not self._is_marker(token):
                    yield token, token.node, *self.drawn.event(token.node)
                if token.around is None:
                    for border in self.drawn.borders(token.scope.element, token.node):
                        yield token, border, *self.drawn.event(border)
            if scope.listens and (scope.tokens or scope is not self.top):
                for start in self.drawn.handlers(scope.element):
                    yield scope, start, *self.drawn.event(start)

    def tasks(self) -> list[tuple[str, str]]:
        return sorted(
            (str(token.node.get("id")), json.dumps(token.data, sort_keys=True))
            for scope in self.scopes()
            for token in scope.tokens
            if tag(token.node) == "userTask" and not self._is_marker(token)
        )

    def waits(self) -> list[tuple[str, str]]:
        found = [(kind, str(event.get("id"))) for _, event, kind, _ in self.waiting()]
        return sorted((kind, event) for kind, event in found if kind in {"message", "timer"})

    @property
    def finished(self) -> bool:
        return not self.top.tokens

    # what happens

    def complete(self, task: tuple[str, str]) -> None:
        for scope in self.scopes():
            for token in scope.tokens:
                here = str(token.node.get("id")), json.dumps(token.data, sort_keys=True)
                if here == task and not self._is_marker(token):
                    self._leave(token)
                    self.run()
                    return
        raise AssertionError(task)

    def event(self, element: str, local: dict[str, Any], payload: dict[str, Any]) -> None:
        """A message or timer for the one who waits at `element` with this local data."""
        for who, event, _, _ in self.waiting():
            if event.get("id") == element and who.data == local:
                self._happen(who, event, payload)
                self.run()
                return
        raise AssertionError(element)

    def signal(self, name: str) -> None:
        self._spread(name)
        self.run()

    def _spread(self, name: str) -> None:
        for who, event, kind, found in list(self.waiting()):
            alive = who.alive if isinstance(who, Token) else who.listens and self._exists(who)
            if kind == "signal" and found == name and alive:
                self._happen(who, event, {})

    def run(self) -> None:
        """Until nothing moves: tokens first, then conditions that hold, then inclusive joins that need not wait."""
        while True:
            if self.moving:
                token = self.moving.pop(0)
                if token.alive:
                    self._arrive(token)
            elif not self._conditions() and not self._inclusive():
                return

    # tokens

    def _start(self, scope: Scope) -> None:
        starts = [n for n in scope.element if tag(n) == "startEvent"]
        self._put(scope, starts[0], dict(scope.data))

    def _put(
        self, scope: Scope, node: ET.Element, data: dict[str, Any], via: str | None = None, around: Token | None = None
    ) -> Token:
        token = Token(node, scope, data, via, around)
        scope.tokens.append(token)
        self.moving.append(token)
        return token

    def _arrive(self, token: Token) -> None:
        node, kind = token.node, tag(token.node)
        if self._is_marker(token):
            self._mark(token)
        elif kind in {"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"}:
            if self.drawn.event(node)[0] == "link":
                self._leave(token)
        elif kind == "parallelGateway":
            self._parallel(token)
        elif kind == "inclusiveGateway" and len(self.drawn.entering(token.scope.element, node)) > 1:
            pass  # looked at when nothing else moves
        elif kind == "subProcess":
            token.inside = Scope(node, token, dict(token.data))
            self._start(token.inside)
        elif kind in {"intermediateThrowEvent", "endEvent"}:
            self._throw(token)
        else:
            self._leave(token)

    def _leave(self, token: Token) -> None:
        self._remove(token)
        if token.around is not None:
            self._instance_done(token.around)
            return
        scope, node = token.scope, token.node
        flows = self.drawn.flows(scope.element, node)
        if tag(node) in {"exclusiveGateway", "inclusiveGateway"} and len(flows) > 1:
            default = node.get("default")
            chosen = [flow for flow in flows if flow.get("id") != default and self._holds(flow[0])]
            if tag(node) == "exclusiveGateway":
                chosen = chosen[:1]
            flows = chosen or [flow for flow in flows if flow.get("id") == default]
        for flow in flows:
            self._put(scope, self.drawn.node(scope.element, flow.get("targetRef")), dict(token.data), flow.get("id"))
        self._close(scope)

    def _remove(self, token: Token) -> None:
        token.alive = False
        if token in token.scope.tokens:
            token.scope.tokens.remove(token)
        if token.inside is not None:
            for inner in list(token.inside.tokens):
                self._remove(inner)
            token.inside.listens = False
        for instance in [t for t in token.scope.tokens if t.around is token]:
            self._remove(instance)

    def _close(self, scope: Scope) -> None:
        if not scope.tokens and scope.owner is not None and scope.owner.alive:
            self._leave(scope.owner)

    def _exists(self, scope: Scope) -> bool:
        return any(scope is each for each in self.scopes())

    # markers

    def _is_marker(self, token: Token) -> bool:
        return token.around is None and self.drawn.marker(token.node) is not None

    def _mark(self, token: Token) -> None:
        marker = self.drawn.marker(token.node)
        assert marker is not None
        if tag(marker) == "standardLoopCharacteristics":
            token.rounds = 1
            self._put(token.scope, token.node, {**token.data, "loopCounter": 1}, None, token)
            return
        items = json.loads(marker.get(f"{BB}collection", "= []").removeprefix("= "))
        token.left = [{marker.get(f"{BB}item", ""): item, "loopCounter": n} for n, item in enumerate(items, 1)]
        if not token.left:
            self._leave(token)
            return
        for _ in [0] if marker.get("isSequential") == "true" else range(len(token.left)):
            self._put(token.scope, token.node, {**token.data, **token.left.pop(0)}, None, token)

    def _instance_done(self, token: Token) -> None:
        marker = self.drawn.marker(token.node)
        assert marker is not None
        if any(each.around is token for each in token.scope.tokens):
            return
        if tag(marker) == "standardLoopCharacteristics":
            if token.rounds < int(marker.get("loopMaximum", "9")) and (not len(marker) or self._holds(marker[0])):
                token.rounds += 1
                self._put(token.scope, token.node, {**token.data, "loopCounter": token.rounds}, None, token)
                return
        elif token.left:
            self._put(token.scope, token.node, {**token.data, **token.left.pop(0)}, None, token)
            return
        self._leave(token)

    # gateways

    def _parallel(self, token: Token) -> None:
        here = [t for t in token.scope.tokens if t.node is token.node]
        entering = self.drawn.entering(token.scope.element, token.node)
        first = {flow: next((t for t in here if t.via == flow), None) for flow in entering}
        if all(first.values()):
            self._fire(token, [t for t in first.values() if t is not None])

    def _fire(self, token: Token, tokens: list[Token]) -> None:
        arrived = sorted(tokens, key=token.scope.tokens.index)
        token.data = {name: value for each in arrived for name, value in each.data.items()}
        for each in arrived:
            if each is not token:
                self._remove(each)
        self._leave(token)

    def _inclusive(self) -> bool:
        for scope in self.scopes():
            for token in scope.tokens:
                if tag(token.node) == "inclusiveGateway":
                    here = [t for t in scope.tokens if t.node is token.node]
                    filled = {t.via for t in here}
                    empty = set(self.drawn.entering(scope.element, token.node)) - filled
                    others = [t for t in scope.tokens if t.node is not token.node]
                    if not any(self._blocks(scope, t, token.node, filled, empty) for t in others):
                        first = {flow: next(t for t in here if t.via == flow) for flow in filled}
                        self._fire(token, list(first.values()))
                        return True
        return False

    def _blocks(self, scope: Scope, token: Token, join: ET.Element, filled: set[Any], empty: set[Any]) -> bool:
        """A token that can come to an empty flow, and not to one that is filled (13.4.3)."""
        reached, pending = set(), [token.node]
        seen = {token.node.get("id")}
        while pending:
            node = pending.pop()
            for flow, target in self.drawn.ways(scope.element, node):
                if target is join:
                    reached.add(flow)
                elif target.get("id") not in seen:
                    seen.add(target.get("id"))
                    pending.append(target)
        return bool(reached & empty) and not reached & filled

    # events

    def _happen(self, who: Token | Scope, event: ET.Element, payload: dict[str, Any]) -> None:
        if isinstance(who, Scope):
            self._handle(who, event, payload)
            return
        if tag(event) != "boundaryEvent":
            if tag(who.node) == "eventBasedGateway":
                who.node = event
            who.data = {**who.data, **payload}
            self._leave(who)
            return
        data = {**who.data, **payload}
        if event.get("cancelActivity") == "true":
            self._remove(who)
        for flow in self.drawn.flows(who.scope.element, event):
            self._put(who.scope, self.drawn.node(who.scope.element, flow.get("targetRef")), dict(data), flow.get("id"))

    def _handle(self, scope: Scope, start: ET.Element, payload: dict[str, Any]) -> None:
        """Start the event subprocess with this start."""
        handler = next(n for n in scope.element if start in list(n))
        if start.get("isInterrupting") != "false":
            for token in list(scope.tokens):
                self._remove(token)
            scope.listens = False
        self._put(scope, handler, {**scope.data, **payload})

    def _throw(self, token: Token) -> None:
        kind, name = self.drawn.event(token.node)
        if kind == "signal":
            self._spread(name)
        elif kind in {"error", "escalation"}:
            self._rise(token, kind, name)
        elif kind == "terminate":
            for other in list(token.scope.tokens):
                if other is not token:
                    self._remove(other)
        elif kind == "link":
            self._remove(token)
            self._put(token.scope, self.drawn.far_end(token.scope.element, token.node), token.data)
            return
        if token.alive and kind != "error":
            self._leave(token)
        elif token.alive:
            raise AssertionError("an error that nobody catches")

    def _rise(self, token: Token, kind: str, name: str) -> None:
        """From the inside outward: event subprocesses of the scope, then the border of what it is in."""
        scope, below = token.scope, token
        while True:
            for start in self.drawn.handlers(scope.element):
                if scope.listens and self.drawn.event(start) == (kind, name) and start not in list(below.node):
                    self._handle(scope, start, {})
                    return
            if scope.owner is None:
                return
            owner = scope.owner.around or scope.owner
            for border in self.drawn.borders(owner.scope.element, owner.node):
                if self.drawn.event(border) == (kind, name):
                    self._happen(owner, border, {})
                    return
            scope, below = owner.scope, owner

    def _conditions(self) -> bool:
        for who, event, kind, name in self.waiting():
            if kind == "conditional" and self.values.get(name):
                self._happen(who, event, {})
                return True
        return False

    def _holds(self, expression: ET.Element) -> bool:
        return bool(self.values.get((expression.text or "").removeprefix("= ")))
