"""After an event-based gateway stand at least two events that wait, each reached only from that gateway: the first to
happen takes the token (BPMN 2.0, 10.6.6). A receive task may stand there instead of a message event, but not beside
one, and with nothing on its border."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        if node.tag != "eventBasedGateway":
            continue
        if len(scope.outgoing(node)) < 2:
            yield Finding(
                node, f"Na '{node.label}' staat maar een gebeurtenis. Teken er minstens twee, of laat de gateway weg."
            )
        targets = [scope.by_id[flow.target] for flow in scope.outgoing(node)]
        for target in targets:
            if not _waits(scope, target):
                message = (
                    f"'{target.label}' na '{node.label}' is geen gebeurtenis die wacht met alleen deze pijl. "
                    "Zet daar een tussengebeurtenis of ontvangsttaak."
                )
                yield Finding(target, message)
        tags = {target.tag for target in targets if target.trigger and target.trigger.kind == "message"}
        if len(tags) > 1:
            yield Finding(
                node,
                f"Na '{node.label}' staan ontvangsttaken en berichten door elkaar. Kies een van beide.",
            )


def _waits(scope: Scope, target: Node) -> bool:
    if target.tag == "receiveTask":
        fits = target.repeat is None and not scope.boundaries(target)
    else:
        fits = target.tag == "intermediateCatchEvent" and target.trigger is not None and target.trigger.kind != "link"
    return fits and len(scope.incoming(target)) == 1


_DAY = "<timerEventDefinition><timeDate>= termijn</timeDate></timerEventDefinition></intermediateCatchEvent>"
_HEAD = f'<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="a">{_DAY}<endEvent id="e"/>'
_TWO = '<message id="m" name="antwoord"/><process id="p">' + _HEAD + "{s>g>a>e}{g>b>e}"
_RECEIVE = '<receiveTask id="b" messageRef="m"/>'
rule = Rule(
    "event-gateways",
    find,
    valid=(
        f'{_HEAD}<intermediateCatchEvent id="b">{_DAY}{{s>g>a>e}}{{g>b>e}}',
        f"{_TWO}{_RECEIVE}</process>",
    ),
    invalid=(
        f"{_HEAD}{{s>g>a>e}}",
        f'{_HEAD}<userTask id="b"/>{{s>g>a>e}}{{g>b>e}}',
        f'{_TWO}{_RECEIVE}<boundaryEvent id="c" attachedToRef="b">{_DAY.replace("intermediateCatch", "boundary")}'
        "{c>e}</process>",
        f'{_TWO}{_RECEIVE}<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/>'
        "</intermediateCatchEvent>{g>c>e}</process>",
    ),
)
