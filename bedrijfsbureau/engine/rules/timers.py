"""A timer has one moment: `timeDate`, `timeDuration` or `timeCycle`, FEEL that gives a date, a date and time, a
duration, a repetition such as "R3/P7D", or null for never; or ISO 8601 as it stands. A date is the start of that day in
Europe/Amsterdam. A repetition stands where it can repeat: on the border of an activity, or at the start of an event
subprocess, without interrupting."""

from collections.abc import Iterator

from bedrijfsbureau.engine import due
from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_FORMS = {"timeDate", "timeDuration", "timeCycle"}


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for trigger in node.triggers:
            if trigger.kind != "timer":
                continue
            moments = [local(child) for child in trigger.xml if str(child.tag).startswith(BPMN)]
            repeats = node.tag in {"boundaryEvent", "startEvent"} and not node.interrupting
            if len(moments) != 1 or moments[0] not in _FORMS:
                message = f"Timer '{node.label}' heeft geen enkel moment. Vul een datum, een duur of een herhaling in."
                yield Finding(node, message, line=trigger.line)
            elif moments == ["timeCycle"] and not repeats:
                message = f"Timer '{node.label}' herhaalt, maar gaat maar een keer af. Vul een datum of een duur in."
                yield Finding(node, message, line=trigger.line)
            elif trigger.form != "timeCycle" or not _is_wrong(trigger.expression or ""):
                continue
            else:
                message = f"'{trigger.expression}' bij '{node.label}' is geen herhaling. Vul bijvoorbeeld R3/P7D in."
                yield Finding(node, message, line=trigger.line)


def _is_wrong(text: str) -> bool:
    if text.startswith("="):
        return False  # known when the token arrives
    try:
        due.read_cycle(text)
    except due.NotAMoment:
        return True
    return False


_ENDS = '<startEvent id="s"/><endEvent id="e"/>'
_CATCH = _ENDS + '{s>c>e}<intermediateCatchEvent id="c"><timerEventDefinition>'
_CLOSE = "</timerEventDefinition></intermediateCatchEvent>"
_BORDER = _ENDS + '{s>a>e}{b>e}<userTask id="a"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false">'
_EVERY = "<timerEventDefinition><timeCycle>%s</timeCycle></timerEventDefinition></boundaryEvent>"
rule = Rule(
    "timers",
    find,
    structure=True,
    valid=(
        _CATCH + '<timeDuration>= duration("P14D")</timeDuration>' + _CLOSE,
        _CATCH + "<timeDuration>P14D</timeDuration>" + _CLOSE,
        _BORDER + _EVERY % "R3/P7D",
        _BORDER + _EVERY % "= herinneren",
    ),
    invalid=(
        _CATCH + "<timeCycle>R3/P1D</timeCycle>" + _CLOSE,
        _CATCH + _CLOSE,
        _BORDER + _EVERY % "R/PT0S",
        _BORDER + _EVERY % "elke week",
    ),
)
