"""Escalations are not run yet."""

from bedrijfsbureau.engine.rule import refuse_triggers

rule = refuse_triggers(
    "escalation",
    "Escalatie '{name}' wordt niet ondersteund. Gebruik een bericht of een timer.",
    {"escalation"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><endEvent id="e"><escalationEventDefinition/></endEvent>{s>e}',),
)
