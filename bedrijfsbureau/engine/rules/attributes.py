"""An attribute of BPMN that would change what happens, and that the engine does not run, is refused rather than
ignored: `isForCompensation`, `startQuantity`, `parallelMultiple` and the like."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import ATTRIBUTES
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for element in (node.xml, *(trigger.xml for trigger in node.triggers if trigger.xml is not node.xml)):
            for name, value in element.attrib.items():
                if name.startswith("{"):
                    continue  # another namespace: own_attributes and other_engines
                harmless = ATTRIBUTES.get(name, "")
                if harmless is not None and value != harmless:
                    message = (
                        f"De eigenschap {name}=\"{value}\" van '{node.label}' wordt niet ondersteund. Verwijder haar."
                    )
                    yield Finding(node, message, line=element.sourceline)


rule = Rule(
    "attributes",
    find,
    structure=True,
    valid=('<startEvent id="s"/><userTask id="a" isForCompensation="false"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><userTask id="a" startQuantity="2"/><endEvent id="e"/>{s>a>e}',
        '<startEvent id="s"/><userTask id="a" isForCompensation="true"/><endEvent id="e"/>{s>e}',
    ),
)
