"""A transaction needs cancel events and compensation, which are not run."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "transaction",
    "Transactie '{name}' wordt niet ondersteund. Gebruik een gewoon subproces.",
    {"transaction"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><transaction id="a"/><endEvent id="e"/>{s>a>e}',),
)
