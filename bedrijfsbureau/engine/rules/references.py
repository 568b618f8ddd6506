"""What an element refers to exists, in the same process or subprocess: a sequence flow may not cross the border of a
subprocess (BPMN 2.0, 7.6.1), a boundary event sits on an activity, a message has a name, an error has a code."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.dialect import ACTIVITIES
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_REFERENCES = {
    "message": ("messageRef", "bericht met een naam"),
    "signal": ("signalRef", "signaal met een naam"),
    "error": ("errorRef", "fout met een foutcode"),
    "escalation": ("escalationRef", "escalatie met een code"),
}
_THROWING = {"endEvent", "intermediateThrowEvent"}


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        for flow in scope.flows:
            for end in (flow.source, flow.target):
                if end not in scope.by_id:
                    yield Finding(
                        flow,
                        f"Deze pijl verwijst naar '{end}', maar dat staat niet in '{scope.id}'. Teken hem opnieuw.",
                    )
        for node in scope.nodes:
            yield from _node(scope, node)


def _node(scope: Scope, node: Node) -> Iterator[Finding]:
    if node.default and node.default not in {flow.id for flow in scope.outgoing(node)}:
        yield Finding(
            node,
            f"De standaardpijl '{node.default}' van '{node.label}' vertrekt niet uit dit element. Kies een andere.",
        )
    if node.tag == "boundaryEvent":
        host = scope.by_id.get(node.attached_to or "")
        if host is None or host.tag not in ACTIVITIES or host.by_event:
            yield Finding(
                node, f"De gebeurtenis '{node.label}' zit niet op de rand van een taak of subproces. Hang hem daaraan."
            )
    for trigger in node.triggers:
        attribute, what = _REFERENCES.get(trigger.kind, (None, ""))
        optional = trigger.kind in {"error", "escalation"} and node.tag not in _THROWING  # caught whatever its code
        if attribute and not trigger.reference and not (optional and not trigger.xml.get(attribute)):
            yield Finding(node, f"'{node.label}' verwijst niet naar een {what}. Kies er een.", line=trigger.line)


rule = Rule(
    "references",
    find,
    structure=True,
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><endEvent id="e"/>{s>e}{s>weg}',
        '<startEvent id="s"/><endEvent id="e"/>{s>e}<boundaryEvent id="b" attachedToRef="e">'
        "<errorEventDefinition/></boundaryEvent>",
        '<startEvent id="s"/><exclusiveGateway id="x" default="f_s_x"/><endEvent id="e"/>{s>x>e}',
        '<startEvent id="s"/><intermediateCatchEvent id="m"><messageEventDefinition messageRef="weg"/>'
        '</intermediateCatchEvent><endEvent id="e"/>{s>m>e}',
    ),
)
