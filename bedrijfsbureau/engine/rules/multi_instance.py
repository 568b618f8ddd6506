"""A multi-instance activity says how many: `bb:collection`, a FEEL list with one instance per item (`bb:item` names the
item in its token-local data), or `loopCardinality`, FEEL that gives a number. Data in the drawing and events per
instance are not run."""

import re
from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Repeat
from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_CHILDREN = {"documentation", "extensionElements", "loopCardinality", "completionCondition"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.repeat is not None and node.repeat.many:
            for message in _wrong(node, node.repeat):
                yield Finding(node, message, line=node.repeat.line)


def _wrong(node: Node, repeat: Repeat) -> Iterator[str]:
    if (repeat.collection is None) == (repeat.cardinality is None):
        yield f"'{node.label}' zegt niet voor hoeveel. Vul een lijst of een aantal in."
    if repeat.item is not None and repeat.collection is None:
        yield f"'{node.label}' geeft een onderdeel de naam '{repeat.item}', maar heeft geen lijst. Vul die in."
    if repeat.item is not None and not _NAME.fullmatch(repeat.item):
        yield f"'{repeat.item}' bij '{node.label}' is geen naam. Gebruik letters, cijfers en _, zonder spatie."
    for child in repeat.xml:
        if str(child.tag).startswith(BPMN) and local(child) not in _CHILDREN:
            yield f"'{local(child)}' in '{node.label}' wordt niet ondersteund. Gebruik bb:collection en bb:item."


_TASK = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}<userTask id="a"><multiInstanceLoopCharacteristics'
_CLOSE = "</multiInstanceLoopCharacteristics></userTask>"
rule = Rule(
    "multi-instance",
    find,
    structure=True,
    valid=(
        f'{_TASK} isSequential="true" bb:collection="= ontbrekende_stukken" bb:item="stuk">'
        f"<completionCondition>= numberOfCompletedInstances = 2</completionCondition>{_CLOSE}",
        f"{_TASK}><loopCardinality>= 3</loopCardinality>{_CLOSE}",
    ),
    invalid=(
        f"{_TASK}/></userTask>",
        f'{_TASK} bb:collection="= lijst"><loopCardinality>= 3</loopCardinality>{_CLOSE}',
        f'{_TASK} bb:collection="= lijst" bb:item="een stuk"/></userTask>',
        f'{_TASK} bb:collection="= lijst"><loopDataInputRef>d</loopDataInputRef>{_CLOSE}',
        f'{_TASK} bb:item="stuk"><loopCardinality>= 3</loopCardinality>{_CLOSE}',
    ),
)
