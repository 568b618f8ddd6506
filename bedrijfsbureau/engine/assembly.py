"""From desugared diagrams to SpiffWorkflow specs, built directly: no XML reaches SpiffWorkflow's own parser.

(That parser recurses over the diagram, stops at about 600 tasks in a row, loops on some data associations, and builds
XPath from ids in the file.)
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bedrijfsbureau.engine.desugar import desugar
from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.expressions import Formula, formula
from bedrijfsbureau.engine.model import Element, Model, element
from bedrijfsbureau.engine.specs.events import (
    BoundaryEvent,
    Catches,
    CatchEvent,
    EndEvent,
    EventBasedGateway,
    StartEvent,
)
from bedrijfsbureau.engine.specs.gateways import Choice, ExclusiveGateway, InclusiveGateway, ParallelGateway
from bedrijfsbureau.engine.specs.scopes import EventSubprocess, ProcessSpec, SubProcess
from bedrijfsbureau.engine.specs.step import HostTask, ManualTask, Split, Step


class Assembly:
    """Builds one model: the process itself, the processes it calls, and every subprocess in them."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.elements: dict[str, Element] = {}
        self.specs: dict[str, ProcessSpec] = {}

    def model(self, process_id: str, processes: Mapping[str, Scope]) -> Model:
        pending, seen = [process_id], set()
        while pending:
            process = processes[pending.pop()]
            if process.id not in seen:
                seen.add(process.id)
                pending += [node.called for scope in process.scopes() for node in scope.nodes if node.called]
                self._scope(desugar(process), process.id)
        spec = self.specs[process_id]
        return Model(process_id, processes[process_id].name or process_id, self.elements, spec, self.specs)

    def _scope(self, scope: Scope, process: str) -> None:
        spec = self.specs[scope.id] = ProcessSpec(scope.id)
        heads: dict[str, Step] = {}  # where a flow to a node arrives: the node, or the split before it
        tails: dict[str, Step] = {}
        for node in scope.nodes:
            if not node.id.startswith("__"):
                self.elements[node.id] = element(node, process)
            heads[node.id] = tails[node.id] = self._node(spec, node)
            if node.body is not None:
                self._scope(node.body, process)
        for node in scope.nodes:
            if boundaries := scope.boundaries(node):
                heads[node.id] = split = Split(spec, f"__boundary_{node.id}", node.id)
                for boundary in boundaries:  # before the activity, so that they listen when it starts
                    split.connect(tails[boundary.id])
                split.connect(tails[node.id])
        for node in scope.nodes:
            if node.tag == "startEvent":
                spec.start.connect(heads[node.id])
            self._connect(scope, node, tails[node.id], heads)
        _fill_reach(spec)

    def _connect(self, scope: Scope, node: Node, spec: Step, heads: Mapping[str, Step]) -> None:
        flows = scope.outgoing(node)
        for flow in flows:
            if isinstance(spec, Choice):
                default = flow.id == node.default or (len(flows) == 1 and flow.condition is None)
                spec.connect_if(None if default else self._formula(flow.condition), heads[flow.target])
            else:
                spec.connect(heads[flow.target])

    def _formula(self, text: str | None) -> Formula:
        return formula(text, self.names)

    def _node(self, spec: ProcessSpec, node: Node) -> Step:
        return _MAKERS[node.tag](self, spec, node, self.elements.get(node.id))

    def _catches(self, node: Node) -> Catches:
        trigger = node.triggers[0]
        text = trigger.key if trigger.kind == "message" else trigger.expression
        return Catches(trigger.kind, trigger.reference, None if text is None else self._formula(text))

    def _subprocess(self, spec: ProcessSpec, node: Node, found: Any) -> Step:
        body = node.body
        if body is None:
            return SubProcess(spec, node.id, found, node.called or "")
        if not node.by_event:
            return SubProcess(spec, node.id, found, body.id)
        start = next(child for child in body.nodes if child.tag == "startEvent")
        catches = self._catches(start)
        return EventSubprocess(
            spec, node.id, found, body.id, catches.reference or "", catches.expression, element(start, found.process)
        )


_Maker = Callable[[Assembly, ProcessSpec, Node, Any], Step]


def _end(_: Assembly, spec: ProcessSpec, node: Node, found: Any) -> Step:
    return EndEvent(spec, node.id, found, terminates=bool(node.trigger and node.trigger.kind == "terminate"))


_MAKERS: dict[str, _Maker] = {
    "startEvent": lambda _, spec, node, found: StartEvent(spec, node.id, found),
    "endEvent": _end,
    "userTask": lambda _, spec, node, found: ManualTask(spec, node.id, found),
    "manualTask": lambda _, spec, node, found: ManualTask(spec, node.id, found),
    "serviceTask": lambda _, spec, node, found: HostTask(spec, node.id, found),
    "businessRuleTask": lambda _, spec, node, found: HostTask(spec, node.id, found),
    "exclusiveGateway": lambda _, spec, node, found: ExclusiveGateway(spec, node.id, found),
    "parallelGateway": lambda _, spec, node, found: ParallelGateway(spec, node.id, found),
    "inclusiveGateway": lambda _, spec, node, found: InclusiveGateway(spec, node.id, found),
    "eventBasedGateway": lambda _, spec, node, found: EventBasedGateway(spec, node.id, found),
    "intermediateCatchEvent": lambda a, spec, node, found: CatchEvent(spec, node.id, found, a._catches(node)),
    "boundaryEvent": lambda a, spec, node, found: BoundaryEvent(spec, node.id, found, a._catches(node)),
    "subProcess": lambda a, spec, node, found: a._subprocess(spec, node, found),
    "callActivity": lambda a, spec, node, found: a._subprocess(spec, node, found),
}


def _fill_reach(spec: ProcessSpec) -> None:
    """For each inclusive join: which of its incoming flows a token in any other node can still reach."""
    for join in [
        task for task in spec.task_specs.values() if isinstance(task, InclusiveGateway) and len(task._inputs) > 1
    ]:
        reach: dict[str, set[str]] = {}
        for entrance in join.inputs:
            for name in _upstream(entrance, join):
                reach.setdefault(name, set()).add(entrance.name)
        join.reach = {name: frozenset(entrances) for name, entrances in reach.items()}


def _upstream(entrance: Step, join: Step) -> Iterable[str]:
    seen, pending = {entrance.name}, [entrance]
    while pending:
        for before in pending.pop().inputs:
            if before is not join and before.name not in seen:
                seen.add(before.name)
                pending.append(before)
    return seen
