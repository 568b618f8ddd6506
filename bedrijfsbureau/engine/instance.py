"""A running process: the commands that move it, and what it shows of itself."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson

from bedrijfsbureau.engine import codec, sight
from bedrijfsbureau.engine.host import Host
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.sight import Awaited, ReadyTask, Sight, Startable, Timer
from bedrijfsbureau.engine.specs.events import Event
from bedrijfsbureau.engine.token import plant
from bedrijfsbureau.engine.workflow import Workflow
from bedrijfsbureau.errors import Conflict, NotAwaited, StepFailed

MAX_MESSAGES = 2_000  # that one instance takes before it is saved: as many as tokens may send to the process itself


class Instance:
    """One running process. A command runs it until only people, messages, timers and false conditions are left.

    Any command may raise StepFailed, or an error the host raises on purpose: then throw the instance away and resume
    from the last saved state. `save` refuses from then on.
    """

    def __init__(self, model: Model, workflow: Workflow) -> None:
        self._model = model
        self._workflow = workflow
        self._broken = False
        self._delivered = 0  # messages, since it was resumed
        self._moving = False
        self._still: Sight | None = None  # what was seen since the last command

    def complete(self, task_id: str) -> None:
        """A person finished a task. Raises Conflict when it is not open (any more)."""
        task = self._open_task(task_id)
        with self._command():
            self._workflow.run_task(task)

    def awaits(self, message: str, key: str | None = None, local: Mapping[str, Any] | None = None) -> bool:
        """Whether `deliver` with the same would find a taker."""
        return any(True for _ in self._receivers(message, key, local or {}))

    def deliver(self, message: str, key: str | None = None, local: Mapping[str, Any] | None = None) -> None:
        """Give a message to exactly one taker; `local` joins the token-local data. Raises NotAwaited without one.

        First come tokens that wait for this very key, then those that take any key, then event subprocesses that the
        message starts; of equals the one in the outermost scope, and there the one that came first.
        """
        payload: dict[str, Any] = orjson.loads(orjson.dumps(dict(local or {})))
        taker = next(iter(self._receivers(message, key, payload)), None)
        if taker is None:
            raise NotAwaited
        self._delivered += 1
        if self._delivered > MAX_MESSAGES:
            self._broken = True
            self._workflow.stop("het proces blijft zichzelf berichten sturen: meer dan 2.000 achter elkaar")
        with self._command():
            taker[0].task_spec.fire(*taker, payload)

    def signal(self, name: str) -> int:
        """A signal from elsewhere: everything that waits for it now goes on. How many that were; none is fine."""
        with self._command():
            return self._workflow.broadcast(name, {})

    def begin(self, startable_id: str) -> None:
        """A person begins an activity of an ad hoc subprocess. Raises Conflict when it is not offered (any more)."""
        for owner, inside, element, step in self._workflow.startables():
            if f"{owner.id}:{element.id}" == startable_id:
                with self._command():
                    self._workflow.begin(owner, inside, step)
                return
        raise Conflict

    def wake(self, timer_id: str) -> None:
        """Fire a timer that has a due date, whatever the time. Raises NotAwaited when it is gone or never fires."""
        for task, event, note in self._sight.waits:
            if event.catches.kind == "timer" and sight.wait_id(task, event) == timer_id and note is not None:
                with self._command():
                    task.task_spec.fire(task, event, {})
                return
        raise NotAwaited

    def refresh(self) -> None:
        """Look at the conditional events again, until none of them is true; every other command does so too."""
        with self._command():
            pass

    def save(self, key: bytes) -> bytes:
        """The live tokens, authenticated with `key`."""
        if self._broken:
            raise RuntimeError("this instance failed and must not be saved")
        return codec.save(self._workflow, self._model.process_id, key)

    @property
    def tasks(self) -> tuple[ReadyTask, ...]:
        return self._sight.tasks

    @property
    def timers(self) -> tuple[Timer, ...]:
        return self._sight.timers

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """First the tokens that wait, then the event subprocesses that a message may start. Signals are not in it."""
        return self._sight.awaited

    @property
    def waits_for_conditions(self) -> bool:
        """Whether `refresh` has anything to look at."""
        return any(wait.event.catches.kind == "conditional" for wait in self._sight.waits)

    @property
    def waits_for_others(self) -> bool:
        """Whether a token waits for a message or a signal, or for someone to begin free-form work."""
        return sight.waits_for_others(self._workflow, self._sight.waits)

    @property
    def startable(self) -> tuple[Startable, ...]:
        return sight.startable(self._workflow)

    @property
    def finished(self) -> bool:
        return not self._workflow.live()

    @property
    def end(self) -> str | None:
        """The end event through which the last token of the process itself left, once it has finished."""
        return self._workflow.end if self.finished else None

    @property
    def active(self) -> Mapping[str, int]:
        """Tokens per element, for drawing. Waiting boundary events are not tokens."""
        return self._sight.active

    @property
    def passed(self) -> tuple[str, ...]:
        """Elements that tokens left in the last command, in order."""
        return tuple(self._workflow.passed)

    @property
    def ahead(self) -> frozenset[str]:
        """User tasks that the live tokens can still come to by normal flow: not by boundary events, and not by messages
        that start an event subprocess. A task that is open now is ahead only if it may come again."""
        return sight.ahead(self._workflow)

    @property
    def _sight(self) -> Sight:
        """What is there. While a command runs that changes from look to look."""
        if self._moving:
            return Sight(self._workflow)
        if self._still is None:
            self._still = Sight(self._workflow)
        return self._still

    def _receivers(self, message: str, key: str | None, payload: Mapping[str, Any]) -> Iterable[tuple[Any, Event]]:
        return sight.receivers(self._workflow, self._sight.waits, message, key, payload)

    def _open_task(self, task_id: str) -> Any:
        task = self._workflow.task_by_id(task_id)
        if task is None or not sight.is_open(task):
            raise Conflict
        return task

    @contextmanager
    def _command(self) -> Iterator[None]:
        self._still, self._moving = None, True
        try:
            self._workflow.passed.clear()
            yield
            self._workflow.settle()
        except BaseException as error:
            self._broken = True
            if isinstance(error, StepFailed) and error.element in self._model.elements:
                error.name = self._model.elements[error.element].name
            raise
        self._moving = False


def start(model: Model, host: Host) -> Instance:
    """A new instance, run until it waits. Raises StepFailed."""
    instance = Instance(model, Workflow(model.spec, model.subprocess_specs, host))
    with instance._command():
        plant(instance._workflow)
    return instance


def resume(model: Model, state: bytes, host: Host, key: bytes) -> Instance:
    """An instance as it was saved; nothing runs yet. Raises StateTampered."""
    return Instance(model, codec.load(model, state, host, key))
