"""Multi-instance leaks items between instances and breaks on a second visit in SpiffWorkflow; a message event
subprocess with a key per item does the same and can be followed item by item."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for element in node.xml.findall(f"{BPMN}multiInstanceLoopCharacteristics"):
            message = (
                f"'{node.label}' heeft meer exemplaren. Gebruik een event subprocess dat per onderdeel met een "
                "bericht start."
            )
            yield Finding(node, message, line=element.sourceline)


rule = Rule(
    "multi-instance",
    find,
    structure=True,
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><userTask id="a"><multiInstanceLoopCharacteristics/></userTask><endEvent id="e"/>{s>a>e}',
    ),
)
