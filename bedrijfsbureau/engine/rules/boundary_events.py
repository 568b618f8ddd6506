"""A boundary event interrupts: by a message, a moment or a condition on what people do, by an error on what the system
does. One that does not interrupt fires only once in SpiffWorkflow, or loses the tasks it opened; a message event
subprocess does that work."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_ON_PEOPLE = {"userTask", "manualTask", "subProcess", "callActivity"}
_ON_SYSTEM = {"serviceTask", "businessRuleTask", "subProcess", "callActivity"}
_ALLOWED = {"message": _ON_PEOPLE, "timer": _ON_PEOPLE, "conditional": _ON_PEOPLE, "error": _ON_SYSTEM}


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        if node.tag != "boundaryEvent":
            continue
        host = scope.by_id.get(node.attached_to or "")
        kinds = [trigger.kind for trigger in node.triggers]
        if not node.interrupting:
            message = (
                f"Randgebeurtenis '{node.label}' onderbreekt niet. Maak haar onderbrekend, of gebruik een "
                "event subprocess."
            )
            yield Finding(node, message)
        elif len(kinds) != 1 or (host is not None and host.tag not in _ALLOWED.get(kinds[0], set())):
            message = (
                f"Randgebeurtenis '{node.label}' past hier niet. Kies bericht, timer of voorwaarde "
                "op een taak of subproces, of een fout op een servicetaak."
            )
            yield Finding(node, message)


_BODY = '<startEvent id="s"/><endEvent id="e"/><userTask id="h"/>'
rule = Rule(
    "boundary-events",
    find,
    structure=True,
    valid=(
        f'<error id="f" name="niet klaar" errorCode="niet_klaar"/><process id="p">{_BODY}<serviceTask id="a" '
        'bb:handler="dossier.vrijgeven"/>'
        '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="f"/>'
        "</boundaryEvent>{s>a>e}{b>h>a}</process>",
    ),
    invalid=(
        f'{_BODY}<userTask id="a"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false">'
        "<timerEventDefinition><timeDuration>"
        '= duration("P1D")</timeDuration></timerEventDefinition></boundaryEvent>{s>a>e}{b>h>e}',
        f'{_BODY}<userTask id="a"/><boundaryEvent id="b" attachedToRef="a"><errorEventDefinition/>'
        f"</boundaryEvent>{{s>a>e}}{{b>h>e}}",
    ),
)
