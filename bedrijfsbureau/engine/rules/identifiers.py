"""Every process, node and flow has an id of its own, unique in all files together: history, tokens on the drawing and
tasks refer to elements by id. So has every message, signal, error and escalation in its file. Ids that start with `__`
are made by the engine."""

import re
from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Flow, Node, Scope
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule
from bedrijfsbureau.engine.vocabulary import REFERRED_TO

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")


def find(question: Question) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for thing in _things(question):
        if not thing.id:
            yield Finding(thing, "Dit element heeft geen id. Geef het er een.")
        elif not _ID.fullmatch(thing.id) or thing.id.startswith("__"):
            name = thing.id[:100]
            message = f"Het id '{name}' mag niet. Gebruik letters, cijfers, _, - en punten, en begin niet met '__'."
            yield Finding(thing, message)
        elif thing.id in seen:
            yield Finding(thing, _twice(thing.id, seen[thing.id]))
        else:
            seen[thing.id] = thing.line
    for diagram in question.diagrams:
        named: dict[str, int] = {}
        for root in diagram.xml:
            if (name := root.get("id")) and local(root) in REFERRED_TO:
                if name in named:
                    yield Finding((name, root.sourceline), _twice(name, named[name]))
                named.setdefault(name, root.sourceline)


def _twice(name: str, line: int) -> str:
    return f"Het id '{name}' komt vaker voor (ook op regel {line}). Geef elk element een eigen id."


def _things(question: Question) -> Iterator[Scope | Node | Flow]:
    for diagram in question.diagrams:
        yield from diagram.processes  # the scope of a subprocess has the id of its node
    for scope in question.scopes:
        yield from scope.nodes
        yield from (flow for flow in scope.flows if flow.line)


rule = Rule(
    "identifiers",
    find,
    structure=True,
    valid=('<startEvent id="s"/><userTask id="t_tolk"/><endEvent id="e"/>{s>t_tolk>e}',),
    invalid=(
        '<startEvent id="s"/><userTask/><endEvent id="e"/>{s>e}',
        '<startEvent id="s"/><userTask id="s"/><endEvent id="e"/>{s>e}',
        '<startEvent id="__s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="__s" targetRef="e"/>',
        '<message id="m" name="antwoord"/><message id="m" name="stuk"/><process id="p"><startEvent id="s"/>'
        '<endEvent id="e"/>{s>e}</process>',
        '<startEvent id="s"/><userTask id="x\' or \'1\'=\'1"/><endEvent id="e"/>{s>e}',
    ),
)
