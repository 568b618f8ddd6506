"""Every process, node and flow has an id of its own, unique in all files together: history, tokens on the drawing and
tasks refer to elements by id. Ids that start with `__` are made by the engine."""

import re
from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Flow, Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")


def find(question: Question) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for thing in _things(question):
        if not thing.id:
            yield Finding(thing, "Dit element heeft geen id. Geef het er een.")
        elif not _ID.fullmatch(thing.id) or thing.id.startswith("__"):
            message = f"Het id '{thing.id}' mag niet. Gebruik letters, cijfers, _, - en punten, en begin niet met '__'."
            yield Finding(thing, message)
        elif thing.id in seen:
            message = (
                f"Het id '{thing.id}' komt vaker voor (ook op regel {seen[thing.id]}). Geef elk element een eigen id."
            )
            yield Finding(thing, message)
        else:
            seen[thing.id] = thing.line


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
        '<startEvent id="s"/><userTask id="x\' or \'1\'=\'1"/><endEvent id="e"/>{s>e}',
    ),
)
