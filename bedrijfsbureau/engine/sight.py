"""What can be seen of a running process: open tasks, timers, awaited messages, tokens, and what lies ahead."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.host import Local
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.ad_hoc import AdHocSubProcess
from bedrijfsbureau.engine.specs.catching import due_of
from bedrijfsbureau.engine.specs.events import BoundaryEvent, Event, StartEvent
from bedrijfsbureau.engine.specs.loops import Loop
from bedrijfsbureau.engine.specs.scopes import SubProcess
from bedrijfsbureau.engine.specs.step import ManualTask, blame
from bedrijfsbureau.engine.workflow import Wait, Workflow


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


@dataclass(frozen=True)
class Startable:
    """An activity in an ad hoc subprocess that a person may begin, as often as needed."""

    id: str
    element: Element
    local: Local


def is_open(task: Any) -> bool:
    return bool(task.has_state(TaskState.READY) and task.task_spec.manual)


def wait_id(task: Any, event: Event) -> str:
    """A scope has no id of its own: it goes by that of the task it runs in."""
    holder = task.workflow.parent_task_id or "" if isinstance(event, StartEvent) else task.id
    return f"{holder}:{event.bpmn_id}"


class Sight:
    """A workflow at rest: each thing is looked for once."""

    def __init__(self, workflow: Workflow) -> None:
        self._workflow = workflow

    @cached_property
    def waits(self) -> list[Wait]:
        return self._workflow.waits()

    @cached_property
    def tasks(self) -> tuple[ReadyTask, ...]:
        live = self._workflow.all_live()
        return tuple(ReadyTask(task.id, task.task_spec.element, dict(task.data)) for task in live if is_open(task))

    @cached_property
    def timers(self) -> tuple[Timer, ...]:
        return tuple(
            Timer(wait_id(task, event), event.element, due_of(note))
            for task, event, note in self.waits
            if event.catches.kind == "timer"
        )

    @cached_property
    def awaited(self) -> tuple[Awaited, ...]:
        return tuple(
            Awaited(wait_id(task, event), event.catches.reference or "", key, event.element)
            for task, event, key in self.waits
            if event.catches.kind == "message"
        )

    @cached_property
    def active(self) -> Mapping[str, int]:
        live = (task.task_spec for task in self._workflow.all_live())
        return dict(Counter(spec.bpmn_id for spec in live if spec.bpmn_id and not isinstance(spec, BoundaryEvent)))


def waits_for_others(workflow: Workflow, waits: Sequence[Wait]) -> bool:
    """Whether a token waits for a message or signal, or for someone to begin free-form work. What may come at any time
    does not count: it starts an event subprocess, or ends an activity at its border that has to get on by itself."""
    events = (wait.event for wait in waits if wait.event.catches.kind in {"message", "signal"})
    still = any(not isinstance(event, StartEvent | BoundaryEvent) for event in events)
    return still or any(True for _ in workflow.startables())


def receivers(
    workflow: Workflow, waits: Sequence[Wait], message: str, key: str | None, payload: Local
) -> Iterable[tuple[Any, Event]]:
    """What takes this message, best first: see `Instance.deliver`."""
    found = [w for w in waits if w.event.catches.kind == "message" and w.event.catches.reference == message]
    tokens = [wait for wait in found if not isinstance(wait.event, StartEvent)]
    yield from ((task, event) for task, event, wanted in tokens if wanted is not None and wanted == key)
    yield from ((task, event) for task, event, _ in tokens if event.catches.expression is None)
    for task, event, _ in found:
        if isinstance(event, StartEvent) and _starts(workflow, task, event, key, payload):
            yield task, event


def _starts(workflow: Workflow, root: Any, event: StartEvent, key: str | None, payload: Local) -> bool:
    """The key of a start is reckoned when a message comes, over what it brings."""
    if event.catches.expression is None:
        return True
    with blame(event.name):
        wanted = workflow.script_engine.environment.evaluate(event.catches.expression, {**root.data, **payload})
    return wanted is not None and str(wanted) == key


def startable(workflow: Workflow) -> tuple[Startable, ...]:
    return tuple(
        Startable(f"{owner.id}:{element.id}", element, dict(owner.data))
        for owner, _, element, _ in workflow.startables()
    )


def ahead(workflow: Workflow) -> frozenset[str]:
    found: set[str] = set()
    for task in workflow.all_live():
        spec = task.task_spec
        if spec.ahead is None:  # the same for every token that stands there, in every instance
            spec.ahead = frozenset(_reachable(_next_of(spec, task.workflow.spec, workflow), workflow.subprocess_specs))
        found |= spec.ahead
    return frozenset(found)


def _next_of(spec: Any, scope: Any, workflow: Workflow) -> list[tuple[Any, str]]:
    pending = [] if isinstance(spec, BoundaryEvent) else [(scope, name) for name in spec._outputs]
    if isinstance(spec, Loop | AdHocSubProcess):  # what is inside may be done once more
        pending += _entrances(spec, workflow.subprocess_specs)
    return pending


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
            pending += _entrances(spec, scopes)
        pending += [(scope, following) for following in spec._outputs]


def _entrances(spec: SubProcess, scopes: Mapping[str, Any]) -> list[tuple[Any, str]]:
    heads = [head.name for _, head in spec.heads] if isinstance(spec, AdHocSubProcess) else []
    return [(scopes[spec.scope], first) for first in (*scopes[spec.scope].start._outputs, *heads)]
