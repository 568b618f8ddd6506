"""Events. A token that waits writes down what for, so that nothing is reckoned again after the state is restored:
`internal_data["waits"]` is {element id: correlation key, or due instant as text, or null}.

SpiffWorkflow's event definitions are not used: its timers ask the clock, its conditions are looked at once, its message
correlation is per workflow instead of per token, and an event-based gateway cannot tell two keys apart.
"""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine import due
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.step import Step, Task, blame, withdraw_siblings


@dataclass(frozen=True)
class Catches:
    """What an event listens for. `kind`: message, timer, conditional or error."""

    kind: str
    reference: str | None = None  # message name or error code; an error without a code is any error
    expression: Any = None  # compiled FEEL: correlation key, due date or condition

    def arrive(self, task: Task) -> Any:
        """What to remember when a token starts waiting, as JSON."""
        workflow = task.workflow.top_workflow
        if self.expression is None or self.kind == "conditional":
            return None
        value = workflow.script_engine.environment.evaluate(self.expression, task.data)
        if self.kind == "timer":
            return due.to_text(due.due_at(value, workflow.host.now))
        return None if value is None else str(value)


class StartEvent(Step):
    """A none start. The message of an event subprocess is caught where the subprocess is started."""


class EndEvent(Step):
    def __init__(self, wf_spec: Any, name: str, element: Element, terminates: bool) -> None:
        super().__init__(wf_spec, name, element)
        self.terminates = terminates

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.ended(self.bpmn_id)
        if self.terminates:
            for task in my_task.workflow.live():
                task.cancel()
            my_task.workflow.untidy = True
        super()._on_complete_hook(my_task)


class Waiting(Step):
    """A token that waits for one of `alternatives`."""

    @property
    def alternatives(self) -> Sequence["CatchEvent"]:
        raise NotImplementedError

    def _update_hook(self, my_task: Task) -> bool:
        my_task._inherit_data()
        self.listen(my_task)
        return False

    def listen(self, my_task: Task) -> None:
        waits = {}
        for event in self.alternatives:
            with blame(event.name):
                waits[event.bpmn_id] = event.catches.arrive(my_task)
        my_task._set_internal_data(waits=waits)
        my_task._set_state(TaskState.WAITING)

    def fire(self, my_task: Task, element_id: str | None = None) -> None:
        my_task.internal_data.clear()
        my_task._ready()


class CatchEvent(Waiting):
    def __init__(self, wf_spec: Any, name: str, element: Element, catches: Catches) -> None:
        super().__init__(wf_spec, name, element)
        self.catches = catches

    @property
    def alternatives(self) -> Sequence["CatchEvent"]:
        return (self,)


class BoundaryEvent(CatchEvent):
    """Interrupting: when it fires, the activity it is attached to and its other boundary events are cancelled."""

    def catches_error(self, code: str) -> bool:
        return self.catches.kind == "error" and self.catches.reference in (None, code)

    def fire(self, my_task: Task, element_id: str | None = None) -> None:
        withdraw_siblings(my_task)
        super().fire(my_task)


class EventBasedGateway(Waiting):
    """Holds the token while it waits for the first of the events that follow; that one then lets it pass."""

    @property
    def alternatives(self) -> Sequence["CatchEvent"]:
        return [spec for spec in self.outputs if isinstance(spec, CatchEvent)]

    def fire(self, my_task: Task, element_id: str | None = None) -> None:
        super().fire(my_task)
        my_task.internal_data["fired"] = element_id

    def _run_hook(self, my_task: Task) -> bool:
        event = self._wf_spec.task_specs[my_task.internal_data["fired"]]
        my_task._sync_children([event], TaskState.FUTURE)
        return True

    def _on_complete(self, my_task: Task) -> None:
        withdraw_siblings(my_task)
        for child in my_task.children:  # not its _update: it has waited already, here
            child._inherit_data()
            child._ready()
