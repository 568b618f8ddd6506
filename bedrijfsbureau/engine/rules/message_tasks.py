"""A send task sends, and a receive task waits for, a message with a name; `bb:key` says which one is meant."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import MESSAGE_TASKS
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.tag in MESSAGE_TASKS and (len(node.triggers) != 1 or not node.triggers[0].reference):
            yield Finding(node, f"Bij '{node.label}' ontbreekt het bericht. Kies er een met een naam.")


_ENDS = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
rule = Rule(
    "message-tasks",
    find,
    structure=True,
    valid=(
        f'<message id="m" name="antwoord"/><process id="p">{_ENDS}<receiveTask id="a" messageRef="m" bb:key="= punt"/>'
        "</process>",
        f'<message id="m" name="antwoord"/><process id="p">{_ENDS}<sendTask id="a" messageRef="m"/></process>',
    ),
    invalid=(f'{_ENDS}<sendTask id="a"/>', f'{_ENDS}<receiveTask id="a" messageRef="weg"/>'),
)
