"""Values that people take over from a stuk, so that checks can compare the stukken with each other and the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dossiersoort import Field, Json, Type
from bedrijfsbureau.errors import InvalidInput

SAME_AS = {  # name in the gegevens of a stuk -> the field of the record it is compared with
    "geboortedatum": "persoon.geboortedatum",
    "nationaliteit": "persoon.nationaliteiten",
    "taal": "taal.gehoortaal",
}
PREFIX = "stuk."  # names in the form of the page


@dataclass(frozen=True)
class Value:
    name: str
    field: Field


def values_for(kind: Kind) -> list[Value]:
    """Those that this dossiersoort knows."""
    record = kind.soort.record
    return [Value(PREFIX + name, record.field(path)) for name, path in SAME_AS.items() if record.knows(path)]


def load_values(kind: Kind, form: Mapping[str, str]) -> dict[str, Json]:
    """What was filled in, as the stuk keeps it. Raises InvalidInput with the names of the form."""
    found: dict[str, Json] = {}
    wrong: dict[str, list[str]] = {}
    for each in values_for(kind):
        try:
            value = kind.soort.record.load_value(each.field.path, form.get(each.name, ""))
        except InvalidInput as error:
            wrong[each.name] = [message for messages in error.fields.values() for message in messages]
            continue
        if value:  # a stuk names one nationality; the record holds a list of them
            found[each.name.removeprefix(PREFIX)] = value[0] if isinstance(value, list) else value
    if wrong:
        raise InvalidInput(wrong)
    return found


def shown_values(kind: Kind, gegevens: Mapping[str, Json]) -> list[tuple[str, str]]:
    """Label and text of each value, as people read them."""
    return [
        (name.replace("_", " ").capitalize(), _text(kind, name, value)) for name, value in gegevens.items() if value
    ]


def _text(kind: Kind, name: str, value: Json) -> str:
    path = SAME_AS.get(name, "")
    if not kind.soort.record.knows(path):
        return str(value)
    listed = kind.soort.record.field(path).type is Type.LANDCODES and not isinstance(value, list)
    return kind.soort.record.show(path, [value] if listed else value)
