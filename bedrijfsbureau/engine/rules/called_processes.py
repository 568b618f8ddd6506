"""A call activity names a process that is there; processes do not call each other in a circle, without end."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    processes = {process.id: process for diagram in question.diagrams for process in diagram.processes}
    calls = {key: _called(process) for key, process in processes.items()}
    for process in processes.values():
        for scope in process.scopes():
            for node in scope.nodes:
                if node.tag != "callActivity":
                    continue
                if node.called not in processes:
                    yield Finding(
                        node,
                        f"'{node.label}' roept proces '{node.called or ''}' aan, maar dat is er niet. Voeg het toe "
                        "of kies een ander.",
                    )
                elif process.id in _all_called(node.called, calls):
                    yield Finding(
                        node,
                        f"'{node.label}' roept uiteindelijk het eigen proces weer aan. Gebruik een lus met gateways.",
                    )


def _called(process: Scope) -> set[str]:
    return {node.called for scope in process.scopes() for node in scope.nodes if node.called}


def _all_called(first: str, calls: dict[str, set[str]]) -> set[str]:
    found, pending = {first}, [first]
    while pending:
        for following in calls.get(pending.pop(), set()) - found:
            found.add(following)
            pending.append(following)
    return found


_CALL = '<startEvent id="s"/><endEvent id="e"/>{s>c>e}'
rule = Rule(
    "called-processes",
    find,
    structure=True,
    valid=(
        f'<process id="p">{_CALL}<callActivity id="c" calledElement="q"/></process>'
        '<process id="q"><startEvent id="qs"/><endEvent id="qe"/>{qs>qe}</process>',
    ),
    invalid=(_CALL + '<callActivity id="c" calledElement="weg"/>', _CALL + '<callActivity id="c" calledElement="p"/>'),
)
