"""A child element of a process or node that the engine does not know is refused: it may be meant to do something. Text
annotations, groups, associations and lanes are for people and are fine; so are data objects without associations."""

from collections.abc import Iterator
from typing import Any

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.dialect import BPMN, FLOW_NODES, LOOPS, SILENT
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule, place

_IN_SCOPE = SILENT | FLOW_NODES | {"sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference"}
# refused by a rule of their own, with better advice
_ELSEWHERE = LOOPS | {
    "ioSpecification",
    "dataInputAssociation",
    "dataOutputAssociation",
    "property",
    "dataInput",
    "dataOutput",
    "inputSet",
    "outputSet",
    "completionCondition",
    "script",
}


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        yield from _children(scope, _IN_SCOPE | _ELSEWHERE)
    for _, node in question.nodes:
        if node.body is None:
            yield from _children(node, SILENT | _ELSEWHERE)


def _children(owner: Scope | Node, known: frozenset[str] | set[str]) -> Iterator[Finding]:
    for child in owner.xml:
        if _bpmn(child) and local(child) not in known and not local(child).endswith("EventDefinition"):
            yield Finding(place(child), f"'{local(child)}' in '{owner.id}' wordt niet ondersteund. Verwijder het.")
        elif not _bpmn(child):
            yield Finding(
                place(child),
                f"'{local(child)}' in '{owner.id}' hoort in extensionElements. Verplaats of verwijder het.",
            )


def _bpmn(element: Any) -> bool:
    return str(element.tag).startswith(BPMN)


rule = Rule(
    "unknown-elements",
    find,
    structure=True,
    valid=('<startEvent id="s"/><textAnnotation id="n"><text>let op</text></textAnnotation><endEvent id="e"/>{s>e}',),
    invalid=(
        '<startEvent id="s"/><endEvent id="e"/>{s>e}<correlationSubscription id="c" correlationKeyRef="k"/>',
        '<startEvent id="s"/><userTask id="a"><potentialOwner id="x"/></userTask><endEvent id="e"/>{s>a>e}',
        '<startEvent id="s"/><userTask id="a"><camunda:script/></userTask><endEvent id="e"/>{s>a>e}',
    ),
)
