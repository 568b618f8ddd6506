"""A loop marker hides a decision: an exclusive gateway with a flow back shows it."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for element in node.xml.findall(f"{BPMN}standardLoopCharacteristics"):
            message = f"'{node.label}' heeft een lusteken. Teken een exclusieve gateway met een pijl terug."
            yield Finding(node, message, line=element.sourceline)


rule = Rule(
    "standard-loop",
    find,
    structure=True,
    valid=(
        '<startEvent id="s"/><userTask id="a"/><exclusiveGateway id="x" default="f_x_e"/><endEvent id="e"/>{s>a>x>e}'
        '<sequenceFlow id="terug" sourceRef="x" targetRef="a"><conditionExpression>= opnieuw'
        "</conditionExpression></sequenceFlow>",
    ),
    invalid=(
        '<startEvent id="s"/><userTask id="a"><standardLoopCharacteristics/></userTask><endEvent id="e"/>{s>a>e}',
    ),
)
