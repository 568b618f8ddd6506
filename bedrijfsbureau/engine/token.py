"""A token: SpiffWorkflow's task without its log, with a text for an id, and with a queue of what can run next.

SpiffWorkflow describes every change of state for a log nobody keeps, which took a fifth of the engine's time, hashes
UUIDs in Python at every look at a task, and looks for what is ready by walking the tree."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from os import urandom
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class Token(Task):
    def __init__(
        self, workflow: Any, task_spec: Any, parent: Any = None, state: int = 0, id: str | None = None
    ) -> None:
        super().__init__(workflow, task_spec, parent, state, id or dashed(urandom(16).hex()))

    def _set_state(self, value: int) -> None:
        self._state = value

    def _ready(self) -> None:
        super()._ready()
        if self._state == TaskState.READY and not self.task_spec.manual:
            self.workflow.top_workflow.ready.append(self)

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "Token":
        return Token(self.workflow, task_spec, self, state=state)


def dashed(digits: str) -> str:
    """Of 32 hexadecimal digits, the form in which a UUID is written."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def plant(workflow: Any) -> None:
    """Give a new workflow its root, ready to run."""
    workflow.task_tree = Token(workflow, workflow.spec.start, state=TaskState.FUTURE)
    workflow.task_tree._ready()
