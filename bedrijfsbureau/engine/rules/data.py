"""Data of a dossier is in the dossier, never in the process: associations and inputs of a diagram would do nothing. A
data object that is only drawn is fine."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.rule import Finding, Question, Rule, place

_TAGS = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property", "dataInput", "dataOutput")


def find(question: Question) -> Iterator[Finding]:
    owners: list[Scope | Node] = [*question.scopes, *(node for _, node in question.nodes if node.body is None)]
    for owner in owners:
        for tag in _TAGS:
            for element in owner.xml.findall(f"{BPMN}{tag}"):
                message = (
                    f"'{owner.id}' heeft gegevens in het model ({tag}). Gegevens staan in het dossier; verwijder dit."
                )
                yield Finding(place(element), message)


rule = Rule(
    "data",
    find,
    structure=True,
    valid=(
        '<startEvent id="s"/><dataObjectReference id="d" dataObjectRef="o"/><dataObject id="o"/><endEvent '
        'id="e"/>{s>e}',
    ),
    invalid=(
        '<startEvent id="s"/><userTask id="a"><dataInputAssociation id="d"><sourceRef>weg</sourceRef>'
        "</dataInputAssociation>"
        '</userTask><endEvent id="e"/>{s>a>e}',
    ),
)
