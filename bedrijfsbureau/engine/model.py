"""A process that passed every check and can be run: immutable, so that a caller may cache it per published version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bedrijfsbureau.engine.diagram import Node


@dataclass(frozen=True)
class Element:
    """A flow node as the rest of the application sees it. `due` and `writes` are FEEL texts without the leading `=`."""

    id: str
    name: str
    type: str  # userTask, serviceTask, exclusiveGateway, ...
    process: str  # the process it stands in; differs from the model's own for a called process
    form: str | None = None
    team: str | None = None
    checks: tuple[str, ...] = ()
    due: str | None = None
    competence: str | None = None
    standing: str | None = None
    documentation: str = ""
    lane: str | None = None
    handler: str | None = None
    decision: str | None = None
    result: str | None = None
    writes: tuple[tuple[str, str], ...] = ()  # (record path, FEEL text) of each bb:write
    message: str | None = None
    skip_when: str | None = None  # FEEL text, or "never"
    item: str | None = None  # of a multi-instance activity: the name of its item in token-local data


def element(node: Node, process: str) -> Element:
    bb = node.bb
    return Element(
        id=node.id,
        name=node.name or node.id,
        type=node.tag,
        process=process,
        form=bb.get("form"),
        team=bb.get("team") or node.lane or None,
        checks=tuple(bb.get("checks", "").split()),
        due=feel_text(bb["due"]) if "due" in bb else None,
        competence=bb.get("competence"),
        standing=bb.get("standing"),
        documentation=node.documentation,
        lane=node.lane or None,
        handler=bb.get("handler"),
        decision=bb.get("decision"),
        result=bb.get("result"),
        writes=tuple((field, feel_text(value)) for field, value, _ in node.writes),
        skip_when=bb.get("skipWhen"),
        item=(node.repeat.item or "item") if node.repeat is not None and node.repeat.many else None,
        message=node.trigger.reference if node.trigger and node.trigger.kind == "message" else None,
    )


def feel_text(text: str) -> str:
    return text.strip().removeprefix("=").strip()


@dataclass(frozen=True)
class Model:
    """`spec` and `subprocess_specs` belong to SpiffWorkflow and are read only by this package."""

    process_id: str
    name: str
    elements: Mapping[str, Element]
    offers: Mapping[str, tuple[str, ...]]  # ad hoc subprocess -> what a person may begin in it
    spec: Any = field(repr=False)
    subprocess_specs: Mapping[str, Any] = field(repr=False)
