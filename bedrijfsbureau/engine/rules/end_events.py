"""Every scope ends in an end event that is drawn: a plain one, or one that terminates the scope."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        ends = [node for node in scope.nodes if node.tag == "endEvent"]
        if not ends:
            yield Finding(scope, f"'{scope.id}' heeft geen eindgebeurtenis. Teken er een waar het klaar is.")
        for node in ends:
            if len(node.triggers) > 1 or any(trigger.kind != "terminate" for trigger in node.triggers):
                message = (
                    f"Eindgebeurtenis '{node.label}' doet meer dan eindigen. Gebruik een gewoon eind of een "
                    "afbrekend eind."
                )
                yield Finding(node, message)
            for flow in scope.outgoing(node):
                yield Finding(flow, f"Pijl '{flow.id}' vertrekt uit eind '{node.label}'. Verwijder hem.")


rule = Rule(
    "end-events",
    find,
    structure=True,
    valid=('<startEvent id="s"/><endEvent id="e"><terminateEventDefinition/></endEvent>{s>e}',),
    invalid=(
        '<startEvent id="s"/><userTask id="a"/>{s>a}',
        '<startEvent id="s"/><endEvent id="e"><errorEventDefinition/></endEvent>{s>e}',
        '<startEvent id="s"/><endEvent id="e"/><userTask id="a"/>{s>e>a>e}',
    ),
)
