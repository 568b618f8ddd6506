"""An ad hoc subprocess holds work that a person begins, in any order: activities without a start or an end, and a
condition that says when it is done, looked at whenever one of them completes."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import ACTIVITIES
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_ORDERS = ("Parallel", "Sequential")


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.ad_hoc is None or node.body is None:
            continue
        if not node.ad_hoc.completion:
            yield Finding(
                node, f"Ad-hocsubproces '{node.label}' zegt niet wanneer het klaar is. Vul een completionCondition in."
            )
        order = node.xml.get("ordering", _ORDERS[0])
        if order not in _ORDERS:
            yield Finding(node, f"ordering van '{node.label}' is '{order}'. Kies uit: {', '.join(_ORDERS)}.")
        for child in node.body.nodes:
            if child.tag in {"startEvent", "endEvent"} or child.by_event:
                yield Finding(
                    child,
                    f"'{child.label}' hoort niet in ad-hocsubproces '{node.label}': een medewerker begint daar zelf. "
                    "Verwijder het.",
                )
        if any(head.tag not in ACTIVITIES for head in node.body.heads()) or not node.body.nodes:
            yield Finding(
                node, f"In ad-hocsubproces '{node.label}' moet elke rij met een taak beginnen. Teken daar een taak."
            )


_BODY = '<startEvent id="s"/><endEvent id="e"/>{s>v>e}<adHocSubProcess id="v"'
_DONE = "<completionCondition>= gereedheid.planbaar</completionCondition></adHocSubProcess>"
rule = Rule(
    "ad-hoc",
    find,
    structure=True,
    valid=(
        f'{_BODY} ordering="Parallel"><userTask id="a"/><userTask id="b"/><userTask id="c"/>{{b>c}}{_DONE}',
        f'{_BODY} ordering="Sequential" cancelRemainingInstances="false"><userTask id="a"/>{_DONE}',
    ),
    invalid=(
        f'{_BODY}><userTask id="a"/></adHocSubProcess>',
        f'{_BODY}><startEvent id="t"/><userTask id="a"/>{{t>a}}{_DONE}',
        f'{_BODY}><exclusiveGateway id="x"/><userTask id="a"/>{{x>a}}{_DONE}',
        f'{_BODY} ordering="Zomaar"><userTask id="a"/>{_DONE}',
        f"{_BODY}>{_DONE}",
    ),
)
