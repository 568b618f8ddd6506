"""A link event is a sequence flow that cannot be seen."""

from bedrijfsbureau.engine.rule import refuse_triggers

rule = refuse_triggers(
    "link",
    "Koppelgebeurtenis '{name}' wordt niet ondersteund. Teken een gewone pijl.",
    {"link"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><intermediateCatchEvent id="a"><linkEventDefinition name="x"/></intermediateCatchEvent>'
        '<endEvent id="e"/>{s>e}{a>e}',
    ),
)
