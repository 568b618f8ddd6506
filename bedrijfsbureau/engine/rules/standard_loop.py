"""A loop marker says how long: as long as `loopCondition` (FEEL) holds, at most `loopMaximum` times; looked at before
the first time too with `testBefore`."""

import re
from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_MAXIMUM = re.compile(r"[1-9][0-9]{0,5}")


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        repeat = node.repeat
        if repeat is None or repeat.many:
            continue
        if repeat.condition is None and repeat.maximum is None:
            message = f"De lus op '{node.label}' houdt niet op. Vul een loopCondition of een loopMaximum in."
            yield Finding(node, message, line=repeat.line)
        if repeat.maximum is not None and not _MAXIMUM.fullmatch(repeat.maximum):
            message = f"loopMaximum van '{node.label}' is '{repeat.maximum}'. Vul een heel getal vanaf 1 in."
            yield Finding(node, message, line=repeat.line)


_TASK = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}<userTask id="a"><standardLoopCharacteristics'
_CLOSE = "</standardLoopCharacteristics></userTask>"
rule = Rule(
    "standard-loop",
    find,
    structure=True,
    valid=(
        f'{_TASK} testBefore="true" loopMaximum="5"><loopCondition>= opnieuw</loopCondition>{_CLOSE}',
        f'{_TASK} loopMaximum="3"/></userTask>',
    ),
    invalid=(
        f"{_TASK}/></userTask>",
        f'{_TASK} loopMaximum="veel"/></userTask>',
    ),
)
