"""After an event-based gateway stand at least two events that wait, each reached only from that gateway: the first to
happen takes the token (BPMN 2.0, 10.6.6)."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        if node.tag != "eventBasedGateway":
            continue
        if len(scope.outgoing(node)) < 2:
            yield Finding(
                node, f"Na '{node.label}' staat maar een gebeurtenis. Teken er minstens twee, of laat de gateway weg."
            )
        for flow in scope.outgoing(node):
            target = scope.by_id[flow.target]
            if target.tag != "intermediateCatchEvent" or len(scope.incoming(target)) > 1:
                message = (
                    f"'{target.label}' na '{node.label}' is geen tussengebeurtenis met alleen deze pijl. "
                    "Zet daar een gebeurtenis die wacht."
                )
                yield Finding(flow, message)


_DAY = "<timerEventDefinition><timeDate>= termijn</timeDate></timerEventDefinition></intermediateCatchEvent>"
rule = Rule(
    "event-gateways",
    find,
    valid=(
        f'<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="a">{_DAY}'
        f'<intermediateCatchEvent id="b">{_DAY}'
        '<endEvent id="e"/>{s>g>a>e}{g>b>e}',
    ),
    invalid=(
        f'<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="a">{_DAY}<endEvent '
        f'id="e"/>{{s>g>a>e}}',
        f'<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="a">{_DAY}<userTask id="b"/>'
        '<endEvent id="e"/>{s>g>a>e}{g>b>e}',
    ),
)
