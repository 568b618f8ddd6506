"""Undoing is a task of its own: what was sent to a party cannot be taken back silently."""

from bedrijfsbureau.engine.rule import refuse_triggers

rule = refuse_triggers(
    "compensation",
    "Compensatie bij '{name}' wordt niet ondersteund. Teken het terugdraaien als gewone stap.",
    {"compensate", "cancel"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><endEvent id="e"><compensateEventDefinition/></endEvent>{s>e}',),
)
