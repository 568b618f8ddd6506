"""Events and tasks that throw, and host tasks, which may throw an error."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.host import BpmnError
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.events import BoundaryEvent, Event
from bedrijfsbureau.engine.specs.step import Step, Task, cancel_all, siblings


@dataclass(frozen=True)
class Throws:
    """`kind`: message, signal, error, escalation or terminate."""

    kind: str
    reference: str | None = None  # name or code
    key: Any = None  # compiled FEEL: correlation key of a message


class ThrowEvent(Step):
    """An intermediate throw event or a send task. Its token may be gone afterwards: interrupted by what it threw."""

    def __init__(self, wf_spec: Any, name: str, element: Element, throws: Throws) -> None:
        super().__init__(wf_spec, name, element)
        self.throws = throws

    def _run_hook(self, my_task: Task) -> bool:
        getattr(self, f"_throw_{self.throws.kind}")(my_task)
        if not my_task.has_state(TaskState.CANCELLED):
            return True
        my_task.workflow.top_workflow.passed.append(self.bpmn_id)
        return False

    def _throw_message(self, my_task: Task) -> None:
        workflow, throws = my_task.workflow.top_workflow, self.throws
        key = None
        if throws.key is not None:
            value = workflow.script_engine.environment.evaluate(throws.key, my_task.data)
            key = None if value is None else str(value)
        workflow.host.send(throws.reference, self.element, dict(my_task.data), key)

    def _throw_signal(self, my_task: Task) -> None:
        workflow, signal = my_task.workflow.top_workflow, self.throws.reference
        workflow.broadcast(signal, {})
        workflow.host.signal(signal, self.element, dict(my_task.data))

    def _throw_escalation(self, my_task: Task) -> None:
        throw(my_task, "escalation", self.throws.reference)

    def _throw_error(self, my_task: Task) -> None:
        if not throw(my_task, "error", self.throws.reference):
            raise BpmnError(self.throws.reference or "")

    def _throw_terminate(self, my_task: Task) -> None:
        """On completion: the end event is passed first."""


class EndEvent(Step):
    """A plain end: the token is gone."""

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.end = self.bpmn_id
        super()._on_complete_hook(my_task)


class ThrowingEnd(ThrowEvent, EndEvent):
    """An end event that throws. A terminate end takes along every token of its own process or subprocess."""

    def _on_complete_hook(self, my_task: Task) -> None:
        super()._on_complete_hook(my_task)
        if self.throws.kind == "terminate":
            cancel_all(my_task.workflow)


class HostTask(Step):
    """A service task or business rule task. A BpmnError goes to the nearest handler of its code."""

    def _run_hook(self, my_task: Task) -> bool:
        host, local = my_task.workflow.top_workflow.host, dict(my_task.data)
        try:
            if self.element.type == "serviceTask":
                host.handle(self.element.handler, self.element, local)
            else:
                host.decide(self.element, local)
        except BpmnError as error:
            if not throw(my_task, "error", error.code):
                raise
            return False  # the token ends here; it goes on where the error was caught
        return True


def throw(my_task: Task, kind: str, code: str | None) -> bool:
    """Fire the nearest event that catches this error or escalation: on the task itself, then in the scope around it,
    then on what encloses that, outward. At one place a handler of the code itself goes before one of any code.

    False when nobody does. The thrower is gone when what caught it interrupts it."""
    task: Task | None = my_task
    while task is not None:
        for candidates in (_beside(task, kind), _around(task, kind)):
            found = [(holder, event) for holder, event in candidates if event.catches.takes(code)]
            if found:
                holder, event = min(found, key=lambda pair: pair[1].catches.reference is None)
                holder.task_spec.fire(holder, event, {})
                return True
        task = task.workflow.parent_task
    return False


def _beside(task: Task, kind: str) -> Iterator[tuple[Task, Event]]:
    """Boundary events of what `task` is doing."""
    for sibling in siblings(task):
        spec = sibling.task_spec
        if isinstance(spec, BoundaryEvent) and spec.catches.kind == kind:
            yield sibling, spec


def _around(task: Task, kind: str) -> Iterator[tuple[Task, Event]]:
    """Event subprocesses of its scope, but for the one it is: a handler does not handle what it throws itself."""
    root = task.workflow.task_tree
    if root.task_spec.listens(root):
        for start in root.task_spec.starts:
            if start.catches.kind == kind and start.subprocess is not task.task_spec:
                yield root, start
