"""What a caller gives as JSON, read as the model's types say: JSON has no dates, so they come as texts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bedrijfsbureau.dmn.analysis.model import tables_in
from bedrijfsbureau.dmn.definitions import Definitions, InputData
from bedrijfsbureau.dmn.types import OLD_NAMES, ItemType, Types
from bedrijfsbureau.feel import Value, to_feel
from bedrijfsbureau.feel.literals import parse_date, parse_date_time, parse_duration, parse_time

TEMPORAL: dict[str, Callable[[str], Value]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
}


def read_given(definitions: Definitions, given: Mapping[str, Any]) -> dict[str, Value]:
    """A text where an input, or the expression of a column, is a date, a time or a duration becomes that; what can't
    be read as such stays a text. All else stays as `to_feel` makes it."""
    context: dict[str, Value] = to_feel(dict(given))
    for path, wanted in typed_paths(definitions):
        *groups, name = path
        holder: Value = context
        for group in groups:
            holder = holder.get(group) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and name in holder:
            holder[name] = as_type(definitions.types, holder[name], ItemType(wanted, wanted))
    return context


def typed_paths(definitions: Definitions) -> Iterator[tuple[list[str], str]]:
    for element in definitions.elements.values():
        if isinstance(element, InputData) and element.type:
            yield [element.name], element.type
    for decision in definitions.decisions:
        for table in tables_in(decision.logic):
            yield from ((column.text.split("."), column.type) for column in table.inputs if column.type)


def as_type(types: Types, value: Value, wanted: ItemType | None) -> Value:
    if wanted is None:
        return value
    item = underlying(types, wanted)
    if isinstance(value, list):
        return [as_type(types, each, item) for each in value]
    if isinstance(value, dict):
        return {key: as_type(types, each, item.fields.get(key)) for key, each in value.items()}
    base = item.base or ""
    read = TEMPORAL.get(OLD_NAMES.get(base, base))
    found = read(value) if read and isinstance(value, str) else None
    return value if found is None else found


def underlying(types: Types, item: ItemType) -> ItemType:
    """The item definition at the end of a chain of them: one with parts, or of a type of FEEL itself."""
    seen: set[str] = set()
    base = item.base or ""
    while not item.fields and base in types.items and base not in seen:
        seen.add(base)
        item = types.items[base]
        base = item.base or ""
    return item
