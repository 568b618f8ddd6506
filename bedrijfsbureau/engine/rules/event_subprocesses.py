"""An event subprocess has one start, which waits as long as the scope around it runs: for a message, a moment, a
condition, a signal, an error or an escalation. When it interrupts, it ends everything else there. No flow goes to it or
from it."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_KINDS = {"message", "timer", "conditional", "signal", "error", "escalation"}


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        if not node.by_event or node.body is None:
            continue
        for flow in (*scope.incoming(node), *scope.outgoing(node)):
            yield Finding(
                flow,
                f"Pijl '{flow.label}' hangt aan event subprocess '{node.label}'. Verwijder hem; de start begint het.",
            )
        if node.repeat is not None:
            yield Finding(node, f"Event subprocess '{node.label}' heeft een lusteken. Verwijder dat.")
        for start in node.body.nodes:
            if start.tag == "startEvent":
                yield from _start(node, start)


def _start(node: Node, start: Node) -> Iterator[Finding]:
    kinds = [trigger.kind for trigger in start.triggers]
    if len(kinds) != 1 or kinds[0] not in _KINDS:
        yield Finding(
            start,
            f"Event subprocess '{node.label}' start niet door een gebeurtenis. Kies bericht, timer, voorwaarde, "
            "signaal, fout of escalatie.",
        )
    elif kinds == ["error"] and not start.interrupting:
        yield Finding(start, f"Een fout onderbreekt altijd. Maak de start van '{node.label}' onderbrekend.")


_START = '<message id="m" name="stuk_ontvangen"/><process id="p"><startEvent id="s"/><endEvent id="e"/>{s>e}'
_EVENT = '<messageEventDefinition messageRef="m"/></startEvent><endEvent id="b"/>{a>b}</subProcess>'
_HANDLER = '<subProcess id="x" triggeredByEvent="true"><startEvent id="a"'
rule = Rule(
    "event-subprocesses",
    find,
    structure=True,
    valid=(
        f'{_START}{_HANDLER} isInterrupting="false">{_EVENT}</process>',
        f"{_START}{_HANDLER}>{_EVENT}</process>",
        f'{_START}<subProcess id="y"><startEvent id="c"/><endEvent id="d"/>{{c>d}}{_HANDLER}>{_EVENT}</subProcess>'
        "{s>y>e}</process>".replace("{s>e}", ""),
    ),
    invalid=(
        f'{_START}{_HANDLER}/><endEvent id="b"/>{{a>b}}</subProcess></process>',
        f'{_START}{_HANDLER} isInterrupting="false"><errorEventDefinition/></startEvent><endEvent id="b"/>{{a>b}}'
        "</subProcess></process>",
        f"{_START}{_HANDLER}>{_EVENT}{{s>x>e}}</process>",
    ),
)
