"""A running process: the commands that move it and what it shows of itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine import codec, due, graph
from bedrijfsbureau.engine.host import Host, Local
from bedrijfsbureau.engine.model import Element, Model
from bedrijfsbureau.engine.specs.events import CatchEvent, Waiting
from bedrijfsbureau.engine.specs.step import blame
from bedrijfsbureau.engine.workflow import Workflow
from bedrijfsbureau.errors import Conflict, NotAwaited


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
    """A message a token waits for, or that starts an event subprocess. `key` None: any key will do."""

    id: str
    message: str
    key: str | None
    element: Element


class Instance:
    """One case. After any exception throw it away and resume from the last saved state; `save` refuses from then on."""

    def __init__(self, model: Model, workflow: Workflow) -> None:
        self._model = model
        self._workflow = workflow
        self._broken = False

    # commands

    def complete(self, task_id: str) -> None:
        """Raises Conflict when the task is not open (any more), StepFailed when a step after it fails."""
        with self._command():
            task = self._task(task_id)
            if task is None or not (task.has_state(TaskState.READY) and task.task_spec.manual):
                raise Conflict
            self._workflow.run_task(task)

    def deliver(self, message: str, key: str | None = None, local: Mapping[str, Any] | None = None) -> None:
        """Give a message to exactly one token: the one that waits longest for this key, else one that takes any key, else
        an event subprocess it starts. `local` joins the token-local data. Raises NotAwaited when none takes it."""
        payload: dict[str, Any] = orjson.loads(orjson.dumps(dict(local or {})))
        with self._command():
            found = self._receivers(message, key)
            if found:
                task, element_id = found[0]
                task.data = {**task.data, **payload}
                task.task_spec.fire(task, element_id)
            elif not self._workflow.start_event_subprocess(message, key, payload):
                raise NotAwaited

    def wake(self, timer_id: str) -> None:
        """Fire a timer that has a due date, whatever the time. Raises NotAwaited when it is gone."""
        with self._command():
            for task, event, due_text in self._waits("timer"):
                if _wait_id(task, event) == timer_id and due_text is not None:
                    task.task_spec.fire(task, event.bpmn_id)
                    break
            else:
                raise NotAwaited

    def refresh(self) -> None:
        """Look at the conditional events again, until none of them is true."""
        with self._command():
            pass

    def save(self, key: bytes) -> bytes:
        if self._broken:
            raise RuntimeError("this instance failed and must not be saved")
        return codec.save(self._workflow, self._model.process_id, key)

    def _command(self) -> "_Command":
        return _Command(self)

    # what can be seen

    @property
    def tasks(self) -> tuple[ReadyTask, ...]:
        return tuple(
            ReadyTask(str(task.id), task.task_spec.element, dict(task.data))
            for task in self._workflow.all_live()
            if task.has_state(TaskState.READY) and task.task_spec.manual
        )

    @property
    def timers(self) -> tuple[Timer, ...]:
        return tuple(
            Timer(_wait_id(task, event), event.element, due.from_text(text)) for task, event, text in self._waits("timer")
        )

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """First the tokens that wait, then the event subprocesses that a message may start."""
        waiting = [
            Awaited(_wait_id(task, event), event.catches.reference, key, event.element)
            for task, event, key in self._waits("message")
        ]
        starts = [] if self.finished else [
            Awaited(spec.bpmn_id, spec.message, None, spec.start_element) for spec in self._model.spec.event_subprocesses
        ]
        return (*waiting, *starts)

    @property
    def finished(self) -> bool:
        return not self._workflow.live()

    @property
    def end(self) -> str | None:
        """The end event through which the last token of the process itself left."""
        return self._workflow.end if self.finished else None

    @property
    def active(self) -> Mapping[str, int]:
        """Tokens per element, for drawing. Waiting boundary events are not tokens."""
        return dict(Counter(
            task.task_spec.bpmn_id for task in self._workflow.all_live()
            if task.task_spec.bpmn_id and not graph.is_boundary(task.task_spec)
        ))

    @property
    def passed(self) -> tuple[str, ...]:
        """Elements that tokens left in the last command, in order."""
        return tuple(self._workflow.passed)

    @property
    def ahead(self) -> frozenset[str]:
        """User tasks that the live tokens can still come to by normal flow: not by boundary events or messages that start
        an event subprocess."""
        return graph.ahead(self._workflow)

    # inside

    def _task(self, task_id: str) -> Any:
        try:
            return self._workflow.task_by_id(UUID(task_id))
        except (ValueError, TypeError, AttributeError):
            return None

    def _waits(self, kind: str) -> Iterator[tuple[Any, CatchEvent, Any]]:
        for task in list(self._workflow.all_live()):
            if task.has_state(TaskState.WAITING) and isinstance(task.task_spec, Waiting):
                for event in task.task_spec.alternatives:
                    if event.catches.kind == kind:
                        yield task, event, task.internal_data["waits"][event.bpmn_id]

    def _receivers(self, message: str, key: str | None) -> list[tuple[Any, str]]:
        """Tokens that take this message: those that wait for exactly this key first."""
        found = [(task, event, wanted) for task, event, wanted in self._waits("message") if event.catches.reference == message]
        exact = [(task, event.bpmn_id) for task, event, wanted in found if wanted is not None and wanted == key]
        return exact + [(task, event.bpmn_id) for task, event, _ in found if event.catches.expression is None]


class _Command:
    """One change: starts a new list of passed elements and lets the process run on; breaks the instance on any error but
    those that say nothing was changed."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    def __enter__(self) -> None:
        self.instance._workflow.passed.clear()

    def __exit__(self, kind: Any, error: BaseException | None, trace: object) -> None:
        if error is None:
            try:
                self.instance._workflow.settle()
            except BaseException:
                self.instance._broken = True
                raise
        elif not isinstance(error, Conflict | NotAwaited):
            self.instance._broken = True


def _wait_id(task: Any, event: CatchEvent) -> str:
    return f"{task.id}:{event.bpmn_id}"


def start(model: Model, host: Host) -> Instance:
    """A new instance, run until it waits. Raises StepFailed."""
    workflow = Workflow(model.spec, model.subprocess_specs, host)
    workflow.settle()
    return Instance(model, workflow)


def resume(model: Model, state: bytes, host: Host, key: bytes) -> Instance:
    """Raises StateTampered."""
    return Instance(model, codec.load(model, state, host, key))


__all__ = ["Awaited", "Instance", "ReadyTask", "Timer", "blame", "resume", "start"]
