"""What all our task specs share, and the tasks themselves."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.host import BpmnError
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.errors import BedrijfsbureauError, StepFailed

Task = Any  # SpiffWorkflow.task.Task
_SYNTHETIC = re.compile("^__[a-z]+_")  # what desugaring puts before the id of the element it was made for
LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Step(BpmnTaskSpec):
    """A node without a future: its children are made when it completes, not when it is first heard of.

    SpiffWorkflow predicts descendants instead, which costs exponential time in the number of parallel gateways and puts
    tasks in the state that are not tokens.
    """

    element: Any  # Element, or None for what desugaring made

    def __init__(self, wf_spec: Any, name: str, element: Element | None = None) -> None:
        super().__init__(wf_spec, name, inputs=[], outputs=[])
        self.element = element
        self.bpmn_id: Any = None if element is None else element.id

    def _predict(self, my_task: Task, *args: object, **kwargs: object) -> None:
        """Nothing to predict."""

    def test(self) -> None:
        """Whether the node is connected properly is judged by the rules, once, when the model is compiled."""

    def _update_hook(self, my_task: Task) -> bool:
        """A token arrives."""
        my_task._inherit_data()
        return True

    def _on_complete(self, my_task: Task) -> None:
        withdraw_siblings(my_task)
        if not my_task._children:  # a gateway that chose has made them already
            my_task._sync_children(self.outputs, TaskState.FUTURE)
        super()._on_complete(my_task)


class Root(Step):
    """The finished task at the foot of every workflow's tree, to which all live tokens are attached."""


class ManualTask(Step):
    """A user task or manual task: READY until it is completed from outside."""

    def __init__(self, wf_spec: Any, name: str, element: Element) -> None:
        super().__init__(wf_spec, name, element)
        self.manual = True


class HostTask(Step):
    """A service task or business rule task. A BpmnError goes to the nearest error boundary event."""

    def _run_hook(self, my_task: Task) -> bool:
        host, local = my_task.workflow.top_workflow.host, dict(my_task.data)
        try:
            if self.element.type == "serviceTask":
                host.handle(self.element.handler, self.element, local)
            else:
                host.decide(self.element, local)
        except BpmnError as error:
            throw(my_task, error)
            return False  # the token ends here; it goes on at the boundary event
        return True


class Split(Step):
    """Stands before an activity with boundary events: one child is the activity, the others wait beside it."""

    def __init__(self, wf_spec: Any, name: str, activity: str) -> None:
        super().__init__(wf_spec, name)
        self.activity = activity


@contextmanager
def blame(name: str) -> Iterator[None]:
    """Say at which element something unexpected happened. Errors raised on purpose pass as they are."""
    try:
        yield
    except BedrijfsbureauError:
        raise
    except Exception as error:
        raise StepFailed(_SYNTHETIC.sub("", name), error) from error


def withdraw_siblings(my_task: Task) -> None:
    """An activity that completes ends its boundary events; one of those that fires ends the activity and the rest."""
    parent = my_task.parent
    if parent is not None and isinstance(parent.task_spec, Split):
        for sibling in parent.children:
            if sibling is not my_task and sibling.has_state(LIVE):
                sibling.cancel()
        my_task.workflow.untidy = True


def throw(my_task: Task, error: BpmnError) -> None:
    """Fire the nearest error boundary event for this code, first on the task itself, then on what encloses it."""
    task: Task | None = my_task
    while task is not None:
        parent = task.parent
        if parent is not None and isinstance(parent.task_spec, Split):
            for sibling in parent.children:
                if sibling.has_state(TaskState.WAITING) and sibling.task_spec.catches_error(error.code):
                    sibling.task_spec.fire(sibling)
                    return
        task = task.workflow.parent_task
    raise error
