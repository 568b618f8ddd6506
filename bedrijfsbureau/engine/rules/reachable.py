"""Every element can be reached from the start of its scope; what cannot is left over or a flow was forgotten."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        reached = _reached(scope)
        for node in scope.nodes:
            if node.id not in reached and not node.by_event:
                yield Finding(
                    node,
                    f"'{node.label}' is vanaf de start niet te bereiken. Teken een pijl ernaartoe of verwijder het.",
                )


def _reached(scope: Scope) -> set[str]:
    entrances = scope.heads() if scope.free else [node for node in scope.nodes if node.tag == "startEvent"]
    reached = {node.id for node in entrances}
    pending = list(reached)
    while pending:
        for following in scope.following(scope.by_id[pending.pop()]):
            if following not in reached:
                reached.add(following)
                pending.append(following)
    return reached


rule = Rule(
    "reachable",
    find,
    valid=('<startEvent id="s"/><endEvent id="e"/>{s>e}',),
    invalid=('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>e}{a>e}',),
)
