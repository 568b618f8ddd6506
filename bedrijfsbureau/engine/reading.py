"""From XML to `diagram`: forgiving, so that the rules can name everything that is wrong in one go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bedrijfsbureau.engine.diagram import AdHoc, Diagram, Flow, Node, Repeat, Scope, Trigger
from bedrijfsbureau.engine.dialect import BB, BPMN, FLOW_NODES, LOOPS, MESSAGE_TASKS
from bedrijfsbureau.engine.vocabulary import EXPRESSIONS

_EXPRESSIONS = frozenset(f"{BPMN}{tag}" for tag in EXPRESSIONS)

# event definition -> (the element it refers to, the attribute of that which the engine goes by)
_REFERENCES = {
    "message": ("message", "name"),
    "signal": ("signal", "name"),
    "error": ("error", "errorCode"),
    "escalation": ("escalation", "escalationCode"),
}


@dataclass
class _Names:
    """What elements refer to by id in one file: by tag of the root element, and the names of lanes."""

    roots: dict[str, dict[str, str]] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)


def read_diagram(file: str, root: Any) -> Diagram:
    names = _Names()
    for tag, attribute in _REFERENCES.values():
        names.roots[tag] = {found.get("id", ""): found.get(attribute, "") for found in root.findall(f"{BPMN}{tag}")}
    for lane in root.iter(f"{BPMN}lane"):
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            names.lanes[text(reference)] = lane.get("name", "")
    processes = tuple(_scope(process, names) for process in root.findall(f"{BPMN}process"))
    return Diagram(file, processes, root)


def local(element: Any) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _is(element: Any, attribute: str, default: bool) -> bool:
    """An xs:boolean; rule `attributes` refuses what is neither."""
    value = element.get(attribute)
    return default if value is None else value in {"true", "1"}


def text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _scope(element: Any, names: _Names, lane: str = "") -> Scope:
    nodes, flows = [], []
    for child in element:
        if not str(child.tag).startswith(BPMN):
            continue
        if local(child) == "sequenceFlow":
            flows.append(_flow(child))
        elif local(child) in FLOW_NODES:
            nodes.append(_node(child, names, lane))
    return Scope(
        element.get("id", ""),
        element.sourceline,
        element.get("name", ""),
        local(element) == "adHocSubProcess",
        _is(element, "isExecutable", True),
        tuple(nodes),
        (*flows, *_links(nodes)),
        element,
    )


def _links(nodes: list[Node]) -> Iterator[Flow]:
    """A pair of link events is a sequence flow that is not drawn (BPMN 2.0, 10.5.5)."""
    links = [(node, node.trigger.reference) for node in nodes if node.trigger and node.trigger.kind == "link"]
    targets = {name: node.id for node, name in links if node.tag == "intermediateCatchEvent"}
    for node, name in links:
        if node.tag == "intermediateThrowEvent" and name in targets:
            yield Flow(f"__link_{node.id}", node.id, targets[name])


def _flow(element: Any) -> Flow:
    condition = element.find(f"{BPMN}conditionExpression")
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=None if condition is None else text(condition),
        line=element.sourceline,
        name=element.get("name", ""),
        xml=element,
    )


def _node(element: Any, names: _Names, around: str) -> Node:
    tag, get = local(element), element.get
    lane = names.lanes.get(get("id", ""), around)
    documentation = element.find(f"{BPMN}documentation")
    return Node(
        id=get("id", ""),
        tag=tag,
        line=element.sourceline,
        name=get("name", ""),
        bb=own(element),
        writes=tuple(
            (w.get("field", ""), w.get("value", ""), w.sourceline)
            for w in element.iterfind(f"{BPMN}extensionElements/{BB}write")
        ),
        triggers=tuple(_trigger(found, names) for found in _event_definitions(element)),
        default=get("default"),
        attached_to=get("attachedToRef"),
        interrupting=_is(element, "isInterrupting" if tag == "startEvent" else "cancelActivity", True),
        by_event=_is(element, "triggeredByEvent", False),
        called=get("calledElement"),
        documentation="" if documentation is None else text(documentation),
        lane=lane,
        body=_scope(element, names, lane) if tag in {"subProcess", "transaction", "adHocSubProcess"} else None,
        repeat=next((_repeat(child) for child in element if local(child) in LOOPS), None),
        ad_hoc=_ad_hoc(element) if tag == "adHocSubProcess" else None,
        xml=element,
    )


def _event_definitions(element: Any) -> Iterator[Any]:
    """A send or receive task is its own message event definition."""
    if local(element) in MESSAGE_TASKS:
        yield element
    yield from (child for child in element if local(child).endswith("EventDefinition"))


def _repeat(element: Any) -> Repeat:
    return Repeat(
        element.sourceline,
        local(element).startswith("multi"),
        _is(element, "isSequential", False),
        element.get(f"{BB}collection"),
        element.get(f"{BB}item"),
        _child_text(element, "loopCardinality"),
        _child_text(element, "completionCondition"),
        _is(element, "testBefore", False),
        _child_text(element, "loopCondition"),
        element.get("loopMaximum"),
        element,
    )


def _ad_hoc(element: Any) -> AdHoc:
    return AdHoc(
        element.get("ordering", "Parallel") == "Sequential",
        _is(element, "cancelRemainingInstances", True),
        _child_text(element, "completionCondition"),
    )


def _child_text(element: Any, tag: str) -> str | None:
    child = element.find(f"{BPMN}{tag}")
    return None if child is None else text(child)


def own(element: Any) -> Mapping[str, str]:
    """Our own attributes of an element, without the namespace."""
    return {name.removeprefix(BB): value for name, value in element.attrib.items() if name.startswith(BB)}


def _trigger(element: Any, names: _Names) -> Trigger:
    kind = "message" if local(element) in MESSAGE_TASKS else local(element).removesuffix("EventDefinition")
    expression = reference = None
    form = ""
    if kind in _REFERENCES:
        reference = names.roots[_REFERENCES[kind][0]].get(element.get(f"{kind}Ref", "")) or None
    elif kind == "link":
        reference = element.get("name")
    elif kind in {"timer", "conditional"}:
        child = next((child for child in element if child.tag in _EXPRESSIONS), None)
        expression, form = (None, "") if child is None else (text(child), local(child))
    return Trigger(kind, element.sourceline, reference, element.get(f"{BB}key"), expression, form, element)
