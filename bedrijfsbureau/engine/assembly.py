"""From desugared diagrams to SpiffWorkflow specs, built directly: no XML reaches SpiffWorkflow's own parser.

(That parser recurses over the diagram, stops at about 600 tasks in a row, loops on some data associations, and builds
XPath from ids in the file.)
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bedrijfsbureau.engine.desugar import desugar
from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.expressions import Formula, formula, moment
from bedrijfsbureau.engine.model import Element, Model, element
from bedrijfsbureau.engine.specs.ad_hoc import AdHocSubProcess
from bedrijfsbureau.engine.specs.catching import Catches
from bedrijfsbureau.engine.specs.events import BoundaryEvent, CatchEvent, EventBasedGateway, StartEvent
from bedrijfsbureau.engine.specs.gateways import Choice, ExclusiveGateway, InclusiveGateway, ParallelGateway
from bedrijfsbureau.engine.specs.loops import Many, MultiInstance, StandardLoop, While
from bedrijfsbureau.engine.specs.scopes import EventSubprocess, ProcessSpec, SubProcess
from bedrijfsbureau.engine.specs.step import ManualTask, Split, Step
from bedrijfsbureau.engine.specs.throwing import EndEvent, HostTask, ThrowEvent, ThrowingEnd, Throws


class Assembly:
    """Builds one model: the process itself, the processes it calls, and every subprocess in them."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.elements: dict[str, Element] = {}
        self.specs: dict[str, ProcessSpec] = {}
        self.offers: dict[str, tuple[str, ...]] = {}

    def model(self, process_id: str, processes: Mapping[str, Scope]) -> Model:
        pending, seen = [process_id], set()
        while pending:
            process = processes[pending.pop()]
            if process.id not in seen:
                seen.add(process.id)
                pending += [node.called for scope in process.scopes() for node in scope.nodes if node.called]
                self._scope(desugar(process), process.id)
        spec = self.specs[process_id]
        name = processes[process_id].name or process_id
        return Model(process_id, name, self.elements, self.offers, spec, self.specs)

    def _scope(self, scope: Scope, process: str) -> ProcessSpec:
        spec = self.specs[scope.id] = ProcessSpec(scope.id)
        heads: dict[str, Step] = {}  # where a flow to a node arrives: the node, or the split before it
        tails: dict[str, Step] = {}
        for node in scope.nodes:
            if not node.id.startswith("__"):
                self.elements[node.id] = element(node, process)
            heads[node.id] = tails[node.id] = self._repeated(spec, node, process)
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
        if scope.free:
            spec.heads = [(self.elements[node.id], heads[node.id]) for node in scope.heads()]
        return spec

    def _repeated(self, spec: ProcessSpec, node: Node, process: str) -> Step:
        """The node itself, or a loop around a scope with only that node in it."""
        repeat = node.repeat
        if repeat is None:
            return self._node(spec, node, process)
        found, scope = self.elements[node.id], f"__each_{node.id}"
        inside = self.specs[scope] = ProcessSpec(scope)
        inside.start.connect(self._node(inside, node, process))
        if not repeat.many:
            maximum = int(repeat.maximum) if repeat.maximum else None
            condition = self._optional(repeat.condition)
            return StandardLoop(spec, node.id, found, scope, While(condition, repeat.test_before, maximum))
        item, collection = repeat.item or "item", self._optional(repeat.collection)
        cardinality, completion = self._optional(repeat.cardinality), self._optional(repeat.completion)
        many = Many(repeat.sequential, collection, item, cardinality, completion)
        return MultiInstance(spec, node.id, found, scope, many)

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

    def _optional(self, text: str | None) -> Formula | None:
        return None if text is None else self._formula(text)

    def _node(self, spec: ProcessSpec, node: Node, process: str) -> Step:
        return _MAKERS[node.tag](self, spec, node, process)

    def _catches(self, node: Node) -> Catches:
        trigger = node.triggers[0]
        expression: Formula | None
        if trigger.kind == "timer":
            expression = moment(trigger.expression, self.names)
        else:
            expression = self._optional(trigger.key if trigger.kind == "message" else trigger.expression)
        cyclic = trigger.form == "timeCycle"
        return Catches(trigger.kind, trigger.reference, expression, node.interrupting, cyclic)

    def _throws(self, node: Node) -> Throws:
        trigger = node.triggers[0]
        return Throws(trigger.kind, trigger.reference, self._optional(trigger.key))


def _start(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    found = a.elements[node.id]
    return StartEvent(spec, node.id, found, a._catches(node)) if node.triggers else Step(spec, node.id, found)


def _end(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    found = a.elements[node.id]
    return ThrowingEnd(spec, node.id, found, a._throws(node)) if node.triggers else EndEvent(spec, node.id, found)


def _catch(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    found = a.elements[node.id]
    if node.triggers[0].kind == "link":
        return Step(spec, node.id, found)
    return CatchEvent(spec, node.id, found, a._catches(node))


def _throw(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    found = a.elements[node.id]
    if not node.triggers or node.triggers[0].kind == "link":
        return Step(spec, node.id, found)
    return ThrowEvent(spec, node.id, found, a._throws(node))


def _boundary(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    return BoundaryEvent(spec, node.id, a.elements[node.id], a._catches(node))


def _call(a: Assembly, spec: ProcessSpec, node: Node, _: str) -> Step:
    return SubProcess(spec, node.id, a.elements[node.id], node.called or "")


def _subprocess(a: Assembly, spec: ProcessSpec, node: Node, process: str) -> Step:
    assert node.body is not None
    found, inside = a.elements[node.id], a._scope(node.body, process)
    if not node.by_event:
        return SubProcess(spec, node.id, found, inside.name)
    start = next(start for start in inside.start.outputs if isinstance(start, StartEvent))
    return EventSubprocess(spec, node.id, found, inside.name, start)


def _ad_hoc(a: Assembly, spec: ProcessSpec, node: Node, process: str) -> Step:
    assert node.body is not None and node.ad_hoc is not None
    inside, says = a._scope(node.body, process), node.ad_hoc
    found, completion = a.elements[node.id], a._formula(says.completion)
    made = AdHocSubProcess(spec, node.id, found, inside.name, completion, says.sequential, says.cancel_remaining)
    made.heads = inside.heads
    a.offers[node.id] = tuple(head.id for head, _ in made.heads)
    return made


def _plain(kind: Callable[[ProcessSpec, str, Any], Step]) -> Callable[[Assembly, ProcessSpec, Node, str], Step]:
    return lambda a, spec, node, _: kind(spec, node.id, a.elements.get(node.id))


_MAKERS: dict[str, Callable[[Assembly, ProcessSpec, Node, str], Step]] = {
    "startEvent": _start,
    "endEvent": _end,
    "userTask": _plain(ManualTask),
    "manualTask": _plain(ManualTask),
    "serviceTask": _plain(HostTask),
    "businessRuleTask": _plain(HostTask),
    "sendTask": _throw,
    "receiveTask": _catch,
    "exclusiveGateway": _plain(ExclusiveGateway),
    "parallelGateway": _plain(ParallelGateway),
    "inclusiveGateway": _plain(InclusiveGateway),
    "eventBasedGateway": _plain(EventBasedGateway),
    "intermediateCatchEvent": _catch,
    "intermediateThrowEvent": _throw,
    "boundaryEvent": _boundary,
    "subProcess": _subprocess,
    "adHocSubProcess": _ad_hoc,
    "callActivity": _call,
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
