"""Which element of one version of a process stands for which of another: a proposal, for a person to correct."""

from collections.abc import Iterator, Mapping

from bedrijfsbureau.engine.model import Element, Model

Mapped = Mapping[str, str | None]
"""Element id in the old version -> element id in the new one; None when nothing there does the same."""


def propose(old: Model, new: Model) -> Mapped:
    """The same id and type; else the only one with the same name and type in the same scope; else None."""
    found: dict[str, str | None] = {}
    scopes = {old.process_id: new.process_id}
    there, taken = dict(_scoped(new)), set(old.elements) & set(new.elements)
    for scope, one in ((scope, one) for scope, inside in _scoped(old) for one in inside):
        same = new.elements.get(one.id)
        if same is not None and same.type == one.type:
            found[one.id] = same.id
        else:
            named = [other for other in there.get(scopes.get(scope, scope), ()) if _alike(one, other)]
            free = [other.id for other in named if other.id not in taken]
            found[one.id] = free[0] if len(free) == 1 else None
            taken |= {free[0]} if len(free) == 1 else set()
        scopes[one.id] = found[one.id] or one.id  # a subprocess is the scope of what is in it
    return found


def inverse(old: Model, mapping: Mapped) -> Mapped:
    """The way back. What two elements came to has none; what nothing came to is not in it."""
    back: dict[str, str | None] = {}
    for before in old.elements:
        after = mapping.get(before)
        if after is not None:
            back[after] = None if after in back else before
    return back


def _scoped(model: Model) -> Iterator[tuple[str, list[Element]]]:
    """The elements of each scope, a scope before those inside it."""
    pending, seen = [model.process_id], set()
    while pending:
        name = pending.pop()
        if name in seen or name not in model.subprocess_specs:
            continue
        seen.add(name)
        specs = model.subprocess_specs[name].task_specs.values()
        inside = [spec for spec in specs if spec.bpmn_id or getattr(spec, "scope", "")]
        yield name, [spec.element for spec in inside]
        for spec in inside:
            scope = getattr(spec, "scope", "")
            if scope.startswith("__each_"):  # a loop: the activity itself is in a scope of its own
                once = model.subprocess_specs[scope].task_specs[spec.name]
                scope = getattr(once, "scope", "")
            if scope:
                pending.append(scope)


def _alike(one: Element, other: Element) -> bool:
    return one.name != one.id and (one.name, one.type) == (other.name, other.type)
