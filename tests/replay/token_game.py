"""A second opinion on the model: a token game over the BPMN XML that shares no code with the engine.

A marking counts the tokens on each sequence flow. Only what this one model uses is known: user tasks; exclusive,
parallel and inclusive gateways; one start, one terminate end; four shapes of condition.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ACTIVITY = "{urn:bedrijfsbureau:bpmn:1}activity"


class TokenGame:
    def __init__(self, path: Path) -> None:
        (process,) = etree.parse(path).getroot().iter(f"{BPMN}process")
        self.flows = {flow.get("id"): flow for flow in process.iter(f"{BPMN}sequenceFlow")}
        self.nodes = {node.get("id"): node for node in process if node.tag in _NODES}
        self.tasks = {node.get(ACTIVITY): id_ for id_, node in self.nodes.items() if node.tag == f"{BPMN}userTask"}
        self.into = {id_: [f for f, flow in self.flows.items() if flow.get("targetRef") == id_] for id_ in self.nodes}
        self.out = {id_: [f for f, flow in self.flows.items() if flow.get("sourceRef") == id_] for id_ in self.nodes}
        joins = [id_ for id_, node in self.nodes.items() if node.tag == _INCLUSIVE]
        self.upstream = {id_: {flow: self._reaching(id_, flow) for flow in self.into[id_]} for id_ in joins}
        self.restart()

    def restart(self) -> None:
        self.tokens: Counter[str] = Counter()
        self.data: dict[str, Any] = {}
        self.finished = False
        (start,) = (id_ for id_, node in self.nodes.items() if node.tag == f"{BPMN}startEvent")
        self._leave(start, self.out[start])

    @property
    def ready(self) -> set[str]:
        return {activity for activity, id_ in self.tasks.items() if any(self.tokens[flow] for flow in self.into[id_])}

    def complete(self, activity: str, data: dict[str, Any]) -> None:
        assert activity in self.ready
        self.data |= data
        id_ = self.tasks[activity]
        self._enter(id_, self._waiting(id_)[:1])
        self._leave(id_, self.out[id_])

    def _leave(self, id_: str, flows: list[str]) -> None:
        self.tokens.update(flows)
        while step := next(self._enabled(), None):
            gateway, taken = step
            self._enter(gateway, taken)
            if self.nodes[gateway].tag == f"{BPMN}endEvent":
                self.finished, self.tokens = True, Counter()
            else:
                self.tokens.update(self._chosen(gateway))

    def _enter(self, id_: str, flows: list[str]) -> None:
        self.tokens.subtract(flows)
        assert min(self.tokens.values(), default=0) >= 0, id_

    def _waiting(self, id_: str) -> list[str]:
        return [flow for flow in self.into[id_] if self.tokens[flow]]

    def _enabled(self) -> Iterator[tuple[str, list[str]]]:
        for id_, node in self.nodes.items():
            waiting = self._waiting(id_)
            if not waiting or node.tag == f"{BPMN}userTask":
                continue
            if node.tag == f"{BPMN}parallelGateway" and len(waiting) < len(self.into[id_]):
                continue
            if node.tag == _INCLUSIVE and self._must_wait(id_, waiting):
                continue
            yield id_, waiting[:1] if node.tag == f"{BPMN}exclusiveGateway" else waiting

    def _chosen(self, id_: str) -> list[str]:
        node, out = self.nodes[id_], self.out[id_]
        if node.tag == f"{BPMN}parallelGateway" or len(out) == 1:
            return out
        true = [flow for flow in out if flow != node.get("default") and self._holds(flow)]
        return (true if node.tag == _INCLUSIVE else true[:1]) or [node.get("default")]

    def _holds(self, flow: str) -> bool:
        text = self.flows[flow].findtext(f"{BPMN}conditionExpression").removeprefix("= ")
        for pattern, test in _CONDITIONS.items():
            if found := re.fullmatch(pattern, text):
                return bool(test(self.data.get(found[1]), *found.groups()[1:]))
        raise AssertionError(text)

    def _must_wait(self, id_: str, waiting: list[str]) -> bool:
        """BPMN 2.0.2, 13.4.3: wait for a token that can come to an empty flow into this join, unless it can also come
        to a flow that has a token already."""
        upstream = self.upstream[id_]
        to_waiting = set().union(*(upstream[flow] for flow in waiting))
        to_empty = set().union(*(upstream[flow] for flow in upstream if flow not in waiting))
        return any(self.tokens[flow] for flow in to_empty - to_waiting)

    def _reaching(self, id_: str, flow: str) -> set[str]:
        """The flows from which a token can come to `flow`, into the join `id_`, without passing that join."""
        found: set[str] = set()
        todo = [flow]
        while todo:
            if (flow := todo.pop()) not in found:
                found.add(flow)
                source = self.flows[flow].get("sourceRef")
                todo += self.into[source] if source != id_ else []
        return found


_INCLUSIVE = f"{BPMN}inclusiveGateway"
_NODES = {f"{BPMN}{kind}Gateway" for kind in ("exclusive", "parallel", "inclusive")}
_NODES |= {f"{BPMN}{kind}" for kind in ("startEvent", "endEvent", "userTask")}
_CONDITIONS = {
    r"([\w.]+)": lambda value: value is True,
    r'([\w.]+) = "(\w+)"': lambda value, text: value == text,
    r"list contains\(([\w.]+), (\d)\)": lambda value, number: int(number) in (value or []),
    r"count\(([\w.]+)\) > 0": lambda value: len(value or []) > 0,
}
