"""An event subprocess stands directly in a process, starts by a message and does not interrupt; it may start again and
again while the process runs. Other kinds start at once, never, or keep the process alive in SpiffWorkflow."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    processes = {process.id for diagram in question.diagrams for process in diagram.processes}
    for scope, node in question.nodes:
        if not node.by_event or node.body is None:
            continue
        if scope.id not in processes:
            yield Finding(
                node, f"Event subprocess '{node.label}' staat in een subproces. Zet het op het hoogste niveau."
            )
        for flow in (*scope.incoming(node), *scope.outgoing(node)):
            yield Finding(
                flow,
                f"Pijl '{flow.id}' hangt aan event subprocess '{node.label}'. Verwijder hem; het bericht start het.",
            )
        for start in node.body.nodes:
            if start.tag == "startEvent":
                if [trigger.kind for trigger in start.triggers] != ["message"]:
                    yield Finding(
                        start,
                        f"Event subprocess '{node.label}' start niet met een bericht. Kies bij de start een bericht.",
                    )
                elif start.interrupting:
                    yield Finding(
                        start, f"Event subprocess '{node.label}' onderbreekt. Maak de start niet-onderbrekend."
                    )


_START = '<message id="m" name="stuk_ontvangen"/><process id="p"><startEvent id="s"/><endEvent id="e"/>{s>e}'
_EVENT = '<messageEventDefinition messageRef="m"/></startEvent><endEvent id="b"/>{a>b}</subProcess>'
rule = Rule(
    "event-subprocesses",
    find,
    structure=True,
    valid=(
        f'{_START}<subProcess id="x" triggeredByEvent="true"><startEvent id="a" isInterrupting="false">{_EVENT}'
        "</process>",
    ),
    invalid=(
        f'{_START}<subProcess id="x" triggeredByEvent="true"><startEvent id="a">{_EVENT}</process>',
        f'{_START}<subProcess id="x" triggeredByEvent="true"><startEvent id="a"/><endEvent id="b"/>{{a>b}}'
        "</subProcess></process>",
        f'{_START}<subProcess id="y"><startEvent id="c"/><endEvent id="d"/>{{c>d}}<subProcess id="x" '
        'triggeredByEvent="true">'
        f'<startEvent id="a" isInterrupting="false">{_EVENT}</subProcess></process>',
    ),
)
