"""A signal goes to every dossier at once; one may not move another outside its own transaction."""

from bedrijfsbureau.engine.rule import refuse_triggers

rule = refuse_triggers(
    "signal",
    "Signaal '{name}' wordt niet ondersteund. Gebruik een bericht aan dit dossier.",
    {"signal"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><intermediateCatchEvent id="a"><signalEventDefinition/></intermediateCatchEvent>'
        '<endEvent id="e"/>{s>a>e}',
        '<startEvent id="s"/><endEvent id="e"><signalEventDefinition/></endEvent>{s>e}',
    ),
)
