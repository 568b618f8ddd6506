"""No code in diagrams: SpiffWorkflow would execute a script as Python, whatever its format says."""

from bedrijfsbureau.engine.rule import refuse_nodes

rule = refuse_nodes(
    "script-task",
    "Scripttaak '{name}' wordt niet uitgevoerd: er staat geen code in modellen. Gebruik een servicetaak of een "
    "FEEL-uitdrukking.",
    {"scriptTask"},
    valid=('<startEvent id="s"/><serviceTask id="a" bb:handler="dossier.vrijgeven"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><scriptTask id="a"><script>import os</script></scriptTask><endEvent id="e"/>{s>a>e}',
    ),
)
