"""What waits at a join, when the flows into it are others in another version of the process."""

from collections.abc import Iterator, Sequence
from typing import Any

from bedrijfsbureau.engine.counterparts import Mapped
from bedrijfsbureau.engine.specs.gateways import ParallelGateway


def way_into(task: Any, join: Any, mapping: Mapped) -> str:
    """The node before `join` from which the token that waits there came, in the new version; "" when nobody can say.

    It is the only one to be reached from where the token was, or from the nearest place before that which is still
    there: a task that was inserted on the way, or taken away from it, makes no difference.
    """
    before = _nearest(task.task_spec._wf_spec.task_specs[task.internal_data["via"]], task.task_spec, mapping)
    entrances = {entrance.name: _upstream(entrance, join) for entrance in join.inputs}
    ways = before & entrances.keys() or {name for name, upstream in entrances.items() if upstream & before}
    return ways.pop() if len(ways) == 1 else ""


def starved(scope: Any, live: Sequence[tuple[Any, str]]) -> Iterator[Any]:
    """Joins of the new version that would wait for ever: one branch has a token, another can't get any. `live`: where
    the tokens of the scope stand, and of those that wait at a join the way they came."""
    places = {spec.name for spec, _ in live} | {f"__boundary_{spec.name}" for spec, _ in live}
    for join in scope.task_specs.values():
        if isinstance(join, ParallelGateway) and len(join._inputs) > 1:
            arrived = {way for spec, way in live if spec is join}
            fed = [entrance.name in arrived or bool(_upstream(entrance, join) & places) for entrance in join.inputs]
            if any(fed) and not all(fed):
                yield join


def _nearest(via: Any, join: Any, mapping: Mapped) -> set[str]:
    found, seen, pending = set(), {via.name}, [via]
    while pending:
        spec = pending.pop()
        name = mapping.get(spec.element.id) if spec.element is not None else None
        if name is not None:
            found.add(name)
            continue
        for earlier in spec.inputs:
            if earlier is not join and earlier.name not in seen:
                seen.add(earlier.name)
                pending.append(earlier)
    return found


def _upstream(entrance: Any, join: Any) -> set[str]:
    seen, pending = {entrance.name}, [entrance]
    while pending:
        for earlier in pending.pop().inputs:
            if earlier is not join and earlier.name not in seen:
                seen.add(earlier.name)
                pending.append(earlier)
    return seen
