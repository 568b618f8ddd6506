"""A lane says whose team does a task. So it holds elements that are in its process, and each is in one lane, or in
lanes within each other. What is inside a subprocess is in the lane of the subprocess."""

from collections.abc import Iterator
from typing import Any

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import text
from bedrijfsbureau.engine.rule import Finding, Question, Rule, place


def find(question: Question) -> Iterator[Finding]:
    for diagram in question.diagrams:
        for process in diagram.processes:
            nodes = {node.id: node for scope in process.scopes() for node in scope.nodes}
            drawn = {element.get("id") for element in process.xml.iter()}
            first: dict[str, Any] = {}  # where an element was named before
            for reference in process.xml.iter(f"{BPMN}flowNodeRef"):
                lane, name = reference.getparent(), text(reference)
                if name not in drawn:
                    message = f"Baan '{_label(lane)}' noemt '{name}', maar dat is er niet. Verwijder het uit de baan."
                    yield Finding(place(reference), message)
                elif name in nodes and name in first and first[name] not in lane.iterancestors():
                    message = (
                        f"'{nodes[name].label}' staat in baan '{_label(first[name])}' en in baan '{_label(lane)}'. "
                        "Laat het in een baan staan."
                    )
                    yield Finding(nodes[name], message, line=reference.sourceline)
                first.setdefault(name, lane)


def _label(lane: Any) -> str:
    return str(lane.get("name") or lane.get("id"))


def _lanes(*inside: str) -> str:
    lanes = "".join(f'<lane id="l{n}" name="TEAM{n}">{refs}</lane>' for n, refs in enumerate(inside))
    return f'<laneSet id="l">{lanes}</laneSet><startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{{s>a>e}}'


_A = "<flowNodeRef>a</flowNodeRef>"
rule = Rule(
    "lanes",
    find,
    structure=True,
    valid=(
        _lanes(_A, "<flowNodeRef>s</flowNodeRef>"),
        _lanes(f'{_A}<childLaneSet><lane id="m">{_A}</lane></childLaneSet>'),
    ),
    invalid=(_lanes(_A, _A), _lanes("<flowNodeRef>weg</flowNodeRef>")),
)
