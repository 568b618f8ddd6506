"""A boundary event sits on what takes time: by a message, a moment, a condition or a signal on work of people and on
what waits, by an escalation on what has steps inside, by an error also on what the system does. All but an error may
leave the activity alone and go on listening."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import WAITING
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_WITH_STEPS = frozenset({"subProcess", "adHocSubProcess", "callActivity"})
_ALLOWED = {
    "message": WAITING,
    "timer": WAITING,
    "conditional": WAITING,
    "signal": WAITING,
    "escalation": _WITH_STEPS,
    "error": _WITH_STEPS | {"serviceTask", "businessRuleTask"},
}


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        if node.tag != "boundaryEvent":
            continue
        host = scope.by_id.get(node.attached_to or "")
        kinds = [trigger.kind for trigger in node.triggers]
        if len(kinds) != 1 or (host is not None and host.tag not in _ALLOWED.get(kinds[0], frozenset())):
            message = (
                f"Randgebeurtenis '{node.label}' past hier niet. Kies bericht, timer, voorwaarde of signaal op wat "
                "wacht, een escalatie op een subproces, of een fout op een servicetaak of subproces."
            )
            yield Finding(node, message)
        elif kinds == ["error"] and not node.interrupting:
            yield Finding(node, f"Een fout onderbreekt altijd. Maak randgebeurtenis '{node.label}' onderbrekend.")


_BODY = '<startEvent id="s"/><endEvent id="e"/><userTask id="h"/>'
_TASK = _BODY + '<userTask id="a"/><boundaryEvent id="b" attachedToRef="a"'
_DAY = '<timerEventDefinition><timeDuration>= duration("P1D")</timeDuration></timerEventDefinition></boundaryEvent>'
rule = Rule(
    "boundary-events",
    find,
    structure=True,
    valid=(
        f'<error id="f" name="niet klaar" errorCode="niet_klaar"/><process id="p">{_BODY}<serviceTask id="a" '
        'bb:handler="dossier.vrijgeven"/>'
        '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="f"/>'
        "</boundaryEvent>{s>a>e}{b>h>a}</process>",
        f'{_TASK} cancelActivity="false">{_DAY}{{s>a>e}}{{b>h>e}}',
    ),
    invalid=(
        f"{_TASK}><errorEventDefinition/></boundaryEvent>{{s>a>e}}{{b>h>e}}",
        f"{_TASK}><escalationEventDefinition/></boundaryEvent>{{s>a>e}}{{b>h>e}}",
        _BODY + '<subProcess id="a"><startEvent id="as"/><endEvent id="ae"/>{as>ae}</subProcess>'
        '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><errorEventDefinition/></boundaryEvent>'
        "{s>a>e}{b>h>e}",
        f'{_BODY}<serviceTask id="a" bb:handler="x"/><boundaryEvent id="b" attachedToRef="a">{_DAY}{{s>a>e}}{{b>h>e}}',
    ),
)
