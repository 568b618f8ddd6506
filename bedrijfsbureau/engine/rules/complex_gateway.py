"""A complex gateway has no agreed meaning."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "complex-gateway",
    "Complexe gateway '{name}' wordt niet ondersteund. Gebruik een exclusieve, parallelle of inclusieve gateway.",
    {"complexGateway", "callChoreography", "subChoreography", "choreographyTask"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><complexGateway id="a"/><endEvent id="e"/>{s>a>e}',),
)
