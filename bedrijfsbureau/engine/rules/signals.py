"""A signal goes to every dossier. What hears it does not throw it again, with nothing in between that waits: each of a
thousand dossiers would tell the other thousand, and a loop would never end."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_THROWING = {"intermediateThrowEvent", "endEvent"}
_STOPS = {"userTask", "manualTask", "receiveTask", "eventBasedGateway", "adHocSubProcess"}

At = tuple[Scope, Node]


def find(question: Question) -> Iterator[Finding]:
    heard: dict[str, set[str]] = {}  # a signal -> the signals that hearing it throws at once
    thrown: list[tuple[str, str, Node]] = []
    ways = _Ways(question)
    for scope, node in question.nodes:
        if node.tag not in _THROWING and (signal := _signal(node)):
            for name, thrower in ways.thrown_after(scope, node):
                heard.setdefault(signal, set()).add(name)
                thrown.append((signal, name, thrower))
    for signal, name, thrower in thrown:
        if signal in _all_after(name, heard):
            message = (
                f"'{thrower.label}' geeft een signaal '{name}' dat zichzelf weer oproept. Zet er een taak of een timer "
                "tussen, of gebruik een ander signaal."
            )
            yield Finding(thrower, message)


def _signal(node: Node) -> str | None:
    return next((trigger.reference for trigger in node.triggers if trigger.kind == "signal"), None)


def _all_after(first: str, heard: dict[str, set[str]]) -> set[str]:
    found, pending = {first}, [first]
    while pending:
        new = heard.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found


class _Ways:
    """Where a token comes to without anyone doing anything and without time passing."""

    def __init__(self, question: Question) -> None:
        self.processes = {process.id: process for diagram in question.diagrams for process in diagram.processes}
        self.owners: dict[str, list[At]] = {}  # the id of a scope -> what runs it
        for scope, node in question.nodes:
            inside = node.body.id if node.body is not None else node.called
            if inside and not node.by_event:
                self.owners.setdefault(inside, []).append((scope, node))

    def thrown_after(self, scope: Scope, node: Node) -> Iterator[tuple[str, Node]]:
        pending, seen = self._leaving(scope, node), set()
        while pending:
            scope, node = pending.pop()
            if node.id in seen:
                continue
            seen.add(node.id)
            if node.tag in _THROWING and (name := _signal(node)):
                yield name, node
            if not self._waits(node):
                pending += self._entered(node) or self._leaving(scope, node)

    def _waits(self, node: Node) -> bool:
        links = node.trigger is not None and node.trigger.kind == "link"
        return node.tag in _STOPS or (node.tag == "intermediateCatchEvent" and not links)

    def _entered(self, node: Node) -> list[At]:
        inside = node.body if node.called is None else self.processes.get(node.called)
        return [(inside, start) for start in inside.nodes if start.tag == "startEvent"] if inside else []

    def _leaving(self, scope: Scope, node: Node) -> list[At]:
        """By its flows; from an end, by those of what runs the scope."""
        if node.tag == "endEvent":
            return [at for outer, owner in self.owners.get(scope.id, []) for at in self._leaving(outer, owner)]
        return [(scope, scope.by_id[flow.target]) for flow in scope.outgoing(node)]


_HEAR = '<signal id="g" name="rood"/><process id="p"><startEvent id="s"/><endEvent id="e"/>'
_EVENT = '<signalEventDefinition signalRef="g"/>'
_CATCH = f'<intermediateCatchEvent id="c">{_EVENT}</intermediateCatchEvent>'
_THROW = f'<intermediateThrowEvent id="t">{_EVENT}</intermediateThrowEvent>'
_HANDLER = f'<subProcess id="v" triggeredByEvent="true"><startEvent id="vs">{_EVENT}</startEvent>'
rule = Rule(
    "signals",
    find,
    valid=(
        f'{_HEAR}{_CATCH}{_THROW}<userTask id="a"/>{{s>c>a>t>e}}</process>',
        f"{_HEAR}{_CATCH}{_THROW}{{s>t>c>e}}</process>",
    ),
    invalid=(
        f"{_HEAR}{_CATCH}{_THROW}{{s>c>t>e}}</process>",
        f'{_HEAR}{{s>e}}{_HANDLER}<endEvent id="ve">{_EVENT}</endEvent>{{vs>ve}}</subProcess></process>',
        f'{_HEAR}{_CATCH}{{s>c>u>e}}<subProcess id="u"><startEvent id="us"/><endEvent id="ue"/>{_THROW}{{us>t>ue}}'
        "</subProcess></process>",
    ),
)
