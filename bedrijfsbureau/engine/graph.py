"""Which user tasks the live tokens can still come to."""

from collections.abc import Iterable
from typing import Any

from bedrijfsbureau.engine.specs.events import BoundaryEvent
from bedrijfsbureau.engine.specs.scopes import SubProcess
from bedrijfsbureau.engine.specs.step import ManualTask
from bedrijfsbureau.engine.workflow import Workflow


def is_boundary(spec: Any) -> bool:
    return isinstance(spec, BoundaryEvent)


def ahead(workflow: Workflow) -> frozenset[str]:
    """By normal flow only: what a boundary event or an event subprocess would start is not part of this round."""
    pending = [
        (task.workflow.spec, name)
        for task in workflow.all_live()
        if not isinstance(task.task_spec, BoundaryEvent)
        for name in task.task_spec._outputs
    ]
    return frozenset(_reachable(pending, workflow.subprocess_specs))


def _reachable(pending: list[tuple[Any, str]], scopes: Any) -> Iterable[str]:
    seen = set()
    while pending:
        scope, name = pending.pop()
        spec = scope.task_specs[name]
        if (scope.name, name) in seen or isinstance(spec, BoundaryEvent):
            continue
        seen.add((scope.name, name))
        if isinstance(spec, ManualTask):
            yield spec.bpmn_id
        if isinstance(spec, SubProcess):
            inside = scopes[spec.scope]
            pending += [(inside, first) for first in inside.start._outputs]
        pending += [(scope, following) for following in spec._outputs]
