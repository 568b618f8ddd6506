"""Where each live token of an instance stands in another version of its process, and why it stands nowhere."""

from collections.abc import Iterable
from typing import Any

from bedrijfsbureau.engine.counterparts import Mapped
from bedrijfsbureau.engine.joins import starved, way_into
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.specs.events import CatchEvent, Event, StartEvent
from bedrijfsbureau.engine.specs.gateways import Join
from bedrijfsbureau.engine.specs.loops import MultiInstance
from bedrijfsbureau.engine.specs.scopes import EventSubprocess, SubProcess
from bedrijfsbureau.engine.specs.step import Split, Step
from bedrijfsbureau.engine.workflow import Workflow
from bedrijfsbureau.errors import Obstacle

ELSEWHERE = "staat in de nieuwe versie in een ander deelproces"
NOTHING = "heeft geen tegenhanger in de nieuwe versie"
OTHER_TYPE = "is in de nieuwe versie iets anders dan in de oude"
OTHER_EVENT = "wacht in de nieuwe versie op iets anders"
OTHER_LOOP = "wordt in de nieuwe versie op een andere manier herhaald"
OTHER_START = "onderbreekt in de nieuwe versie juist wel of juist niet"
MORE_WAYS = "wacht in de nieuwe versie ook op een tak waar dit dossier niet meer langs komt"
OTHER_WAY = "kreeg een pijl waarvan niet is te zeggen welke het in de nieuwe versie is"


class Places:
    """`specs`: task id -> its spec in the new version; `scopes`: id of the task a scope runs in -> the spec of that
    scope; `ways`: id of a task that waits at a join -> the node it now comes from."""

    def __init__(self, workflow: Workflow, new: Model, mapping: Mapped) -> None:
        self.workflow = workflow
        self.new = new
        self.mapping = mapping
        self.specs: dict[str, Step] = {}
        self.scopes: dict[str, Any] = {}
        self.ways: dict[str, str] = {}
        self.obstacles: list[Obstacle] = []
        for scope in workflow.workflows():
            if scope is workflow:
                self._scope(scope, new.spec)
            elif scope.parent_task_id in self.scopes:  # else what it runs in has no place, which says enough
                self._scope(scope, self.scopes[scope.parent_task_id])

    def _scope(self, scope: Any, spec: Any) -> None:
        entered: dict[tuple[str, str], str] = {}  # join and way into it -> where those tokens came from
        for task in scope.live():
            if task is scope.task_tree or _beside(task):
                continue
            found, why = self._place(task.task_spec, spec)
            if found is not None and isinstance(found, Join) and "via" in task.internal_data:
                way, via = way_into(task, found, self.mapping), task.internal_data["via"]
                found, why = (
                    (found, "") if way and entered.setdefault((found.name, way), via) == via else (None, OTHER_WAY)
                )
                self.ways[task.id] = way
            if found is None:
                self._object(task.task_spec, why)
                continue
            self.specs[task.id] = found
            if isinstance(found, SubProcess):
                self.scopes[task.id] = self.new.subprocess_specs[found.scope]
        placed = [task.id for task in scope.live() if task.id in self.specs]
        for join in starved(spec, [(self.specs[task_id], self.ways.get(task_id, "")) for task_id in placed]):
            if not self.obstacles:  # else that may be why
                self._object(join, MORE_WAYS)

    def _object(self, spec: Any, why: str) -> None:
        element = spec.element
        self.obstacles.append(
            Obstacle(element.id, element.name, why) if element else Obstacle(spec.name, spec.name, why)
        )

    def _place(self, old: Any, scope: Any) -> tuple[Step | None, str]:
        name = self.mapping.get(old.element.id)
        if name is None or name not in self.new.elements:
            return None, NOTHING
        if self.new.elements[name].type != old.element.type:
            return None, OTHER_TYPE
        found = scope.task_specs.get(name)
        if found is None:
            return None, ELSEWHERE
        return (None, why) if (why := _difference(old, found)) else (found, "")


def counterpart(event: Any, among: Iterable[Any], mapping: Mapped) -> Any:
    """Which of the events of the old version this one goes on waiting for; None when it is new."""
    for old in among:
        if mapping.get(old.bpmn_id) == event.bpmn_id and _listens_alike(old, event):
            return old
    return None


def _difference(old: Any, new: Any) -> str:
    """Why a token in `old` would not be understood in `new`, though they are of one type."""
    if isinstance(old, CatchEvent) and isinstance(new, CatchEvent) and not _listens_alike(old, new):
        return OTHER_EVENT
    if isinstance(old, MultiInstance) and isinstance(new, MultiInstance) and not _repeats_alike(old, new):
        return OTHER_LOOP
    if type(old) is not type(new):
        return OTHER_LOOP
    if isinstance(old, EventSubprocess) and isinstance(new, EventSubprocess):
        return "" if old.start.catches.interrupting == new.start.catches.interrupting else OTHER_START
    return ""


def _listens_alike(old: Event, new: Event) -> bool:
    """A note made for one can be read by the other."""
    same = (old.catches.kind, old.catches.cyclic) == (new.catches.kind, new.catches.cyclic)
    return same and isinstance(old, StartEvent) == isinstance(new, StartEvent)


def _repeats_alike(old: MultiInstance, new: MultiInstance) -> bool:
    return (old.many.sequential, old.many.item, old.many.collection is None) == (
        new.many.sequential, new.many.item, new.many.collection is None,
    )  # fmt: skip


def _beside(task: Any) -> bool:
    """A boundary event that waits: it goes where its activity goes."""
    split = task.parent.task_spec if task.parent is not None else None
    return isinstance(split, Split) and task.task_spec.name != split.activity
