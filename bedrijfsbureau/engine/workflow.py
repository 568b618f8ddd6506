"""SpiffWorkflow's workflow with a flat tree of live tasks and a bounded, deterministic stepping loop."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.environment import MAX_WORK, FeelEngine
from bedrijfsbureau.engine.host import Host
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.catching import Note
from bedrijfsbureau.engine.specs.events import Event, Payload, Waiting, note_of
from bedrijfsbureau.engine.specs.gateways import InclusiveGateway
from bedrijfsbureau.engine.specs.step import LIVE, Split, Step, blame, place
from bedrijfsbureau.engine.token import plant
from bedrijfsbureau.errors import StepFailed

MAX_STEPS = 5_000
MAX_TASKS = 2_000  # tokens, and the splits that hold some of them together


class OutOfBounds(Exception):
    """The model goes round without waiting for anything, or fills up with tokens. The message is Dutch."""


class Wait(NamedTuple):
    """A token, or the root of a scope, that waits for an event, and what was noted of that when it began to."""

    task: Any
    event: Event
    note: Note


class _Flat:
    """A workflow whose tree is its root and the live tasks."""

    tasks: dict[Any, Any]
    task_tree: Any
    untidy = False  # something finished that did not run itself: it was cancelled, or consumed by a join

    def _task_completed_notify(self, task: Any) -> None:
        """SpiffWorkflow looks at every waiting task here; the stepping loop does that when nothing else can move."""

    @property
    def end(self) -> str | None:
        """The end event through which the last token left."""
        end: str | None = self.task_tree.internal_data.get("end")
        return end

    @end.setter
    def end(self, element_id: str | None) -> None:
        self.task_tree.internal_data["end"] = element_id

    def live(self) -> list[Any]:
        return [task for task in self.tasks.values() if task._state & LIVE]  # asked at every step

    @property
    def empty(self) -> bool:
        if self.untidy:
            self.tidy()
        return len(self.tasks) == 1 and not self.task_tree.has_state(LIVE)

    def forget(self, task: Any) -> None:
        """After a task ran: attach what came of it to the root, and drop the task if it is finished."""
        if self.untidy:
            self.tidy()
        elif task is not self.task_tree and task.has_state(TaskState.FINISHED_MASK) and not _holds(task):
            for child in task.children:
                self._attach(child, self.task_tree)
            task.parent._children.remove(task.id)
            del self.tasks[task.id]

    def tidy(self) -> None:
        """Drop all that is finished. Kept: the root, live tasks, and a Split as long as something beside it is live."""
        self.untidy = False
        root = self.task_tree
        kept, above = {root.id: root}, {}
        for task in self.live():
            parent = task.parent
            if _holds(parent):
                kept[parent.id], above[parent.id] = parent, root
            if task is not root:
                kept[task.id], above[task.id] = task, parent if _holds(parent) else root
        self.tasks.clear()
        self.tasks.update(kept)
        for task in kept.values():
            task._children = []
        for task_id, parent in above.items():
            self._attach(kept[task_id], parent)

    def _attach(self, task: Any, parent: Any) -> None:
        task.parent = parent
        parent._children.append(task.id)


def _holds(task: Any) -> bool:
    """Whether this is a split that has run: what is beside each other under it belongs together."""
    return task is not None and isinstance(task.task_spec, Split) and task.has_state(TaskState.COMPLETED)


class SubWorkflow(_Flat, BpmnSubWorkflow):
    def __init__(self, spec: Any, parent_task_id: Any, top_workflow: "Workflow") -> None:
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)

    def _calculate_depth(self) -> int:
        """Only SpiffWorkflow's own stepping asks for it, and finding it is quadratic in the nesting."""
        return 0

    @property
    def parent_task(self) -> Any:
        return self.top_workflow.task_by_id(self.parent_task_id)


class Workflow(_Flat, BpmnWorkflow):
    parent_task = None

    def __init__(self, spec: Any, subprocess_specs: Any, host: Host) -> None:
        self.host = host
        self.passed: list[str] = []
        self.ready: deque[Any] = deque()  # tokens that can run, and some that were cancelled since
        super().__init__(spec, subprocess_specs, FeelEngine(host), deserializing=True)

    def workflows(self) -> list[Any]:
        return [self, *self.subprocesses.values()]

    def all_live(self) -> list[Any]:
        return [task for workflow in self.workflows() for task in workflow.live()]

    def task_by_id(self, task_id: Any) -> Any:
        return next((w.tasks[task_id] for w in self.workflows() if task_id in w.tasks), None)

    def create_subprocess(self, my_task: Any, spec_name: str) -> SubWorkflow:
        subprocess = SubWorkflow(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = subprocess
        plant(subprocess)
        return subprocess

    def drop_subprocess(self, my_task: Any) -> None:
        """Cancel what runs inside a task, with everything inside that."""
        inside = self.subprocesses.pop(my_task.id, None)
        if inside is not None:
            for task in inside.live():
                task.cancel()

    def waits(self) -> list[Wait]:
        """Everything that waits for an event, once for each event that it waits for: first tokens, then scopes."""
        live = self.all_live()
        found = [t for t in live if t._state & TaskState.WAITING and isinstance(t.task_spec, Waiting)]
        roots = [w.task_tree for w in self.workflows() if w.spec.start.listens(w.task_tree)]
        found += [root for root in roots if root.workflow is not self or self.live()]
        return [Wait(task, event, note_of(task, event)) for task in found for event in task.task_spec.alternatives]

    def broadcast(self, signal: str, payload: Payload) -> int:
        """Fire everything that waits for a signal at this moment, unless what was fired before took it away."""
        fired = 0
        for task, event, _ in self.waits():
            if event.catches.kind == "signal" and event.catches.takes(signal) and self._still_waits(task):
                task.task_spec.fire(task, event, payload)
                fired += 1
        return fired

    def _still_waits(self, task: Any) -> bool:
        """Of what was seen to wait: whether something that fired since has not ended it."""
        workflow = task.workflow
        if task is not workflow.task_tree:
            return bool(task.has_state(TaskState.WAITING))
        return task.task_spec.listens(task) and (workflow is self or workflow.parent_task_id in self.subprocesses)

    def startables(self) -> Iterator[tuple[Any, Any, Element, Step]]:
        """What a person may begin in ad hoc subprocesses: the subprocess, the scope in it, the activity, its step."""
        for inside in self.subprocesses.values():
            owner = inside.parent_task
            for element, step in owner.task_spec.startable(owner, inside):
                yield owner, inside, element, step

    def begin(self, owner: Any, inside: Any, step: Step) -> None:
        step._update(place(inside.task_tree, step, dict(owner.data)))

    def settle(self) -> None:
        """Run until only people, messages, timers and false conditions are left to wait for.

        Raises StepFailed naming the element; errors raised on purpose (BedrijfsbureauError) pass as they are.
        """
        self.script_engine.environment.work = MAX_WORK
        for _ in range(MAX_STEPS):
            task = self._next()
            if task is not None:
                self.run_task(task)
                if sum(len(workflow.tasks) for workflow in self.workflows()) > MAX_TASKS:
                    self.stop("het model loopt vol: meer dan 2.000 lopende stappen tegelijk")
            elif not self._release() and not self._fire_conditions():
                return
        self.stop("meer dan 5.000 stappen achter elkaar; het model blijft rondgaan zonder te wachten")

    def stop(self, reason: str) -> NoReturn:
        """Blame the element that was passed most often."""
        busiest = Counter(self.passed).most_common(1)
        raise StepFailed(busiest[0][0] if busiest else self.spec.name, OutOfBounds(reason))

    def _next(self) -> Any:
        while self.ready:
            task = self.ready.popleft()
            if task.has_state(TaskState.READY):
                return task
        return None

    def run_task(self, task: Any) -> None:
        """Run one task, note that it was passed, forget what is finished and close the scopes that ran empty."""
        with blame(task.task_spec.name):
            task.run()
        if task.has_state(TaskState.COMPLETED) and task.task_spec.bpmn_id:
            self.passed.append(task.task_spec.bpmn_id)
        workflow = task.workflow
        workflow.forget(task)
        while workflow.parent_task_id in self.subprocesses:
            owner = workflow.parent_task
            with blame(owner.task_spec.name):
                if not owner.task_spec.is_over(owner, workflow, task):
                    return
            del self.subprocesses[owner.id]
            owner.complete()
            if owner.task_spec.bpmn_id:
                self.passed.append(owner.task_spec.bpmn_id)
            task, workflow = owner, owner.workflow
            workflow.forget(owner)

    def _release(self) -> bool:
        waiting = {  # one token for each gateway, which looks at the others itself
            (id(task.workflow), task.task_spec.name): task
            for task in self.all_live()
            if task._state & TaskState.WAITING and isinstance(task.task_spec, InclusiveGateway)
        }
        return any(task.task_spec.release(task) for task in waiting.values())

    def _fire_conditions(self) -> bool:
        """Conditions are looked at whenever nothing else can move: at every command, until all of them are false. One
        that does not interrupt fires when it becomes true, and has to be false before it fires again."""
        fired = False
        for task, event, was_true in self.waits():
            if event.catches.kind != "conditional" or not self._still_waits(task):
                continue
            with blame(event.name):
                holds = self.script_engine.environment.holds(event.catches.expression, task.data)
            if was_true and not holds:
                task.internal_data["waits"][event.bpmn_id] = None
            elif holds and not was_true:
                task.task_spec.fire(task, event, {})
                fired = True
        return fired
