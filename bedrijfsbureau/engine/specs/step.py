"""What all our task specs share, and the tasks themselves."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

import re
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.errors import BedrijfsbureauError, StepFailed

Task = Any  # SpiffWorkflow.task.Task
_SYNTHETIC = re.compile("^__[a-z]+_")  # what desugaring puts before the id of the element it was made for
LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


class Step(BpmnTaskSpec):
    """A node without a future: its children are made when it completes, not when it is first heard of.

    SpiffWorkflow predicts descendants instead, which costs exponential time in the number of parallel gateways and puts
    tasks in the state that are not tokens. As it stands it lets a token pass: a none event, one end of a link.
    """

    element: Any  # Element, or None for what desugaring made
    ahead: frozenset[str] | None = None  # the user tasks that a token here can still come to, once someone asked

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
        inherit(my_task)
        return True

    def _on_complete(self, my_task: Task) -> None:
        withdraw_siblings(my_task)
        if not my_task._children:  # a gateway that chose has made them already
            my_task._sync_children(self.outputs, TaskState.FUTURE)
        super()._on_complete(my_task)


class ManualTask(Step):
    """A user task or manual task: READY until it is completed from outside."""

    def __init__(self, wf_spec: Any, name: str, element: Element) -> None:
        super().__init__(wf_spec, name, element)
        self.manual = True


class Split(Step):
    """Stands before an activity with boundary events: one child is the activity, the others wait beside it."""

    def __init__(self, wf_spec: Any, name: str, activity: str) -> None:
        super().__init__(wf_spec, name)
        self.activity = activity


def inherit(my_task: Task) -> None:
    """Token-local data comes from the token before; what a new token was given of its own goes first."""
    my_task.data = {**my_task.parent.data, **my_task.data}


def place(above: Task, spec: Step, data: dict[str, Any]) -> Task:
    """A new token under `above`, with data of its own; it still has to arrive (`_update`) or be made ready."""
    task = above._add_child(spec, TaskState.FUTURE)
    task.data = data
    return task


class blame:  # noqa: N801 (used as the functions of contextlib are)
    """Say at which element something unexpected happened. Errors raised on purpose pass as they are."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, BedrijfsbureauError):
            raise StepFailed(_SYNTHETIC.sub("", self.name), error) from error


def siblings(my_task: Task) -> list[Task]:
    """What is live beside it under its split: an activity's boundary events, or the activity and the other events."""
    if not _is_split(my_task.parent):
        return []
    return [sibling for sibling in my_task.parent.children if sibling is not my_task and sibling.has_state(LIVE)]


def withdraw_siblings(my_task: Task) -> None:
    """An activity that completes ends its boundary events; one that interrupts ends the activity and the others."""
    if _is_split(my_task.parent):
        for sibling in siblings(my_task):
            sibling.cancel()
        my_task.workflow.untidy = True


def _is_split(task: Task | None) -> bool:
    return task is not None and isinstance(task.task_spec, Split)


def cancel_all(workflow: Any) -> None:
    """Take away every token of a scope, with what runs inside them."""
    for task in workflow.live():
        task.cancel()
    workflow.untidy = True
