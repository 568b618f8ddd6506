"""What a rule of the profile is, what it is asked and what it finds. The rules themselves are in `rules/`, one per
file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from bedrijfsbureau.engine.diagram import Diagram, Flow, Node, Scope
from bedrijfsbureau.engine.dialect import BPMN, FLOW_NODES
from bedrijfsbureau.engine.vocabulary import REFERRED_TO, SAID

Place = tuple[str | None, int | None]  # element id, 1-based line
About = Scope | Node | Flow | Place


@dataclass(frozen=True)
class Question:
    """What is judged: all diagrams that belong together."""

    diagrams: Sequence[Diagram]
    names: frozenset[str] = frozenset()  # FEEL names with spaces

    @cached_property
    def scopes(self) -> list[Scope]:
        return [scope for diagram in self.diagrams for scope in diagram.scopes()]

    @cached_property
    def nodes(self) -> list[tuple[Scope, Node]]:
        return [(scope, node) for scope in self.scopes for node in scope.nodes]

    @cached_property
    def cut_short(self) -> set[str]:
        """Ids of the scopes that something ends while they run: an event subprocess in it, or an event on its border,
        that interrupts. Such a scope may go round without an end of its own."""
        found = {scope.id for scope, node in self.nodes if node.by_event and interrupts(node)}
        for scope, node in self.nodes:
            if any(event.interrupting for event in scope.boundaries(node)):
                found |= {node.id if node.called is None else node.called}
        return found

    @cached_property
    def said(self) -> list[tuple[About, Any]]:
        """Every XML element that the vocabulary knows, with what it belongs to."""
        owners: list[Scope | Node | Flow] = [process for diagram in self.diagrams for process in diagram.processes]
        owners += [node for _, node in self.nodes]
        owners += [flow for scope in self.scopes for flow in scope.flows if flow.xml is not None]
        said: list[tuple[About, Any]] = [(owner, element) for owner in owners for element in _parts(owner.xml)]
        roots = [root for diagram in self.diagrams for root in diagram.xml]
        return said + [(place(root), root) for root in roots if str(root.tag).removeprefix(BPMN) in REFERRED_TO]


@dataclass(frozen=True)
class Finding:
    """What a rule found: about what, and a Dutch sentence that says what to do. `line` when it is more precise."""

    about: About
    message: str
    severity: Literal["error", "warning"] = "error"
    line: int | None = None
    path: tuple[str, ...] = ()  # the elements a token passes to come to it, when that is the point

    @property
    def place(self) -> Place:
        if isinstance(self.about, tuple):
            return self.about
        return self.about.id or None, self.line or self.about.line or None


@dataclass(frozen=True)
class Rule:
    """`valid` examples pass every rule; each of the `invalid` ones is found by this rule. See `example`."""

    code: str
    find: Callable[[Question], Iterable[Finding]]
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    structure: bool = False  # judged first; the other rules may rely on what these make sure of


def interrupts(handler: Node) -> bool:
    """Whether an event subprocess ends what else runs in its scope."""
    starts = [node for node in handler.body.nodes if node.tag == "startEvent"] if handler.body else []
    return any(start.interrupting for start in starts)


def label(about: About) -> str:
    """What people call it."""
    if isinstance(about, tuple):
        return about[0] or ""
    return about.id if isinstance(about, Scope) else about.label


def place(element: Any) -> Place:
    """Where an XML element is: its own id or that of the nearest element that has one."""
    owner = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    return (None if owner is None else owner.get("id")), element.sourceline


def refuse_nodes(code: str, message: str, tags: set[str], valid: tuple[str, ...], invalid: tuple[str, ...]) -> Rule:
    """A rule that refuses flow nodes by tag. `message` may say {name}."""

    def find(question: Question) -> Iterator[Finding]:
        for _, node in question.nodes:
            if node.tag in tags:
                yield Finding(node, message.format(name=node.label))

    return Rule(code, find, valid, invalid, structure=True)


def refuse_triggers(code: str, message: str, kinds: set[str], valid: tuple[str, ...], invalid: tuple[str, ...]) -> Rule:
    """A rule that refuses event definitions by kind, wherever they are. `message` may say {name}."""

    def find(question: Question) -> Iterator[Finding]:
        for _, node in question.nodes:
            for trigger in node.triggers:
                if trigger.kind in kinds:
                    yield Finding(node, message.format(name=node.label), line=trigger.line)

    return Rule(code, find, valid, invalid, structure=True)


def _parts(element: Any) -> Iterator[Any]:
    """An element with its event definitions, loop markers and expressions: all but nodes and flows of their own."""
    yield element
    for child in element:
        name = str(child.tag).removeprefix(BPMN)
        if name in SAID and name not in FLOW_NODES and name != "sequenceFlow":
            yield from _parts(child)


HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bb="urn:bedrijfsbureau:bpmn:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="voorbeeld" targetNamespace="voorbeeld">'
)
_CHAIN = re.compile(r"\{([\w>-]+)\}")


def example(body: str) -> bytes:
    """A BPMN file from the short text of an example. `{a>b>c}` stands for the sequence flows f_a_b and f_b_c; without a
    <process> the body is put in process `p`."""
    if "<process" not in body:
        body = f'<process id="p" isExecutable="true">{body}</process>'
    return f"{HEAD}\n{_CHAIN.sub(lambda chain: _flows(chain[1]), body)}\n</definitions>".encode()


def _flows(chain: str) -> str:
    ids = chain.split(">")
    return "".join(f'<sequenceFlow id="f_{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(ids))
