"""Gateways. Their joins count the tokens that wait, where SpiffWorkflow's search the finished past."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.step import LIVE, Step, Task, inherit


class NoFlowTaken(Exception):
    """None of the conditions was true and there is no default flow."""

    def __init__(self) -> None:
        super().__init__("geen enkele voorwaarde was waar en er is geen standaardpijl")


class Choice(Step):
    """What exclusive and inclusive gateways share: a condition per outgoing flow, except the default."""

    def __init__(self, wf_spec: Any, name: str, element: Element | None) -> None:
        super().__init__(wf_spec, name, element)
        self.conditions: list[tuple[Any, str]] = []  # (compiled FEEL, name of the target), in the order of the diagram
        self.default: str | None = None

    def connect_if(self, condition: Any, target: Step) -> None:
        self.connect(target)
        if condition is None:
            self.default = target.name
        else:
            self.conditions.append((condition, target.name))

    def true_flows(self, my_task: Task) -> Any:
        environment = my_task.workflow.script_engine.environment
        return (name for condition, name in self.conditions if environment.holds(condition, my_task.data))

    def take(self, my_task: Task, targets: list[str]) -> bool:
        chosen = targets or ([self.default] if self.default else [])
        if not chosen:
            raise NoFlowTaken
        my_task._sync_children([self._wf_spec.task_specs[name] for name in chosen], TaskState.FUTURE)
        return True


class ExclusiveGateway(Choice):
    def _run_hook(self, my_task: Task) -> bool:
        first = next(self.true_flows(my_task), None)
        return self.take(my_task, [first] if first else [])


class Join(Step):
    """A token that arrives remembers the node it came from (`via`) and waits until its gateway fires."""

    def wait(self, my_task: Task) -> None:
        inherit(my_task)
        my_task.internal_data["via"] = my_task.parent.task_spec.name
        my_task._set_state(TaskState.WAITING)

    def waiting(self, my_task: Task) -> dict[str, Task]:
        """The token that waited longest on each incoming flow."""
        first: dict[str, Task] = {}
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and task.has_state(TaskState.WAITING):
                first.setdefault(task.internal_data["via"], task)
        return first

    def merge(self, my_task: Task, tokens: dict[str, Task]) -> None:
        """Take one token from each flow. Of token-local data with the same name, the last to arrive wins."""
        my_task.data = {key: value for token in tokens.values() for key, value in token.data.items()}
        for token in tokens.values():
            if token is not my_task:
                token._set_state(TaskState.COMPLETED)
                my_task.workflow.untidy = True


class ParallelGateway(Join):
    """Fires with one token from every incoming flow; surplus tokens keep waiting, as the standard says (13.4.1)."""

    def _update_hook(self, my_task: Task) -> bool:
        self.wait(my_task)
        tokens = self.waiting(my_task)
        if len(tokens) < len(self._inputs):
            return False
        self.merge(my_task, tokens)
        return True


class InclusiveGateway(Choice, Join):
    """Fires when no token elsewhere can still reach a flow that has none (13.4.3)."""

    def __init__(self, wf_spec: Any, name: str, element: Element | None) -> None:
        super().__init__(wf_spec, name, element)
        self.reach: dict[str, frozenset[str]] = {}  # by the assembly: node -> what it can reach us by

    def _update_hook(self, my_task: Task) -> bool:
        if len(self._inputs) == 1:
            return bool(super()._update_hook(my_task))
        self.wait(my_task)
        return False

    def release(self, my_task: Task) -> bool:
        """Let one waiting token proceed when the gateway is enabled; called when nothing else can move."""
        tokens = self.waiting(my_task)
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self or not task.has_state(LIVE):
                continue
            reachable = self.reach.get(task.task_spec.name, frozenset())
            if reachable - tokens.keys() and not reachable & tokens.keys():
                return False
        proceeding = next(iter(tokens.values()))
        self.merge(proceeding, tokens)
        proceeding._ready()
        return True

    def _run_hook(self, my_task: Task) -> bool:
        return self.take(my_task, list(self.true_flows(my_task)))
