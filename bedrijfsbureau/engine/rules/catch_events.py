"""An intermediate catch event waits for one thing: a message, a moment, a condition on the dossier or a signal. Or it
is the far end of a link."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_KINDS = {"message", "timer", "conditional", "signal", "link"}


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.tag == "intermediateCatchEvent" and [trigger.kind in _KINDS for trigger in node.triggers] != [True]:
            yield Finding(
                node,
                f"Tussengebeurtenis '{node.label}' wacht op niets of op meer dan een ding. Kies bericht, timer, "
                "voorwaarde of signaal.",
            )


rule = Rule(
    "catch-events",
    find,
    structure=True,
    valid=(
        '<startEvent id="s"/><intermediateCatchEvent id="c"><conditionalEventDefinition><condition>= '
        "gereedheid.planbaar"
        '</condition></conditionalEventDefinition></intermediateCatchEvent><endEvent id="e"/>{s>c>e}',
    ),
    invalid=(
        '<startEvent id="s"/><intermediateCatchEvent id="c"/><endEvent id="e"/>{s>c>e}',
        '<startEvent id="s"/><intermediateCatchEvent id="c"><errorEventDefinition/></intermediateCatchEvent>'
        '<endEvent id="e"/>{s>c>e}',
    ),
)
