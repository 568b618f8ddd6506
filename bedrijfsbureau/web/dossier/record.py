"""The record of a dossier, group by group: what is known, what is shielded, and a form to correct one group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedrijfsbureau.dossiersoort import Field, Group, Json, Record, Type
from bedrijfsbureau.forms import Form, read
from bedrijfsbureau.model import Actor
from bedrijfsbureau.queries.access import may_see_field

DRAWN_AS = {
    Type.TEKST: "textfield",
    Type.DATUM: "datetime",
    Type.JA_NEE: "radio",
    Type.GETAL: "number",
    Type.KEUZE: "select",
    Type.LIJST_KEUZE: "checklist",
    Type.LANDCODES: "textfield",
    Type.TAALCODE: "textfield",
    Type.LIJST: "dynamiclist",
}


@dataclass(frozen=True)
class Shown:
    """A field and its value as this reader may see it; `rows` for a list, each row its fields."""

    field: Field
    text: str  # "" when nothing is known, or when it is shielded
    is_shielded: bool  # there is a value, but not for this role
    rows: tuple[tuple["Shown", ...], ...] = ()


@dataclass(frozen=True)
class ShownGroup:
    group: Group
    fields: tuple[Shown, ...]
    can_edit: bool

    @property
    def known(self) -> int:
        return sum(bool(each.text or each.rows or each.is_shielded) for each in self.fields)


def groups(record: Record, gegevens: Mapping[str, Json], actor: Actor) -> list[ShownGroup]:
    """Those of the dossier; groups that belong to one verzoek are shown with that verzoek."""
    return [shown_group(record, group, gegevens, actor) for group in record.groups if group.owner == "dossier"]


def shown_group(record: Record, group: Group, gegevens: Mapping[str, Json], actor: Actor) -> ShownGroup:
    content = gegevens.get(group.name)
    if group.rows:
        fields: tuple[Shown, ...] = (_shown(record, group.rows, content, actor),)
    else:
        values = content if isinstance(content, Mapping) else {}
        fields = tuple(_shown(record, field, values.get(field.name), actor) for field in group.fields)
    return ShownGroup(group, fields, any(_is_editable(field, actor) for field in _top(group)))


def form_of(record: Record, group: Group) -> Form:
    """A form with every field of one group, in the order of the record."""
    parts = [_component(field) for field in _top(group)]
    return read({"id": group.name, "title": group.label, "components": parts}, record)


def _shown(record: Record, field: Field, value: Json, actor: Actor) -> Shown:
    if value in (None, "", []):
        return Shown(field, "", False)
    if field.fields and isinstance(value, list):
        return Shown(field, "", False, tuple(tuple(_row(record, field, row, actor)) for row in value))
    if not may_see_field(actor, field.sensitivity):
        return Shown(field, "", True)
    return Shown(field, record.show(field.path, value), False)


def _row(record: Record, field: Field, row: Json, actor: Actor) -> Iterator[Shown]:
    for inner in field.fields:
        yield _shown(record, inner, row.get(inner.name), actor)


def _top(group: Group) -> tuple[Field, ...]:
    return (group.rows,) if group.rows else group.fields


def _is_editable(field: Field, actor: Actor) -> bool:
    if field.fields:
        return any(_is_editable(inner, actor) for inner in field.fields)
    return not field.computed and may_see_field(actor, field.sensitivity)


def _component(field: Field, within: bool = False) -> dict[str, Json]:
    part: dict[str, Json] = {"type": DRAWN_AS[field.type], "key": field.name if within else field.path}
    if field.fields:
        part["components"] = [_component(inner, within=True) for inner in field.fields]
    elif field.type is Type.LIJST:
        part["type"] = "textarea"
    return part
