"""Processes and the elements that contain one: embedded subprocess, event subprocess, call activity."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs import WorkflowSpec

from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.step import Root, Step, Task, blame


class ProcessSpec(BpmnProcessSpec):
    """The nodes of one scope. SpiffWorkflow's own start, join and end are left out: they take ids a model may use."""

    def __init__(self, name: str) -> None:
        WorkflowSpec.__init__(self, name=name)
        self.start = Root(self, "__root")
        self.bpmn_start_events: list[object] = []
        self.data_objects: dict[str, object] = {}
        self.io_specification = None
        self.event_subprocesses: list[EventSubprocess] = []

    def _add_notify(self, task_spec: Step) -> None:
        WorkflowSpec._add_notify(self, task_spec)


class SubProcess(Step):
    """An embedded subprocess or call activity. Its inside inherits token-local data and gives none back."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str) -> None:
        super().__init__(wf_spec, name, element)
        self.scope = scope  # name of the ProcessSpec inside

    def _run_hook(self, my_task: Task) -> None:
        inside = my_task.workflow.top_workflow.create_subprocess(my_task, self.scope)
        inside.task_tree.data = dict(my_task.data)  # None, as below, leaves the task STARTED

    def _on_cancel(self, my_task: Task) -> None:
        my_task.workflow.top_workflow.drop_subprocess(my_task)
        super()._on_cancel(my_task)


class EventSubprocess(SubProcess):
    """Non-interrupting, started by a message, any number of times while its process runs; not connected to any flow."""

    def __init__(
        self, wf_spec: Any, name: str, element: Element, scope: str, message: str, key: Any, start: Element
    ) -> None:
        super().__init__(wf_spec, name, element, scope)
        self.message = message
        self.key = key  # compiled FEEL over the context and the payload, or None
        self.start_element = start
        wf_spec.event_subprocesses.append(self)

    def takes(self, environment: Any, key: str | None, data: dict[str, Any]) -> bool:
        """Without a bb:key of its own it takes every message of its name."""
        if self.key is None:
            return True
        with blame(self.name):
            wanted = environment.evaluate(self.key, data)
        return wanted is not None and str(wanted) == key
