"""What is thrown is caught somewhere: an error that nobody catches would stop the dossier with an incident, so it is
refused; an escalation that nobody catches does nothing, so it is warned about. Looked for where it can go: in the
scopes around it, and around every call of its process."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule

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
    pending, seen = [first], {first.id}
    while pending:
        scope = pending.pop()
        handlers = [start for node in scope.nodes if node.by_event and node.body for start in node.body.nodes]
        owners = around.get(scope.id, [])
        handlers += [event for outer, node in owners for event in outer.boundaries(node)]
        if any(t.kind == kind and t.reference in (None, code) for handler in handlers for t in handler.triggers):
            return True
        pending += [outer for outer, _ in owners if outer.id not in seen]
        seen.update(outer.id for outer, _ in owners)
    return False


_FAIL = '<endEvent id="t"><errorEventDefinition errorRef="f"/></endEvent>'
_SUB = f'<subProcess id="a"><startEvent id="as"/>{_FAIL}{{as>t}}</subProcess>'
_SUB += '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
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
        '<escalation id="f" escalationCode="laat"/><process id="p"><startEvent id="s"/><endEvent id="e"/>{s>a>e}'
        '<intermediateThrowEvent id="a"><escalationEventDefinition escalationRef="f"/></intermediateThrowEvent>'
        "</process>",
    ),
)
