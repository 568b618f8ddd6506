"""A task without a kind says nothing about who does it; SpiffWorkflow would wait for a person without saying so."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "plain-task",
    "Taak '{name}' heeft geen soort. Kies gebruikerstaak, handmatige taak, servicetaak of bedrijfsregeltaak.",
    {"task"},
    valid=('<startEvent id="s"/><manualTask id="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><task id="a"/><endEvent id="e"/>{s>a>e}',),
)
