"""What waits at a join, when the flows into it are others in another version of the process."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bedrijfsbureau.engine.counterparts import Mapped
from bedrijfsbureau.engine.specs.gateways import ParallelGateway

_SYNTHETIC = re.compile("(__[a-z]+_)(.+)", re.DOTALL)  # what desugaring puts before the id of the element


def way_into(task: Any, join: Any, mapping: Mapped) -> str:
    """The node before `join` from which the token that waits there came, in the new version; "" when nobody can say.

    It is the only one to be reached from where the token was, or from the nearest place before that which is still
    there: a task that was inserted on the way, or taken away from it, makes no difference.
    """
    before = _nearest(task.task_spec, task.internal_data["via"], join._wf_spec, mapping)
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


def _nearest(join: Any, via: str, there: Any, mapping: Mapped) -> set[str]:
    """Names in scope `there` of the new version of what is nearest before a join of the old one, by way of `via`."""
    found, seen, pending = set(), {via}, [join._wf_spec.task_specs[via]]
    while pending:
        spec = pending.pop()
        name = _named(spec, there, mapping)
        if name is not None:
            found.add(name)
            continue
        for earlier in spec.inputs:
            if earlier is not join and earlier.name not in seen:
                seen.add(earlier.name)
                pending.append(earlier)
    return found


def _named(spec: Any, there: Any, mapping: Mapped) -> str | None:
    """The counterpart; what desugaring made goes with the element it was made for."""
    if spec.element is not None:
        return mapping.get(spec.element.id)
    made = _SYNTHETIC.match(spec.name)
    own = mapping.get(made[2]) if made else None
    if made is None or own is None:
        return None
    return made[1] + own if made[1] + own in there.task_specs else own


def _upstream(entrance: Any, join: Any) -> set[str]:
    seen, pending = {entrance.name}, [entrance]
    while pending:
        for earlier in pending.pop().inputs:
            if earlier is not join and earlier.name not in seen:
                seen.add(earlier.name)
                pending.append(earlier)
    return seen
