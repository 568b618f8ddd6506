"""An intermediate throw event does one thing: send a message, throw a signal or an escalation, or jump along a link.
Without any it only marks a point that was passed. An error ends what throws it, so it is an end event."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_KINDS = {"message", "signal", "escalation", "link"}


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.tag in {"implicitThrowEvent", "event"}:
            yield Finding(node, f"'{node.label}' is geen gebeurtenis die getekend kan worden. Verwijder haar.")
        elif node.tag == "intermediateThrowEvent":
            kinds = {trigger.kind for trigger in node.triggers}
            if len(node.triggers) > 1 or kinds - _KINDS:
                yield Finding(
                    node,
                    f"Tussengebeurtenis '{node.label}' werpt iets wat hier niet kan. Kies bericht, signaal, escalatie "
                    "of koppeling, of laat haar leeg.",
                )


_BODY = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}<intermediateThrowEvent id="a"'
rule = Rule(
    "throw-events",
    find,
    structure=True,
    valid=(
        '<message id="m" name="klaar_gemeld"/><process id="p">'
        + _BODY
        + '><messageEventDefinition messageRef="m" bb:key="= punt"/></intermediateThrowEvent></process>',
        _BODY + ' name="Alles binnen"/>',
    ),
    invalid=(
        _BODY + "><errorEventDefinition/></intermediateThrowEvent>",
        '<startEvent id="s"/><endEvent id="e"/><implicitThrowEvent id="a"/>{s>a>e}',
    ),
)
