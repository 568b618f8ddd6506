"""Messages are sent by handlers, which know the party, the outbox and the transaction."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "message-throw",
    "'{name}' verzendt een bericht. Gebruik een servicetaak met een handler die verzendt.",
    {"sendTask", "intermediateThrowEvent", "implicitThrowEvent", "event"},
    valid=('<startEvent id="s"/><serviceTask id="a" bb:handler="verzoek.versturen"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><sendTask id="a"/><endEvent id="e"/>{s>a>e}',
        '<startEvent id="s"/><intermediateThrowEvent id="a"/><endEvent id="e"/>{s>a>e}',
    ),
)
