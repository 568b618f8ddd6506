"""A loop marker stands on an activity that is run, one per activity: not on gateways and events."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import ACTIVITIES, LOOPS
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        markers = [child for child in node.xml if local(child) in LOOPS]
        if markers and node.tag not in ACTIVITIES:
            yield Finding(node, f"'{node.label}' is geen taak of subproces en kan geen lusteken hebben. Verwijder het.")
        elif len(markers) > 1:
            yield Finding(node, f"'{node.label}' heeft meer dan een lusteken. Kies er een.", line=markers[1].sourceline)


_LOOP = '<standardLoopCharacteristics loopMaximum="2"/>'
_ENDS = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
rule = Rule(
    "loops",
    find,
    structure=True,
    valid=(f'{_ENDS}<serviceTask id="a" bb:handler="verzoek.herinneren">{_LOOP}</serviceTask>',),
    invalid=(
        f'{_ENDS}<exclusiveGateway id="a">{_LOOP}</exclusiveGateway>',
        f'{_ENDS}<userTask id="a">{_LOOP}{_LOOP}</userTask>',
    ),
)
