"""A token can always go on: every element has a flow out, and from every element an end can be reached, if only by way
of an event on a border, or something ends the scope while it goes round. A boundary event has no flow in."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        leaving = _can_end(scope)
        for node in scope.nodes:
            if node.tag == "boundaryEvent":
                for flow in scope.incoming(node):
                    message = f"Pijl '{flow.label}' gaat naar rand '{node.label}'. Laat hem naar een stap gaan."
                    yield Finding(flow, message)
            if node.tag == "endEvent" or node.by_event or scope.free:
                continue
            if not scope.outgoing(node):
                yield Finding(
                    node, f"Uit '{node.label}' vertrekt geen pijl. Teken er een naar de volgende stap of een eind."
                )
            elif node.id not in leaving and scope.id not in question.cut_short:
                yield Finding(node, f"Vanuit '{node.label}' is geen eind te bereiken. Teken een uitweg.")


def _can_end(scope: Scope) -> set[str]:
    reached = {node.id for node in scope.nodes if node.tag == "endEvent"}
    pending = list(reached)
    while pending:
        node = scope.by_id[pending.pop()]
        before = [node.attached_to] if node.attached_to else [flow.source for flow in scope.incoming(node)]
        pending += [name for name in before if name not in reached]
        reached.update(before)
    return reached


_ROUND = '<startEvent id="s"/><exclusiveGateway id="x"/><userTask id="a"/>'
_DAY = (
    '<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>P1D</timeDuration>'
    "</timerEventDefinition></boundaryEvent>{b>e}"
)
rule = Rule(
    "ways-out",
    find,
    valid=(
        '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',
        f'{_ROUND}<endEvent id="e"/>{{s>x>a>x}}{_DAY}',
        f'<startEvent id="t"/><endEvent id="e"/>{{t>u>e}}<subProcess id="u">{_ROUND}{{s>x>a>x}}</subProcess>'
        + _DAY.replace('"a"', '"u"'),
    ),
    invalid=(
        '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><endEvent id="e"/>{s>g>e}{g>a}',
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><parallelGateway id="g"/><endEvent '
        'id="e"/>{s>g>e}{g>a>b>a}',
    ),
)
