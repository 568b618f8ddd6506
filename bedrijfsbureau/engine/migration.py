"""Moving a running instance to another version of its process.

Every live token gets the place of its counterpart, and keeps its id, its data and what it waits for: a timer is due
when it was due. What the new version listens for beside that is armed; what it no longer listens for is dropped. A
token whose place is not there, or means something else there, stops the whole move: an instance is never half moved.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau.engine.counterparts import Mapped
from bedrijfsbureau.engine.instance import Instance
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.places import Places, counterpart
from bedrijfsbureau.engine.specs.events import Event, Waiting
from bedrijfsbureau.engine.specs.gateways import Join, ParallelGateway
from bedrijfsbureau.engine.specs.step import Split, blame
from bedrijfsbureau.engine.token import Token
from bedrijfsbureau.engine.workflow import SubWorkflow, Workflow
from bedrijfsbureau.errors import CannotMove, Obstacle


def obstacles(instance: Instance, new: Model, mapping: Mapped) -> tuple[Obstacle, ...]:
    """Why this instance can't move; nothing when it can. Asks nothing of the host."""
    return tuple(Places(instance._workflow, new, mapping).obstacles)


def migrate(instance: Instance, new: Model, mapping: Mapped) -> Instance:
    """The instance as it goes on in the new version, run until it waits. Raises CannotMove, StepFailed.

    The old one must not be used any more."""
    places = Places(instance._workflow, new, mapping)
    if places.obstacles:
        raise CannotMove(places.obstacles)
    moved = Instance(new, _Move(places, new, mapping).workflow)
    moved.refresh()
    return moved


class _Move:
    def __init__(self, places: Places, new: Model, mapping: Mapped) -> None:
        self.places = places
        self.mapping = mapping
        old = places.workflow
        self.workflow = Workflow(new.spec, new.subprocess_specs, old.host)
        for scope in old.workflows():
            scope.tidy()
            self._scope(scope)
        for workflow in self.workflow.workflows():
            _open_joins(workflow)

    def _scope(self, old: Any) -> None:
        scope: Any = self.workflow
        if old is not self.places.workflow:
            spec = self.places.scopes[old.parent_task_id]
            scope = SubWorkflow(spec, old.parent_task_id, self.workflow)
            self.workflow.subprocesses[old.parent_task_id] = scope
        root = scope.task_tree = Token(scope, scope.spec.start, None, TaskState.COMPLETED, old.task_tree.id)
        root.data = dict(old.task_tree.data)
        self._root(old.task_tree, root)
        for task in list(old.tasks.values()):
            if task.parent is old.task_tree:
                self._group(task, root)

    def _root(self, old: Any, root: Any) -> None:
        """What the scope listens for: its event subprocesses."""
        internal = dict(old.internal_data)
        before, waits = internal.pop("waits", {}), {}
        if "end" in internal:
            internal["end"] = self.mapping.get(internal["end"]) or internal["end"]
        for start in root.task_spec.starts:
            same = counterpart(start, old.task_spec.starts, self.mapping)
            if same is not None and same.bpmn_id in before:
                waits[start.bpmn_id] = before[same.bpmn_id]
            elif same is None and start.catches.kind == "timer" and "interrupted" not in internal:
                waits[start.bpmn_id] = _arm(start, root)
        root.internal_data = internal | ({"waits": waits} if waits else {})

    def _group(self, old: Any, root: Any) -> None:
        """A token, with the boundary events that wait beside it."""
        is_group = isinstance(old.task_spec, Split)
        beside = old.children if is_group else [old]
        (activity,) = (task for task in beside if not (is_group and _is_boundary(task, old)))
        spec = self.places.specs[activity.id]
        split = spec._wf_spec.task_specs.get(f"__boundary_{spec.name}")
        above = root
        if split is not None:
            above = Token(root.workflow, split, root, TaskState.COMPLETED, old.id if is_group else None)
            above.data = dict(old.data)
            for boundary in split.outputs:
                if boundary is not spec:
                    self._boundary(boundary, above, beside, activity)
        self._token(activity, spec, above)

    def _boundary(self, spec: Any, above: Any, beside: Any, activity: Any) -> None:
        waiting = {task.task_spec: task for task in beside if task is not activity}
        same = counterpart(spec, list(waiting), self.mapping)
        if same is not None:
            self._token(waiting[same], spec, above)
        else:
            armed = Token(above.workflow, spec, above)
            armed.data = dict(activity.data)
            spec._update(armed)

    def _token(self, old: Any, spec: Any, above: Any) -> None:
        task = Token(above.workflow, spec, above, old.state, old.id)
        task.data, task.internal_data = dict(old.data), dict(old.internal_data)
        if isinstance(spec, Waiting):
            before, events = old.internal_data.get("waits", {}), old.task_spec.alternatives
            task.internal_data["waits"] = {
                event.bpmn_id: _carry(event, counterpart(event, events, self.mapping), before, task)
                for event in spec.alternatives
            }
        if isinstance(spec, Join) and "via" in task.internal_data:
            task.internal_data["via"] = self.places.ways[old.id]


def _carry(event: Event, same: Event | None, before: Any, task: Any) -> Any:
    """What was noted when the waiting began; reckoned now when it began only now, or had no key to reckon."""
    if same is None or (same.catches.expression is None) != (event.catches.expression is None):
        return _arm(event, task)
    return before.get(same.bpmn_id)


def _arm(event: Event, task: Any) -> Any:
    with blame(event.name):
        return event.catches.arrive(task)


def _is_boundary(task: Any, split: Any) -> bool:
    return bool(task.task_spec.name != split.task_spec.activity)


def _open_joins(workflow: Any) -> None:
    """A join that lost the branch it waited for has no arrival left to open it."""
    for spec in {task.task_spec for task in workflow.live() if isinstance(task.task_spec, ParallelGateway)}:
        tokens = spec.waiting(workflow.task_tree)
        if len(tokens) == len(spec._inputs):
            first = next(iter(tokens.values()))
            spec.merge(first, tokens)
            first._ready()
