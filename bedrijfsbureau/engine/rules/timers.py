"""A timer has one moment: `timeDate`, `timeDuration` or `timeCycle`, FEEL that gives a date, a date and time, a
duration, a repetition such as "R3/P7D", or null for never; or ISO 8601 as it stands. A date is the start of that day in
Europe/Amsterdam. A repetition stands where it can repeat: on the border of an activity, or at the start of an event
subprocess, without interrupting."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from bedrijfsbureau.engine import due
from bedrijfsbureau.engine.diagram import Node, Trigger
from bedrijfsbureau.engine.expressions import NotAFormula, moment
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.times import DateTime

_FORMS = {
    "timeDate": ("datum of tijdstip", "2026-12-31"),
    "timeDuration": ("duur", "P14D"),
    "timeCycle": ("herhaling van ten minste een minuut", "R3/P7D"),
}
_VALUES = {"timeDate": (date, DateTime), "timeDuration": (DaysDuration, MonthsDuration)}
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        for trigger in node.triggers:
            if trigger.kind == "timer" and (message := _wrong(node, trigger)):
                yield Finding(node, message, line=trigger.line)


def _wrong(node: Node, trigger: Trigger) -> str | None:
    moments = [local(child) for child in trigger.xml if local(child) in _FORMS]
    repeats = node.tag in {"boundaryEvent", "startEvent"} and not node.interrupting
    if len(moments) != 1:
        return f"Timer '{node.label}' heeft geen enkel moment. Vul een datum, een duur of een herhaling in."
    if moments == ["timeCycle"] and not repeats:
        return f"Timer '{node.label}' herhaalt, maar gaat maar een keer af. Vul een datum of een duur in."
    text = trigger.expression or ""
    if not text or text.startswith("=") or _comes(trigger.form, text):
        return None
    what, such_as = _FORMS[trigger.form]
    return f"'{text}' bij '{node.label}' is geen {what} die bestaat. Vul bijvoorbeeld {such_as} in, of FEEL na een '='."


def _comes(form: str, text: str) -> bool:
    """Whether ISO 8601 as it stands says a moment that can be reckoned; of FEEL that is known when a token arrives."""
    try:
        if form == "timeCycle":
            return due.read_cycle(text).nth(1, _SOME_DAY) is not None
        value = moment(text).code.evaluate({})
        return isinstance(value, _VALUES[form]) and due.due_at(value, _SOME_DAY) is not None
    except (due.NotAMoment, NotAFormula):
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
        _BORDER + _EVERY % "R0/P1D",
        _BORDER + _EVERY % "R/PT1S",
        _BORDER + _EVERY % "R/P999999999Y",
        _CATCH + "<timeDuration>R3/P1D</timeDuration>" + _CLOSE,
        _CATCH + "<timeDuration>2026-12-31</timeDuration>" + _CLOSE,
        _CATCH + "<timeDate>P14D</timeDate>" + _CLOSE,
        _CATCH + "<timeDuration>P999999999Y</timeDuration>" + _CLOSE,
    ),
)
