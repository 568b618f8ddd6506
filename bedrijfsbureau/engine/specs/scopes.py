"""Processes and the elements that contain one: embedded subprocess, event subprocess, call activity. See also `loops`
and `ad_hoc`."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs import WorkflowSpec

from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.events import Root, StartEvent
from bedrijfsbureau.engine.specs.step import Step, Task


class ProcessSpec(BpmnProcessSpec):
    """The nodes of one scope. SpiffWorkflow's own start, join and end are left out: they take ids a model may use."""

    def __init__(self, name: str) -> None:
        WorkflowSpec.__init__(self, name=name)
        self.start = Root(self, "__root")
        self.bpmn_start_events: list[object] = []
        self.data_objects: dict[str, object] = {}
        self.io_specification = None
        self.heads: list[tuple[Element, Step]] = []  # of an ad hoc subprocess: what a person may begin

    def _add_notify(self, task_spec: Step) -> None:
        WorkflowSpec._add_notify(self, task_spec)


class SubProcess(Step):
    """An embedded subprocess or call activity: STARTED as long as something runs inside. Its inside inherits
    token-local data and gives none back."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str) -> None:
        super().__init__(wf_spec, name, element)
        self.scope = scope  # name of the ProcessSpec inside

    def _run_hook(self, my_task: Task) -> bool | None:
        self.enter(my_task)
        return None  # which leaves the task STARTED

    def enter(self, my_task: Task) -> Any:
        inside = my_task.workflow.top_workflow.create_subprocess(my_task, self.scope)
        inside.task_tree.data = dict(my_task.data)
        return inside

    def is_over(self, my_task: Task, inside: Any, after: Task) -> bool:
        """Asked when `after`, a task inside, has run."""
        return bool(inside.empty)

    def startable(self, my_task: Task, inside: Any) -> list[tuple[Element, Step]]:
        """What a person may begin inside."""
        return []

    def _on_cancel(self, my_task: Task) -> None:
        my_task.workflow.top_workflow.drop_subprocess(my_task)
        super()._on_cancel(my_task)


class EventSubprocess(SubProcess):
    """Started by what the scope around it waits for; not connected to any flow."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str, start: StartEvent) -> None:
        super().__init__(wf_spec, name, element, scope)
        start.subprocess = self
        self.start = start
        wf_spec.start.starts.append(start)

    def is_over(self, my_task: Task, inside: Any, after: Task) -> bool:
        over = super().is_over(my_task, inside, after)
        if over and self.start.catches.interrupting:  # the scope around it ends where this one ended
            my_task.workflow.end = inside.end
        return over
