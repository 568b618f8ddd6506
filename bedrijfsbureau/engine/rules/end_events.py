"""Every scope ends in an end event that is drawn, unless an event ends it while it goes round. An end may do one thing
more: terminate the scope, throw an error, an escalation or a signal, or send a message."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_KINDS = {"terminate", "error", "escalation", "signal", "message"}


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        ends = [node for node in scope.nodes if node.tag == "endEvent"]
        if not ends and not scope.free and scope.id not in question.cut_short:
            yield Finding(scope, f"'{scope.id}' heeft geen eindgebeurtenis. Teken er een waar het klaar is.")
        for node in ends:
            if len(node.triggers) > 1 or any(trigger.kind not in _KINDS for trigger in node.triggers):
                message = (
                    f"Eindgebeurtenis '{node.label}' doet iets wat hier niet kan. Kies een gewoon of afbrekend eind, "
                    "of een fout, escalatie, signaal of bericht."
                )
                yield Finding(node, message)
            for flow in scope.outgoing(node):
                yield Finding(flow, f"Pijl '{flow.label}' vertrekt uit eind '{node.label}'. Verwijder hem.")


rule = Rule(
    "end-events",
    find,
    structure=True,
    valid=(
        '<startEvent id="s"/><endEvent id="e"><terminateEventDefinition/></endEvent>{s>e}',
        '<signal id="g" name="klaar"/><process id="p"><startEvent id="s"/>'
        '<endEvent id="e"><signalEventDefinition signalRef="g"/></endEvent>{s>e}</process>',
    ),
    invalid=(
        '<startEvent id="s"/><userTask id="a"/>{s>a}',
        '<startEvent id="s"/><endEvent id="e"/>{s>u>e}<subProcess id="u"><startEvent id="us"/>{us>x>a>x}'
        '<exclusiveGateway id="x"/><userTask id="a"/></subProcess>',
        '<startEvent id="s"/><endEvent id="e"><terminateEventDefinition/><errorEventDefinition/></endEvent>{s>e}',
        '<startEvent id="s"/><endEvent id="e"/><userTask id="a"/>{s>e>a>e}',
    ),
)
