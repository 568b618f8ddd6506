"""From XML to `diagram`: forgiving, so that the rules can name everything that is wrong in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bedrijfsbureau.engine.diagram import Diagram, Flow, Node, Scope, Trigger
from bedrijfsbureau.engine.dialect import BB, BPMN, FLOW_NODES


@dataclass
class _Names:
    """What elements refer to by id in one file: message names, error codes, lane names."""

    messages: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)


def read_diagram(file: str, root: Any) -> Diagram:
    names = _Names()
    for message in root.findall(f"{BPMN}message"):
        names.messages[message.get("id", "")] = message.get("name", "")
    for error in root.findall(f"{BPMN}error"):
        names.errors[error.get("id", "")] = error.get("errorCode", "")
    for lane in root.iter(f"{BPMN}lane"):
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            names.lanes[text(reference)] = lane.get("name", "")
    processes = tuple(_scope(process, names) for process in root.findall(f"{BPMN}process"))
    return Diagram(file, processes, root)


def local(element: Any) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _scope(element: Any, names: _Names) -> Scope:
    nodes, flows = [], []
    for child in element:
        if not str(child.tag).startswith(BPMN):
            continue
        if local(child) == "sequenceFlow":
            flows.append(_flow(child))
        elif local(child) in FLOW_NODES:
            nodes.append(_node(child, names))
    return Scope(
        element.get("id", ""), element.sourceline, element.get("name", ""), tuple(nodes), tuple(flows), element
    )


def _flow(element: Any) -> Flow:
    condition = element.find(f"{BPMN}conditionExpression")
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=None if condition is None else text(condition),
        line=element.sourceline,
    )


def _node(element: Any, names: _Names) -> Node:
    tag, get = local(element), element.get
    documentation = element.find(f"{BPMN}documentation")
    interrupting = get("isInterrupting" if tag == "startEvent" else "cancelActivity", "true")
    return Node(
        id=get("id", ""),
        tag=tag,
        line=element.sourceline,
        name=get("name", ""),
        bb=own(element),
        writes=tuple((w.get("field", ""), w.get("value", ""), w.sourceline) for w in element.iter(f"{BB}write")),
        triggers=tuple(_trigger(child, names) for child in element if local(child).endswith("EventDefinition")),
        default=get("default"),
        attached_to=get("attachedToRef"),
        interrupting=interrupting != "false",
        by_event=get("triggeredByEvent") == "true",
        called=get("calledElement"),
        documentation="" if documentation is None else text(documentation),
        lane=names.lanes.get(get("id", ""), ""),
        body=_scope(element, names) if tag in {"subProcess", "transaction", "adHocSubProcess"} else None,
        xml=element,
    )


def own(element: Any) -> Mapping[str, str]:
    """Our own attributes of an element, without the namespace."""
    return {name.removeprefix(BB): value for name, value in element.attrib.items() if name.startswith(BB)}


def _trigger(element: Any, names: _Names) -> Trigger:
    kind = local(element).removesuffix("EventDefinition")
    expression = reference = None
    if kind == "message":
        reference = names.messages.get(element.get("messageRef", "")) or None
    elif kind == "error":
        reference = names.errors.get(element.get("errorRef", "")) or None
    elif kind in {"timer", "conditional"}:
        expression = next((text(child) for child in element if str(child.tag).startswith(BPMN)), None)
    return Trigger(kind, element.sourceline, reference, element.get(f"{BB}key"), expression, element)
