"""An attribute says what the engine does, or it is refused rather than ignored: `isForCompensation`, `startQuantity`,
`parallelMultiple` and the like, one that stands where it means nothing, and one whose value is neither true nor
false."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import ACTIVITIES, EVENTS, FLOW_NODES, GATEWAYS
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule, label
from bedrijfsbureau.engine.vocabulary import attributes_of

_REFUSED = FLOW_NODES - ACTIVITIES - GATEWAYS - EVENTS  # by a rule of their own


def find(question: Question) -> Iterator[Finding]:
    for about, element in question.said:
        known = attributes_of(local(element))
        for name, value in element.attrib.items() if local(element) not in _REFUSED else ():
            if name.startswith("{"):
                continue  # another namespace: own_attributes and other_engines
            values = known.get(name, frozenset())
            if values is not None and value not in values:
                message = f"De eigenschap {name}=\"{value}\" van '{label(about)}' wordt niet ondersteund. "
                advice = f"Kies uit: {', '.join(sorted(values))}." if len(values) > 2 else "Verwijder haar."
                yield Finding(about, message + advice, line=element.sourceline)


_ENDS = '<startEvent id="s"/><endEvent id="e"/>'
_DAY = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>{b>e}"
_CHOICE = _ENDS + '<exclusiveGateway id="x" default="f_x_e"/><userTask id="a"/>{s>x>e}{a>e}'
rule = Rule(
    "attributes",
    find,
    structure=True,
    valid=(
        _ENDS + '<userTask id="a" isForCompensation="false"/>{s>a>e}',
        f'{_ENDS}<userTask id="a"/>{{s>a>e}}<boundaryEvent id="b" attachedToRef="a" cancelActivity="0">{_DAY}',
    ),
    invalid=(
        _ENDS + '<userTask id="a" startQuantity="2"/>{s>a>e}',
        _ENDS + '<userTask id="a" isForCompensation="true"/>{s>e}',
        f'{_ENDS}<userTask id="a"/>{{s>a>e}}<boundaryEvent id="b" attachedToRef="a" cancelActivity="nee">{_DAY}',
        _ENDS + '<userTask id="a" calledElement="q"/>{s>a>e}',
        _ENDS + '<parallelGateway id="a" default="f_a_e"/>{s>a>e}',
        _CHOICE + '<sequenceFlow id="ja" sourceRef="x" targetRef="a" condition="= ja"/>',
        _CHOICE + '<sequenceFlow id="ja" sourceRef="x" targetRef="a"><conditionExpression language="groovy">= ja'
        "</conditionExpression></sequenceFlow>",
        _ENDS + '{s>a>e}<userTask id="a"><multiInstanceLoopCharacteristics bb:collection="= lijst" behavior="None"/>'
        "</userTask>",
        f'<process id="p" startQuantity="2">{_ENDS}{{s>e}}</process>',
    ),
)
