"""SpiffWorkflow's workflow with a flat tree of live tasks and a bounded, deterministic stepping loop."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.environment import FeelEngine
from bedrijfsbureau.engine.host import Host
from bedrijfsbureau.engine.specs.events import Waiting
from bedrijfsbureau.engine.specs.gateways import InclusiveGateway
from bedrijfsbureau.engine.specs.scopes import EventSubprocess
from bedrijfsbureau.engine.specs.step import LIVE, Split, blame

MAX_STEPS = 1_000


class TooManySteps(Exception):
    """The model goes round without waiting for anything."""

    def __init__(self) -> None:
        super().__init__("meer dan 1.000 stappen achter elkaar; het model blijft rondgaan zonder te wachten")


class _Flat:
    """A workflow whose tree is its root and the live tasks. `ended` notes through which end event a token left."""

    tasks: dict[Any, Any]
    task_tree: Any
    end: str | None = None

    def _task_completed_notify(self, task: Any) -> None:
        """SpiffWorkflow looks at every waiting task here; the stepping loop does that when nothing else can move."""

    def ended(self, element_id: str) -> None:
        self.end = element_id

    def live(self) -> list[Any]:
        return [task for task in self.tasks.values() if task.has_state(LIVE)]

    def forget(self) -> None:
        """Drop what is finished. Kept: the root, live tasks, and a Split as long as something beside it is live."""
        root, kept = self.task_tree, {}
        for task in self.live():
            parent = task.parent
            if isinstance(parent.task_spec, Split) and parent.has_state(TaskState.COMPLETED):
                kept[parent.id] = parent
            else:
                parent = root
            task.parent = parent
            kept[task.id] = task
        self.tasks.clear()
        self.tasks.update({root.id: root, **kept})
        for task in self.tasks.values():
            task._children = []
        for task in kept.values():
            if not task.has_state(LIVE):
                task.parent = root
            task.parent._children.append(task.id)


class SubWorkflow(_Flat, BpmnSubWorkflow):
    @property
    def parent_task(self) -> Any:
        return self.top_workflow.task_by_id(self.parent_task_id)


class Workflow(_Flat, BpmnWorkflow):
    parent_task = None

    def __init__(self, spec: Any, subprocess_specs: Any, host: Host, deserializing: bool = False) -> None:
        self.host = host
        self.passed: list[str] = []
        super().__init__(spec, subprocess_specs, FeelEngine(host), deserializing=deserializing)

    def workflows(self) -> list[Any]:
        return [self, *self.subprocesses.values()]

    def all_live(self) -> Iterator[Any]:
        for workflow in self.workflows():
            yield from workflow.live()

    def task_by_id(self, task_id: Any) -> Any:
        return next((w.tasks[task_id] for w in self.workflows() if task_id in w.tasks), None)

    def create_subprocess(self, my_task: Any, spec_name: str) -> SubWorkflow:
        subprocess = SubWorkflow(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = subprocess
        return subprocess

    def drop_subprocess(self, my_task: Any) -> None:
        """Cancel what runs inside a task, with everything inside that."""
        inside = self.subprocesses.pop(my_task.id, None)
        if inside is not None:
            for task in inside.live():
                task.cancel()

    def startables(self) -> Iterator[tuple[Any, EventSubprocess]]:
        """Each running scope with an event subprocess that may be started in it."""
        for workflow in self.workflows():
            if workflow.live():
                for spec in workflow.spec.event_subprocesses:
                    yield workflow, spec

    def startable(
        self, message: str, key: str | None, payload: Mapping[str, Any]
    ) -> tuple[Any, EventSubprocess, Any] | None:
        """The first event subprocess that takes the message, with the scope it runs in and the data of its token."""
        for workflow, spec in self.startables():
            data = {**workflow.task_tree.data, **payload}
            if spec.message == message and spec.takes(self.script_engine.environment, key, data):
                return workflow, spec, data
        return None

    def start_event_subprocess(self, workflow: Any, spec: EventSubprocess, data: dict[str, Any]) -> None:
        token = workflow.task_tree._add_child(spec, TaskState.FUTURE)
        token.data = data
        token._ready()

    def settle(self) -> None:
        """Run until only people, messages, timers and false conditions are left to wait for.

        Raises StepFailed naming the element; errors raised on purpose (BedrijfsbureauError) pass as they are.
        """
        for _ in range(MAX_STEPS):
            task = self._next()
            if task is not None:
                self.run_task(task)
            elif not self._release() and not self._fire_conditions():
                return
        task = self._next()
        if task is not None:
            with blame(task.task_spec.name):
                raise TooManySteps

    def _next(self) -> Any:
        return next((t for t in self.all_live() if t.has_state(TaskState.READY) and not t.task_spec.manual), None)

    def run_task(self, task: Any) -> None:
        """Run one task, note that it was passed, forget what is finished and close the scopes that ran empty."""
        with blame(task.task_spec.name):
            task.run()
        if task.has_state(TaskState.COMPLETED) and task.task_spec.bpmn_id:
            self.passed.append(task.task_spec.bpmn_id)
        workflow = task.workflow
        workflow.forget()
        while not workflow.live() and workflow.parent_task_id in self.subprocesses:
            owner = workflow.parent_task
            del self.subprocesses[owner.id]
            owner.complete()
            self.passed.append(owner.task_spec.bpmn_id)
            workflow = owner.workflow
            workflow.forget()

    def _release(self) -> bool:
        for task in self.all_live():
            waits_here = task.has_state(TaskState.WAITING) and isinstance(task.task_spec, InclusiveGateway)
            if waits_here and task.task_spec.release(task):
                return True
        return False

    def _fire_conditions(self) -> bool:
        """Conditions are looked at whenever nothing else can move: at every command, until all of them are false."""
        fired = False
        for task in list(self.all_live()):
            if task.has_state(TaskState.WAITING) and isinstance(task.task_spec, Waiting):
                fired = self._fire_condition(task) or fired
        return fired

    def _fire_condition(self, task: Any) -> bool:
        for event in task.task_spec.alternatives:
            if event.catches.kind == "conditional":
                with blame(event.name):
                    holds = self.script_engine.environment.holds(event.catches.expression, task.data)
                if holds:
                    task.task_spec.fire(task, event.bpmn_id)
                    return True
        return False
