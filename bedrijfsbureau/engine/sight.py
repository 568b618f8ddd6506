"""What can be seen of a running process: open tasks, timers, awaited messages, tokens, and what lies ahead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine import due
from bedrijfsbureau.engine.host import Local
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.events import BoundaryEvent, CatchEvent, Waiting
from bedrijfsbureau.engine.specs.scopes import SubProcess
from bedrijfsbureau.engine.specs.step import ManualTask
from bedrijfsbureau.engine.workflow import Workflow


@dataclass(frozen=True)
class ReadyTask:
    """A user task or manual task that a person can do now."""

    id: str
    element: Element
    local: Local


@dataclass(frozen=True)
class Timer:
    """`due_at` is in UTC and stays what it was when the token arrived; None is never."""

    id: str
    element: Element
    due_at: datetime | None


@dataclass(frozen=True)
class Awaited:
    """A message a token waits for, or that starts an event subprocess.

    `key` None: any key will do, unless the element has an expression for it that gave null; then none will.
    """

    id: str
    message: str
    key: str | None
    element: Element


def is_open(task: Any) -> bool:
    return bool(task.has_state(TaskState.READY) and task.task_spec.manual)


def tasks(workflow: Workflow) -> tuple[ReadyTask, ...]:
    return tuple(
        ReadyTask(str(task.id), task.task_spec.element, dict(task.data))
        for task in workflow.all_live()
        if is_open(task)
    )


def waits(workflow: Workflow, kind: str) -> Iterator[tuple[Any, CatchEvent, Any]]:
    """Each event of this kind that a token waits for: the task, the event, what was noted when the token arrived."""
    for task in list(workflow.all_live()):
        if task.has_state(TaskState.WAITING) and isinstance(task.task_spec, Waiting):
            for event in task.task_spec.alternatives:
                if event.catches.kind == kind:
                    yield task, event, task.internal_data["waits"][event.bpmn_id]


def wait_id(task: Any, event: CatchEvent) -> str:
    return f"{task.id}:{event.bpmn_id}"


def timers(workflow: Workflow) -> tuple[Timer, ...]:
    return tuple(
        Timer(wait_id(task, event), event.element, due.from_text(text))
        for task, event, text in waits(workflow, "timer")
    )


def awaited(workflow: Workflow) -> tuple[Awaited, ...]:
    waiting = [
        Awaited(wait_id(task, event), event.catches.reference or "", key, event.element)
        for task, event, key in waits(workflow, "message")
    ]
    starts = [
        Awaited(f"{scope.parent_task_id or ''}:{spec.name}", spec.message, None, spec.start_element)
        for scope, spec in workflow.startables()
    ]
    return (*waiting, *starts)


def receivers(workflow: Workflow, message: str, key: str | None) -> list[tuple[Any, CatchEvent]]:
    """The tokens that take this message, first those that wait for exactly this key."""
    found = [wait for wait in waits(workflow, "message") if wait[1].catches.reference == message]
    exact = [(task, event) for task, event, wanted in found if wanted is not None and wanted == key]
    return exact + [(task, event) for task, event, _ in found if event.catches.expression is None]


def active(workflow: Workflow) -> Mapping[str, int]:
    return dict(
        Counter(
            task.task_spec.bpmn_id
            for task in workflow.all_live()
            if task.task_spec.bpmn_id and not isinstance(task.task_spec, BoundaryEvent)
        )
    )


def ahead(workflow: Workflow) -> frozenset[str]:
    pending = [
        (task.workflow.spec, name)
        for task in workflow.all_live()
        if not isinstance(task.task_spec, BoundaryEvent)
        for name in task.task_spec._outputs
    ]
    return frozenset(_reachable(pending, workflow.subprocess_specs))


def _reachable(pending: list[tuple[Any, str]], scopes: Mapping[str, Any]) -> Iterable[str]:
    seen = set()
    while pending:
        scope, name = pending.pop()
        spec = scope.task_specs[name]
        if (scope.name, name) in seen or isinstance(spec, BoundaryEvent):
            continue
        seen.add((scope.name, name))
        if isinstance(spec, ManualTask):
            yield spec.name
        if isinstance(spec, SubProcess):
            pending += [(scopes[spec.scope], first) for first in scopes[spec.scope].start._outputs]
        pending += [(scope, following) for following in spec._outputs]
