"""An independent token game of BPMN 2.0, to compare the engine with: reads the XML itself, keeps everything in memory,
and shares no code with the engine. Conditions are of the form `= name`, lists of the form `= ["a", "b"]`.

Written from the standard: chapter 13 (what runs), 10.5 (events), 10.6 (gateways).
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

NS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BB = "{urn:bedrijfsbureau:bpmn:1}"


def tag(node: ET.Element) -> str:
    return node.tag.removeprefix(NS)


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
        root = ET.fromstring(model)
        self.values = values
        self.names = {e.get("id"): e.get("name") or e.get("errorCode") or e.get("escalationCode") for e in root}
        self.process = next(e for e in root if tag(e) == "process")
        self.top = Scope(self.process, None, {})
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
                    for flow in self._flows(scope, token.node):
                        target = self._node(scope, flow.get("targetRef"))
                        yield token, target, *self._event(target)
                elif tag(token.node) in {"intermediateCatchEvent", "receiveTask"} and not self._is_marker(token):
                    yield token, token.node, *self._event(token.node)
                if token.around is None:
                    for border in self._borders(token):
                        yield token, border, *self._event(border)
            if scope.listens and (scope.tokens or scope is not self.top):
                for start in self._handlers(scope):
                    yield scope, start, *self._event(start)

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
            if self._event(node)[0] == "link":
                self._leave(token)
        elif kind == "parallelGateway":
            self._parallel(token)
        elif kind == "inclusiveGateway" and len(self._entering(token.scope, node)) > 1:
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
        flows = self._flows(scope, node)
        if tag(node) in {"exclusiveGateway", "inclusiveGateway"} and len(flows) > 1:
            default = node.get("default")
            chosen = [flow for flow in flows if flow.get("id") != default and self._holds(flow[0])]
            if tag(node) == "exclusiveGateway":
                chosen = chosen[:1]
            flows = chosen or [flow for flow in flows if flow.get("id") == default]
        for flow in flows:
            self._put(scope, self._node(scope, flow.get("targetRef")), dict(token.data), flow.get("id"))
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
        return token.around is None and self._marker(token.node) is not None

    def _marker(self, node: ET.Element) -> ET.Element | None:
        return next((child for child in node if tag(child).endswith("LoopCharacteristics")), None)

    def _mark(self, token: Token) -> None:
        marker = self._marker(token.node)
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
        marker = self._marker(token.node)
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
        entering = self._entering(token.scope, token.node)
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
                    empty = set(self._entering(scope, token.node)) - filled
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
            for flow, target in self._ways(scope, node):
                if target is join:
                    reached.add(flow)
                elif target.get("id") not in seen:
                    seen.add(target.get("id"))
                    pending.append(target)
        return bool(reached & empty) and not reached & filled

    def _ways(self, scope: Scope, node: ET.Element) -> Iterator[tuple[str | None, ET.Element]]:
        """Where a token at a node can go: along its flows, those of its border, or a link."""
        borders = [n for n in scope.element if n.get("attachedToRef") == node.get("id")]
        for flow in [flow for each in (node, *borders) for flow in self._flows(scope, each)]:
            yield flow.get("id"), self._node(scope, flow.get("targetRef"))
        if tag(node) == "intermediateThrowEvent" and self._event(node)[0] == "link":
            yield None, self._far_end(scope, node)

    def _far_end(self, scope: Scope, node: ET.Element) -> ET.Element:
        nodes = [n for n in scope.element if tag(n) == "intermediateCatchEvent"]
        return next(n for n in nodes if self._event(n) == self._event(node))

    # events

    def _event(self, node: ET.Element) -> tuple[str, str]:
        if tag(node) == "receiveTask":
            return "message", str(self.names[node.get("messageRef")])
        definition = next((child for child in node if tag(child).endswith("EventDefinition")), None)
        if definition is None:
            return "", ""
        kind = tag(definition).removesuffix("EventDefinition")
        if kind == "link":
            return kind, definition.get("name", "")
        if kind == "conditional":
            return kind, (definition[0].text or "").removeprefix("= ")
        reference = next((value for name, value in definition.attrib.items() if name.endswith("Ref")), "")
        return kind, str(self.names.get(reference, ""))

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
        for flow in self._flows(who.scope, event):
            self._put(who.scope, self._node(who.scope, flow.get("targetRef")), dict(data), flow.get("id"))

    def _handle(self, scope: Scope, start: ET.Element, payload: dict[str, Any]) -> None:
        """Start the event subprocess with this start."""
        handler = next(n for n in scope.element if start in list(n))
        if start.get("isInterrupting") != "false":
            for token in list(scope.tokens):
                self._remove(token)
            scope.listens = False
        self._put(scope, handler, {**scope.data, **payload})

    def _throw(self, token: Token) -> None:
        kind, name = self._event(token.node)
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
            self._put(token.scope, self._far_end(token.scope, token.node), token.data)
            return
        if token.alive and kind != "error":
            self._leave(token)
        elif token.alive:
            raise AssertionError("an error that nobody catches")

    def _rise(self, token: Token, kind: str, name: str) -> None:
        """From the inside outward: event subprocesses of the scope, then the border of what it is in."""
        scope, below = token.scope, token
        while True:
            for start in self._handlers(scope):
                if scope.listens and self._event(start) == (kind, name) and start not in list(below.node):
                    self._handle(scope, start, {})
                    return
            if scope.owner is None:
                return
            owner = scope.owner.around or scope.owner
            for border in self._borders(owner):
                if self._event(border) == (kind, name):
                    self._happen(owner, border, {})
                    return
            scope, below = owner.scope, owner

    def _conditions(self) -> bool:
        for who, event, kind, name in self.waiting():
            if kind == "conditional" and self.values.get(name):
                self._happen(who, event, {})
                return True
        return False

    def _handlers(self, scope: Scope) -> list[ET.Element]:
        bodies = [n for n in scope.element if n.get("triggeredByEvent") == "true"]
        return [child for body in bodies for child in body if tag(child) == "startEvent"]

    def _borders(self, token: Token) -> list[ET.Element]:
        return [n for n in token.scope.element if n.get("attachedToRef") == token.node.get("id")]

    # the drawing

    def _flows(self, scope: Scope, node: ET.Element) -> list[ET.Element]:
        return [f for f in scope.element if tag(f) == "sequenceFlow" and f.get("sourceRef") == node.get("id")]

    def _entering(self, scope: Scope, node: ET.Element) -> list[Any]:
        flows = [f for f in scope.element if tag(f) == "sequenceFlow"]
        return [f.get("id") for f in flows if f.get("targetRef") == node.get("id")]

    def _node(self, scope: Scope, name: str | None) -> ET.Element:
        return next(n for n in scope.element if n.get("id") == name)

    def _holds(self, expression: ET.Element) -> bool:
        return bool(self.values.get((expression.text or "").removeprefix("= ")))
