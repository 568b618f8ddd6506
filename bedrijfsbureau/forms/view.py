"""What a template needs to draw a form without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedrijfsbureau.dossiersoort import Field, Json, Type, values
from bedrijfsbureau.forms.component import Allowed, Component, Context, Kind, is_allowed, row_context, with_value
from bedrijfsbureau.forms.schema import answers
from bedrijfsbureau.forms.submission import REMOVE, Submission, as_json, stored

EMPTY_CHOICE = "Niet ingevuld"


@dataclass(frozen=True)
class Option:
    """One choice: `value` as posted, `text` as read."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class Row:
    """One part to draw. `value` is text for an input; a choice has `choices`, a group, list or item has `rows`.

    A checklist and a list also need a hidden input with their name and value "", so that emptying them is seen.
    An item of a list can be removed with a checkbox named `remove` and value "ja"; `is_new` marks the empty last one.
    """

    kind: Kind
    name: str
    label: str
    value: str = ""
    choices: tuple[Option, ...] = ()
    required: bool = False
    hint: str = ""
    error: str = ""
    te_bevestigen: bool = False
    sensitivity: str = ""
    readonly: bool = False
    rows: tuple["Row", ...] = ()
    remove: str = ""
    is_new: bool = False
    field: Field | None = None


@dataclass(frozen=True)
class Sight:
    """What one drawing of a form looks at: `before` without and `context` with the submitted answers (FEEL)."""

    context: Context
    before: Context
    submission: Submission
    errors: Mapping[str, Sequence[str]]
    allowed: Allowed

    def error(self, name: str) -> str:
        return " ".join(self.errors.get(name, ()))


def view(components: tuple[Component, ...], sight: Sight) -> list[Row]:
    rows: list[Row] = []
    for part in components:
        if part.is_hidden(sight.context):
            continue
        if part.kind is Kind.GROUP:
            if inner := view(part.components, sight):
                rows.append(Row(Kind.GROUP, "", part.label, rows=tuple(inner)))
        elif part.field is None:
            rows.append(Row(part.kind, "", part.label))
        elif is_allowed(part, sight.allowed):
            rows.append(view_list(part, sight) if part.kind is Kind.LIST else view_field(part, part.name, sight))
    return rows


def view_field(part: Component, name: str, sight: Sight, row: Mapping[str, Any] | None = None) -> Row:
    """`row`: the values of the row this field is in, FEEL; `name` then holds the index."""
    assert part.field is not None
    posted = posted_in(sight.submission, part.name, name)
    value = as_json(stored(sight.before if row is None else row, part.name))
    text = shown_text(part, value) if posted is None else as_posted(posted)
    chosen = chosen_in(value if posted is None else posted)
    return Row(
        part.kind, name, part.label, "" if is_choice(part) else text, options(part, chosen) if is_choice(part) else (),
        required=part.is_required(sight.context if row is None else row_context(sight.context, row)),
        hint=part.hint, error=sight.error(name), te_bevestigen=part.field.te_bevestigen,
        sensitivity=part.field.sensitivity, readonly=part.readonly, field=part.field,
    )


def posted_in(submission: Submission, own: str, name: str) -> Json:
    """What was posted for a field, or for a field in a row; None when nothing was."""
    if own == name:
        return submission.plain.get(name)
    head, index = name.removesuffix(f".{own}").rsplit(".", 1)
    return submission.rows.get(head, {}).get(int(index), {}).get(own)


def is_choice(part: Component) -> bool:
    return part.kind in (Kind.SELECT, Kind.RADIO, Kind.CHECKLIST)


def as_posted(raw: Json) -> str:
    last = raw[-1] if isinstance(raw, list) and raw else raw
    return "" if last is None or isinstance(last, list | Mapping) else str(last)


def chosen_in(raw: Json) -> set[str]:
    """The choices in a posted or stored value, as the values of options."""
    items = raw if isinstance(raw, list) else [raw]
    return {"ja" if item is True else "nee" if item is False else str(item) for item in items if item not in ("", None)}


def shown_text(part: Component, value: Json) -> str:
    assert part.field is not None
    return "" if is_choice(part) else values.to_text(part.field, value)


def options(part: Component, chosen: set[str]) -> tuple[Option, ...]:
    """Every choice; first the empty one, except in a checklist, so that an answer can be taken back."""
    assert part.field is not None
    listed = (("ja", "Ja"), ("nee", "Nee")) if part.field.type is Type.JA_NEE else part.choices
    found = tuple(Option(str(value), text, str(value) in chosen) for value, text in listed)
    if part.kind is Kind.CHECKLIST:
        return found
    return (Option("", EMPTY_CHOICE, not any(option.selected for option in found)), *found)


def view_list(part: Component, sight: Sight) -> Row:
    assert part.field is not None
    before = stored(sight.before, part.name) or []
    posted = sight.submission.rows.get(part.name)
    indexes = range(len(before)) if posted is None else sorted(posted)
    items = [view_item(part, index, sight, before[index] if index < len(before) else {}) for index in indexes]
    if part.growing and not part.readonly:
        fresh = max([len(before), *(index + 1 for index in indexes)])
        items.append(view_item(part, fresh, sight, {}, is_new=True))
    return Row(
        Kind.LIST, part.name, part.label, hint=part.hint, required=part.is_required(sight.context),
        error=sight.error(part.name), te_bevestigen=part.field.te_bevestigen, sensitivity=part.field.sensitivity,
        readonly=part.readonly, rows=tuple(items), field=part.field,
    )


def view_item(part: Component, index: int, sight: Sight, row: Mapping[str, Any], is_new: bool = False) -> Row:
    name = f"{part.name}.{index}"
    posted = sight.submission.rows.get(part.name, {}).get(index, {})
    inside = row_context(sight.context, {**row, **answers(with_value(part.components), posted)})
    rows = tuple(
        view_field(each, f"{name}.{each.name}", sight, row)
        for each in part.components
        if each.field and sight.allowed(each.field) and not each.is_hidden(inside)
    )
    removable = part.growing and not part.readonly and not is_new
    label = "Nieuwe regel" if is_new else f"Regel {index + 1}"
    remove = f"{name}.{REMOVE}" if removable else ""
    return Row(Kind.ITEM, name, label, error=sight.error(name), rows=rows, remove=remove, is_new=is_new)
