"""Free-form work: a subprocess in which a person begins what is needed, in any order, as often as needed."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.dialect import ACTIVITIES
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.scopes import SubProcess
from bedrijfsbureau.engine.specs.step import Step, Task, cancel_all


class AdHocSubProcess(SubProcess):
    """`heads`: by the assembly, what no flow leads to. In the task: {over: true} once its condition was true."""

    def __init__(
        self, wf_spec: Any, name: str, element: Element, scope: str, completion: Any, sequential: bool, cancels: bool
    ) -> None:
        super().__init__(wf_spec, name, element, scope)
        self.completion = completion  # compiled FEEL
        self.sequential = sequential
        self.cancels = cancels  # what still runs when the condition comes true
        self.heads: list[tuple[Element, Step]] = []

    def startable(self, my_task: Task, inside: Any) -> list[tuple[Element, Step]]:
        if "over" in my_task.internal_data or (self.sequential and inside.live()):
            return []
        return self.heads

    def is_over(self, my_task: Task, inside: Any, after: Task) -> bool:
        """The condition is looked at whenever an activity inside completes (BPMN 2.0, 13.3.5)."""
        environment, element = my_task.workflow.script_engine.environment, after.task_spec.element
        is_done = element is not None and element.type in ACTIVITIES and after.has_state(TaskState.COMPLETED)
        if is_done and environment.holds(self.completion, my_task.data):
            my_task.internal_data["over"] = True
            if self.cancels:
                cancel_all(inside)
        return "over" in my_task.internal_data and bool(inside.empty)
