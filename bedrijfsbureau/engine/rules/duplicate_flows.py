"""Two flows between the same two elements are one drawn twice; a parallel join would wait for both."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        seen = set()
        for flow in scope.flows:
            if (flow.source, flow.target) in seen:
                yield Finding(
                    flow,
                    f"Er zijn twee pijlen van '{flow.source}' naar '{flow.target}'. Verwijder er een of voeg ze samen.",
                )
            seen.add((flow.source, flow.target))


rule = Rule(
    "duplicate-flows",
    find,
    valid=('<startEvent id="s"/><endEvent id="e"/>{s>e}',),
    invalid=(
        '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>a>e}<sequenceFlow id="f2" sourceRef="a" '
        'targetRef="e"/>',
    ),
)
