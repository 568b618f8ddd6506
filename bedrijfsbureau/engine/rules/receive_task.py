"""One way to wait for a message is enough: the intermediate message catch event, which carries the correlation key."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "receive-task",
    "Ontvangsttaak '{name}' wordt niet ondersteund. Gebruik een tussengebeurtenis die op het bericht wacht.",
    {"receiveTask"},
    valid=(
        '<message id="m" name="antwoord"/><process id="p"><startEvent id="s"/><intermediateCatchEvent id="a">'
        '<messageEventDefinition messageRef="m"/></intermediateCatchEvent><endEvent id="e"/>{s>a>e}</process>',
    ),
    invalid=('<startEvent id="s"/><receiveTask id="a"/><endEvent id="e"/>{s>a>e}',),
)
