"""The steps of models as rows, for a table beside the diagram. Forgiving: a draft with faults has steps too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedrijfsbureau.engine import xml
from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.model import Element, element, feel_text
from bedrijfsbureau.engine.reading import read_diagram


@dataclass(frozen=True)
class Way:
    """A sequence flow to the next step. `condition`: FEEL, "" when there is none."""

    to: str
    name: str
    condition: str
    is_default: bool


@dataclass(frozen=True)
class Step:
    """`trigger`: message, timer, conditional, error, ... or ""; `expression`: the FEEL of a timer or a condition."""

    element: Element
    file: str
    line: int
    depth: int  # 0 in a process, 1 in its subprocess, ...
    trigger: str
    expression: str
    attached_to: str | None  # of a boundary event
    ways: tuple[Way, ...]


def outline(files: Mapping[str, str]) -> tuple[Step, ...]:
    """Every step of the BPMN files that can be read, in the order of the flow, the usual way first."""
    return tuple(step for file, text in files.items() if file.endswith(".bpmn") for step in _file(file, text))


def _file(file: str, text: str) -> Iterator[Step]:
    try:
        diagram = read_diagram(file, xml.read(text.encode("utf-8", "surrogatepass")))
    except xml.XmlRefused:
        return  # `check` says what is wrong with it
    for process in diagram.processes:
        yield from _scope(process, file, process.id, 0)


def _scope(scope: Scope, file: str, process: str, depth: int) -> Iterator[Step]:
    for node in _in_order(scope):
        trigger = node.trigger
        yield Step(
            element(node, process),
            file,
            node.line,
            depth,
            trigger.kind if trigger else "",
            feel_text(trigger.expression) if trigger and trigger.expression else "",
            node.attached_to,
            tuple(_ways(scope, node)),
        )
        if node.body is not None:
            yield from _scope(node.body, file, process, depth + 1)


def _ways(scope: Scope, node: Node) -> Iterator[Way]:
    for flow in scope.outgoing(node):
        target = scope.by_id.get(flow.target)
        name = target.label if target else flow.target
        yield Way(flow.target, name, feel_text(flow.condition or ""), flow.id == node.default)


def _in_order(scope: Scope) -> list[Node]:
    """Along the flows from each start, a join after all its branches; what no flow leads to comes last."""
    starts = [node.id for node in scope.nodes if node.tag == "startEvent"]
    others = [node.id for node in scope.nodes if node.tag != "startEvent"]
    seen: set[str] = set()
    roots = [_reached(scope, first, seen) for first in (*starts, *others)]
    return [node for found in roots for node in found]


def _reached(scope: Scope, first: str, seen: set[str]) -> list[Node]:
    """What can be reached from `first` and was not seen before: depth first, in reversed order of leaving."""
    left: list[Node] = []
    waiting = [(first, False)]
    while waiting:
        name, is_done = waiting.pop()
        if is_done:
            left.append(scope.by_id[name])
        elif name in scope.by_id and name not in seen:
            seen.add(name)
            waiting.append((name, True))
            waiting.extend((following, False) for following in scope.following(scope.by_id[name]))
    return left[::-1]
