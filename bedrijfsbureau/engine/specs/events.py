"""Events that catch. What waits holds `internal_data["waits"]`: {element id: note}, see `catching`."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections.abc import Mapping, Sequence
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.catching import Catches, Note
from bedrijfsbureau.engine.specs.step import Step, Task, blame, cancel_all, inherit, place, withdraw_siblings

Payload = Mapping[str, Any]  # what a message brings; it joins the token-local data


class Event(Step):
    """An event of the drawing that listens."""

    def __init__(self, wf_spec: Any, name: str, element: Element, catches: Catches) -> None:
        super().__init__(wf_spec, name, element)
        self.catches = catches


class StartEvent(Event):
    """Of an event subprocess: the scope around it listens for it, and starts `subprocess`."""

    subprocess: Any = None  # by the assembly: the EventSubprocess it stands in


class Waiting(Step):
    """Whatever waits for the first of `alternatives`: a token, or a scope for its event subprocesses."""

    @property
    def alternatives(self) -> Sequence[Event]:
        raise NotImplementedError

    def _update_hook(self, my_task: Task) -> bool:
        inherit(my_task)
        self.listen(my_task)
        my_task._set_state(TaskState.WAITING)
        return False

    def listen(self, my_task: Task) -> None:
        waits = {}
        for event in self.alternatives:
            with blame(event.name):
                waits[event.bpmn_id] = event.catches.arrive(my_task)
        my_task.internal_data["waits"] = waits

    def fire(self, my_task: Task, event: Event, payload: Payload) -> None:
        """What `event` waits for has happened."""
        my_task.data = {**my_task.data, **payload}
        my_task.internal_data.clear()
        my_task._ready()


def note_of(my_task: Task, event: Event) -> Note:
    return my_task.internal_data.get("waits", {}).get(event.bpmn_id)


def _note_again(my_task: Task, event: Event) -> None:
    if event.catches.kind not in {"timer", "conditional"}:
        return  # it goes on waiting for the same
    note = event.catches.again(note_of(my_task, event))
    my_task.internal_data.setdefault("waits", {})[event.bpmn_id] = note


class CatchEvent(Event, Waiting):
    """An intermediate catch event or a receive task."""

    @property
    def alternatives(self) -> Sequence[Event]:
        return (self,)


class BoundaryEvent(CatchEvent):
    """Interrupting: when it fires, the activity it is attached to and its other boundary events are cancelled. Else it
    stays, and each firing makes a token of its own, which outlives the activity."""

    def fire(self, my_task: Task, event: Event, payload: Payload) -> None:
        if self.catches.interrupting:
            withdraw_siblings(my_task)
            super().fire(my_task, event, payload)
        else:
            _note_again(my_task, event)
            place(my_task.workflow.task_tree, self, {**my_task.data, **payload})._ready()


class EventBasedGateway(Waiting):
    """Holds the token while it waits for the first of the events that follow; that one then lets it pass."""

    @property
    def alternatives(self) -> Sequence[Event]:
        return [spec for spec in self.outputs if isinstance(spec, CatchEvent)]

    def fire(self, my_task: Task, event: Event, payload: Payload) -> None:
        super().fire(my_task, event, payload)
        my_task.internal_data["fired"] = event.bpmn_id

    def _run_hook(self, my_task: Task) -> bool:
        event = self._wf_spec.task_specs[my_task.internal_data["fired"]]
        my_task._sync_children([event], TaskState.FUTURE)
        return True

    def _on_complete(self, my_task: Task) -> None:
        withdraw_siblings(my_task)
        for child in my_task.children:  # not its _update: it has waited already, here
            inherit(child)
            child._ready()


class Root(Waiting):
    """The finished task at the foot of every scope's tree, to which all live tokens are attached. As long as the scope
    runs it waits for what starts the event subprocesses in it; one that interrupts ends this."""

    def __init__(self, wf_spec: Any, name: str) -> None:
        super().__init__(wf_spec, name)
        self.starts: list[StartEvent] = []

    @property
    def alternatives(self) -> Sequence[Event]:
        return self.starts

    def listens(self, my_task: Task) -> bool:
        return bool(self.starts) and not my_task.internal_data.get("interrupted")

    def _update_hook(self, my_task: Task) -> bool:
        return True

    def _run_hook(self, my_task: Task) -> bool:
        for start in self.starts:
            if start.catches.kind == "timer":  # of the others there is nothing to note yet
                with blame(start.name):
                    my_task.internal_data.setdefault("waits", {})[start.bpmn_id] = start.catches.arrive(my_task)
        return True

    def fire(self, my_task: Task, event: Event, payload: Payload) -> None:
        assert isinstance(event, StartEvent)
        if event.catches.interrupting:
            cancel_all(my_task.workflow)
            my_task.internal_data = {"interrupted": True}
        else:
            _note_again(my_task, event)
        place(my_task, event.subprocess, {**my_task.data, **payload})._ready()
