"""A token can always go on: every element has a flow out, and from every element an end can be reached. A boundary
event has no flow in."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        leaving = _can_end(scope)
        for node in scope.nodes:
            if node.tag == "boundaryEvent":
                for flow in scope.incoming(node):
                    yield Finding(
                        flow, f"Pijl '{flow.id}' gaat naar randgebeurtenis '{node.label}'. Laat hem naar een stap gaan."
                    )
            if node.tag == "endEvent" or node.by_event or scope.free:
                continue
            if not scope.outgoing(node):
                yield Finding(
                    node, f"Uit '{node.label}' vertrekt geen pijl. Teken er een naar de volgende stap of een eind."
                )
            elif node.id not in leaving:
                yield Finding(node, f"Vanuit '{node.label}' is geen eind te bereiken. Teken een uitweg.")


def _can_end(scope: Scope) -> set[str]:
    reached = {node.id for node in scope.nodes if node.tag == "endEvent"}
    pending = list(reached)
    while pending:
        for flow in scope.incoming(scope.by_id[pending.pop()]):
            if flow.source not in reached:
                reached.add(flow.source)
                pending.append(flow.source)
    return reached


rule = Rule(
    "ways-out",
    find,
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><endEvent id="e"/>{s>g>e}{g>a}',
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><parallelGateway id="g"/><endEvent '
        'id="e"/>{s>g>e}{g>a>b>a}',
    ),
)
