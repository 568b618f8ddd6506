"""A compact way to write a diagram: a line per element, and flows as `a>b>c`.

    user a, b                         elements of one kind, by id
    catch c: message m key = punt     what an event does, after the colon
    boundary b on a: after P1D        interrupting; `border b on a: ...` is one that goes on listening
    sub s                             the lines below it, indented, are inside; also `event`, `adhoc`, `process`
    start t gently: signal g          the start of an event subprocess that does not interrupt
    user a: one by one each stuk in = lijst until = klaar
    user a: first while = opnieuw max 3
    a>x>b                             flows; `x>b if = again` has a condition
    default x b                       the default flow

Ids of definitions of messages and the like are made from their names.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from bedrijfsbureau.engine.rule import HEAD

_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "border": "boundaryEvent",
    "sub": "subProcess",
    "event": "subProcess",
    "adhoc": "adHocSubProcess",
    "call": "callActivity",
    "transaction": "transaction",
    "complex": "complexGateway",
    "script": "scriptTask",
    "task": "task",
}
_ROOTS = {
    "message": '<message id="m_{0}" name="{0}"/>',
    "signal": '<signal id="g_{0}" name="{0}"/>',
    "error": '<error id="x_{0}" errorCode="{0}"/>',
    "escalation": '<escalation id="c_{0}" escalationCode="{0}"/>',
}
_REFERENCE = {"message": "messageRef='m_", "signal": "signalRef='g_", "error": "errorRef='x_"}
_REFERENCE["escalation"] = "escalationRef='c_"
_LINE = re.compile(r"(?P<kind>\w+) (?P<ids>[\w, ]+?)(?: on (?P<on>\w+))?(?: (?P<soft>gently))?(?:: (?P<what>.*))?")


def bpmn(text: str) -> bytes:
    """The file for a text; lines that stand outside any `process` are process `p`."""
    lines = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    lines = [line[margin:] for line in lines]
    if not lines[0].startswith("process"):
        lines = ["process p", *(f"  {line}" for line in lines)]
    roots: set[str] = set()
    processes = "".join(_process(line, body, roots) for line, body in _blocks(lines))
    return f"{HEAD}{''.join(sorted(roots))}{processes}</definitions>".encode()


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line with the lines indented below it."""
    place = 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and lines[end].startswith("  "):
            end += 1
        yield lines[place], [line[2:] for line in lines[place + 1 : end]]
        place = end


def _process(line: str, body: list[str], roots: set[str]) -> str:
    name, _, rest = line.removeprefix("process ").partition(" ")
    return f'<process id="{name}" {rest}>{_scope(body, roots)}</process>'


def _scope(lines: list[str], roots: set[str]) -> str:
    blocks = list(_blocks(lines))
    defaults = {line.split()[1]: line.split()[2] for line, _ in blocks if line.startswith("default ")}
    parts = []
    for line, body in blocks:
        if line.startswith("default "):
            continue
        parts.append(_flows(line) if re.match(r"\w+>", line) else _element(line, body, roots, defaults))
    return "".join(parts)


def _flows(line: str) -> str:
    chain, _, condition = line.partition(" if ")
    ids = chain.strip().split(">")
    inside = f"<conditionExpression>{quoteattr(condition)[1:-1]}</conditionExpression>" if condition else ""
    return "".join(
        f'<sequenceFlow id="f_{a}_{b}" sourceRef="{a}" targetRef="{b}">{inside}</sequenceFlow>'
        for a, b in pairwise(ids)
    )


def _element(line: str, body: list[str], roots: set[str], defaults: dict[str, str]) -> str:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    kind, what = found["kind"], found["what"] or ""
    tag = _TAGS[kind]
    attributes = {"triggeredByEvent": "true"} if kind == "event" else {}
    if found["on"]:
        attributes |= {"attachedToRef": found["on"], "cancelActivity": str(kind == "boundary").lower()}
    if found["soft"]:
        attributes["isInterrupting"] = "false"
    inside = ""
    if tag.endswith("Event"):
        inside = _event(what, roots)
    elif kind in {"send", "receive"}:
        name, key = _message(what, roots)
        attributes |= {"messageRef": name} | ({"bb:key": key} if key else {})
    elif kind == "service":
        attributes["bb:handler"] = what or "doe"
    elif kind == "rule":
        attributes["bb:decision"] = what or "beslis"
    elif kind == "call":
        attributes["calledElement"], _, what = what.partition(" ")
    if kind == "adhoc":
        attributes |= dict(re.findall(r"(ordering|cancelRemainingInstances)=(\w+)", what))
        inside += f"<completionCondition>{quoteattr(what.partition('until ')[2])[1:-1]}</completionCondition>"
    elif not tag.endswith("Event"):
        inside += _marker(what)
    inside = _scope(body, roots) + inside
    made = []
    for element in re.split(r",\s*", found["ids"].strip()):
        own = attributes | ({"default": f"f_{element}_{defaults[element]}"} if element in defaults else {})
        written = "".join(f" {name}={quoteattr(value)}" for name, value in own.items())
        made.append(f'<{tag} id="{element}"{written}>{inside}</{tag}>')
    return "".join(made)


def _message(what: str, roots: set[str]) -> tuple[str, str]:
    """The id of the message, and its key. A loop marker may follow after a `;`."""
    name, _, key = what.partition(";")[0].strip().partition(" key ")
    roots.add(_ROOTS["message"].format(name))
    return f"m_{name}", key


def _event(what: str, roots: set[str]) -> str:
    kind, _, rest = what.partition(" ")
    if not kind:
        return ""
    if kind == "message":
        name, key = _message(rest, roots)
        return f"<messageEventDefinition messageRef='{name}'{f' bb:key={quoteattr(key)}' if key else ''}/>"
    if kind in _REFERENCE:
        if rest:
            roots.add(_ROOTS[kind].format(rest))
        return f"<{kind}EventDefinition{f' {_REFERENCE[kind]}{rest}{chr(39)}' if rest else ''}/>"
    if kind == "link":
        return f"<linkEventDefinition name='{rest}'/>"
    if kind in {"terminate", "compensate"}:
        return f"<{kind}EventDefinition/>"
    if kind == "if":
        return (
            f"<conditionalEventDefinition><condition>{quoteattr(rest)[1:-1]}</condition></conditionalEventDefinition>"
        )
    form = {"at": "timeDate", "after": "timeDuration", "every": "timeCycle"}[kind]
    return f"<timerEventDefinition><{form}>{quoteattr(rest)[1:-1]}</{form}></timerEventDefinition>"


def _marker(what: str) -> str:
    if what == "data":
        return "<dataInputAssociation><sourceRef>weg</sourceRef></dataInputAssociation>"
    mode, _, until = what.partition(" until ")
    done = f"<completionCondition>{quoteattr(until)[1:-1]}</completionCondition>" if until else ""
    order = ' isSequential="true"' if "one by one" in mode else ""
    if found := re.search(r"each (\w+) in (= .*)", mode):
        given = f" bb:item={quoteattr(found[1])} bb:collection={quoteattr(found[2])}"
        return f"<multiInstanceLoopCharacteristics{order}{given}>{done}</multiInstanceLoopCharacteristics>"
    if found := re.search(r"times (= .*)", mode):
        number = f"<loopCardinality>{quoteattr(found[1])[1:-1]}</loopCardinality>"
        return f"<multiInstanceLoopCharacteristics{order}>{number}{done}</multiInstanceLoopCharacteristics>"
    if found := re.search(r"(first )?while(?: (= .*?))?(?: max (\d+))?$", mode):
        tested = ' testBefore="true"' if found[1] else ""
        most = f' loopMaximum="{found[3]}"' if found[3] else ""
        condition = f"<loopCondition>{quoteattr(found[2])[1:-1]}</loopCondition>" if found[2] else ""
        return f"<standardLoopCharacteristics{tested}{most}>{condition}</standardLoopCharacteristics>"
    return ""
