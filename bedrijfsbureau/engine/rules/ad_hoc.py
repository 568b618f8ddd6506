"""An ad hoc subprocess fails at run time in SpiffWorkflow and has no order to draw."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "ad-hoc",
    "Ad-hocsubproces '{name}' wordt niet ondersteund. Teken de volgorde uit, of gebruik taken die worden overgeslagen.",
    {"adHocSubProcess"},
    valid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><adHocSubProcess id="a"/><endEvent id="e"/>{s>a>e}',),
)
