"""What is thrown is caught somewhere: an error that nobody catches would stop the dossier with an incident, so it is
refused; an escalation that nobody catches does nothing, so it is warned about. Looked for where it can go: in the
scopes around it, and around every call of its process; an event subprocess does not catch what it throws itself."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule, interrupts

_THROWING = {"endEvent", "intermediateThrowEvent"}


def find(question: Question) -> Iterator[Finding]:
    around = _around(question)
    for scope, node in question.nodes:
        trigger = node.trigger
        if node.tag not in _THROWING or trigger is None or trigger.kind not in {"error", "escalation"}:
            continue
        if not _is_caught(question, around, scope, trigger.kind, trigger.reference):
            what = "fout" if trigger.kind == "error" else "escalatie"
            message = f"Niemand vangt {what} '{trigger.reference or ''}' van '{node.label}' op. Teken wie dat doet."
            yield Finding(node, message, "error" if trigger.kind == "error" else "warning")


Around = dict[str, list[tuple[Scope, Node]]]


def _around(question: Question) -> Around:
    """For each scope the nodes it runs in: the subprocess it is the inside of, the call activities that call it."""
    around: Around = {}
    for scope, node in question.nodes:
        inside = node.body.id if node.body is not None else node.called
        if inside:
            around.setdefault(inside, []).append((scope, node))
    return around


def _is_caught(question: Question, around: Around, first: Scope, kind: str, code: str | None) -> bool:
    """Called processes may be in another file, judged later: then a process that is not called says nothing."""
    pending: list[tuple[Scope, Node | None]] = [(first, None)]  # a scope, and out of which node in it the throw comes
    seen: set[str] = set()
    while pending:
        scope, inner = pending.pop()
        caught = [trigger for node in _handlers(scope, inner) for trigger in node.triggers if trigger.kind == kind]
        if any(trigger.reference in (None, code) for trigger in caught):
            return True
        if scope.id not in seen:
            pending += around.get(scope.id, [])
        seen.add(scope.id)
    return False


def _handlers(scope: Scope, inner: Node | None) -> list[Node]:
    """The border of `inner`, and the starts of what listens in its scope: not `inner` itself, and nothing any more when
    `inner` is an event subprocess that interrupted the scope."""
    border = [] if inner is None else scope.boundaries(inner)
    listening = [node.body for node in scope.nodes if node.by_event and node.body and node is not inner]
    starts = [start for body in listening for start in body.nodes if start.tag == "startEvent"]
    return border if inner is not None and inner.by_event and interrupts(inner) else [*border, *starts]


_FAIL = '<endEvent id="t"><errorEventDefinition errorRef="f"/></endEvent>'
_SUB = f'<subProcess id="a"><startEvent id="as"/>{_FAIL}{{as>t}}</subProcess>'
_SUB += '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
_AGAIN = (
    '<subProcess id="v" triggeredByEvent="true"><startEvent id="vs"><errorEventDefinition errorRef="f"/></startEvent>'
    '<endEvent id="ve"><errorEventDefinition errorRef="f"/></endEvent>{vs>ve}</subProcess>'
)
_ERRORS = '<error id="f" errorCode="fout"/><error id="g" errorCode="anders"/><process id="p">'
_BORDER = '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition%s/></boundaryEvent>{b>e}'
rule = Rule(
    "thrown",
    find,
    valid=(
        _ERRORS + _SUB + _BORDER % ' errorRef="f"' + "</process>",
        _ERRORS + _SUB + _BORDER % "" + "</process>",
    ),
    invalid=(
        _ERRORS + _SUB + _BORDER % ' errorRef="g"' + "</process>",
        _ERRORS + _SUB.replace("</subProcess>", f"{_AGAIN}</subProcess>") + "</process>",
        '<escalation id="f" escalationCode="laat"/><process id="p"><startEvent id="s"/><endEvent id="e"/>{s>a>e}'
        '<intermediateThrowEvent id="a"><escalationEventDefinition escalationRef="f"/></intermediateThrowEvent>'
        "</process>",
    ),
)
