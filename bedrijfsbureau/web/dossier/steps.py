"""The process of a dossier in words: where it stands now, what was done, and what may still come.

The same as the diagram shows, for who uses a keyboard, a screen reader or a telephone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bedrijfsbureau.engine import Element
from bedrijfsbureau.model import Json
from bedrijfsbureau.queries.dossier import TaskLine
from bedrijfsbureau.web.dossier.frame import Opened

TASK = "userTask"
STRUCTURE = frozenset({"subProcess", "callActivity"})  # they hold the steps that are shown themselves


@dataclass(frozen=True)
class Step:
    """A task of the model; `tasks` are those of this dossier, open ones first."""

    element: Element
    tokens: int
    tasks: tuple[TaskLine, ...]

    @property
    def now(self) -> tuple[TaskLine, ...]:
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def done(self) -> TaskLine | None:
        return next((task for task in self.tasks if not task.is_open), None)


def steps(opened: Opened) -> list[Step]:
    """Every task of the model, in the order of the model."""
    by_element: dict[str, list[TaskLine]] = {}
    for task in opened.tasks:
        by_element.setdefault(task.element, []).append(task)
    active = opened.head.active
    return [
        Step(element, active.get(element.id, 0), tuple(by_element.get(element.id, ())))
        for element in opened.kind.model.elements.values()
        if element.type == TASK
    ]


def waits(opened: Opened) -> list[Element]:
    """Where the process waits for something else than a task: an event, another branch."""
    elements = opened.kind.model.elements
    found = [elements[name] for name in opened.head.active if name in elements]
    return [each for each in found if each.type != TASK and each.type not in STRUCTURE]


def tokens(opened: Opened, incidents: tuple[str, ...], links: Mapping[str, str]) -> Json:
    """What the diagram draws, as its script takes it."""
    done = {task.element for task in opened.tasks if task.closed_by}
    hidden = {name for name, each in opened.kind.model.elements.items() if each.type in STRUCTURE}
    return {
        "active": {name: count for name, count in opened.head.active.items() if name not in hidden},
        "passed": sorted(done - set(opened.head.active)),
        "incidents": list(incidents),
        "links": dict(links),
    }


def diagram(opened: Opened) -> str:
    """The BPMN text that holds the process of this dossier."""
    soort = opened.kind.soort
    named = f'id="{soort.process_id}"'
    files = [text for path, text in soort.files.items() if path.endswith(".bpmn")]
    return next((text for text in files if named in text), files[0])
