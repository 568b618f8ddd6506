"""A timer has one moment: `timeDate` or `timeDuration`, FEEL that gives a date, a date and time, a duration, or null
for never. A date is the start of that day in Europe/Amsterdam. Cycles are not run: a loop in the diagram shows the
repetition."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for trigger in node.triggers:
            if trigger.kind != "timer":
                continue
            moments = [local(child) for child in trigger.xml if str(child.tag).startswith(BPMN)]
            if len(moments) != 1 or moments[0] not in {"timeDate", "timeDuration"}:
                message = f"Timer '{node.label}' heeft geen enkel moment. Vul een datum of een duur in, geen herhaling."
                yield Finding(node, message, line=trigger.line)


_CATCH = '<startEvent id="s"/><endEvent id="e"/>{s>c>e}<intermediateCatchEvent id="c"><timerEventDefinition>'
_CLOSE = "</timerEventDefinition></intermediateCatchEvent>"
rule = Rule(
    "timers",
    find,
    structure=True,
    valid=(_CATCH + '<timeDuration>= duration("P14D")</timeDuration>' + _CLOSE,),
    invalid=(_CATCH + "<timeCycle>R3/P1D</timeCycle>" + _CLOSE, _CATCH + _CLOSE),
)
