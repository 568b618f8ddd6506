"""A process and a subprocess have one start, without an event: a dossier starts its process. What happens later and
apart is an event subprocess."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    by_event = {node.id for _, node in question.nodes if node.by_event}
    for scope in question.scopes:
        starts = [node for node in scope.nodes if node.tag == "startEvent"]
        if len(starts) != 1 and not scope.free:
            message = (
                f"'{scope.id}' heeft {len(starts) or 'geen'} "
                f"startgebeurtenis{'sen' if len(starts) > 1 else ''}. Teken er precies een."
            )
            yield Finding(scope, message)
        for node in starts:
            if scope.id not in by_event and node.triggers:
                message = (
                    f"Startgebeurtenis '{node.label}' wacht op iets. Gebruik een gewone start, of een event subprocess."
                )
                yield Finding(node, message)
            elif scope.id not in by_event and not node.interrupting:
                message = (
                    f"Start '{node.label}' onderbreekt niets. Laat isInterrupting weg, of gebruik een event subprocess."
                )
                yield Finding(node, message)
            for flow in scope.incoming(node):
                yield Finding(
                    flow, f"Pijl '{flow.label}' gaat naar start '{node.label}'. Laat hem naar de stap erna gaan."
                )


rule = Rule(
    "start-events",
    find,
    structure=True,
    valid=('<startEvent id="s"/><endEvent id="e"/>{s>e}',),
    invalid=(
        '<userTask id="a"/><endEvent id="e"/>{a>e}',
        '<startEvent id="s"/><startEvent id="t"/><endEvent id="e"/>{s>e}{t>e}',
        '<startEvent id="s"><timerEventDefinition><timeDate>= date("2026-07-01")</timeDate></timerEventDefinition>'
        '</startEvent><endEvent id="e"/>{s>e}',
        '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}{a>s}',
        '<startEvent id="s" isInterrupting="false"/><endEvent id="e"/>{s>e}',
    ),
)
