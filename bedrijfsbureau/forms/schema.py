"""The marshmallow schema made from the parts of a form: it refuses what is unknown and says in Dutch what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import marshmallow as ma

from bedrijfsbureau.dossiersoort import Json, Type, values
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.forms.component import Component, Limits

UNKNOWN = "Dit veld bestaat niet op dit formulier."
MAX_PATTERN_TEXT = 200


class FormSchema(ma.Schema):
    class Meta:
        unknown = ma.RAISE

    error_messages = {  # noqa: RUF012 (the way marshmallow is configured)
        "unknown": UNKNOWN,
        "type": "De invoer moet uit velden met waarden bestaan.",
    }


class Value(ma.fields.Field[Json]):
    """One field of the record, with what the form asks on top of it."""

    def __init__(self, component: Component) -> None:
        super().__init__(data_key=component.name, allow_none=True)
        self.component = component

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Json:
        try:
            return load_value(self.component, value)
        except InvalidInput as error:
            raise ma.ValidationError([message for found in error.fields.values() for message in found]) from error


@lru_cache(maxsize=1024)
def make_schema(components: tuple[Component, ...]) -> ma.Schema:
    """A schema for these parts. Names are only data keys: marshmallow would read dots in an attribute as nesting."""
    return FormSchema.from_dict({f"field_{index}": Value(component) for index, component in enumerate(components)})()


def load(components: tuple[Component, ...], data: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, list[str]]]:
    """Name -> value for what is right, and name -> Dutch messages for what is not."""
    try:
        loaded, wrong = make_schema(components).load(data), {}
    except ma.ValidationError as error:
        loaded, wrong = error.valid_data, error.messages_dict
    names = {f"field_{index}": component.name for index, component in enumerate(components)}
    return {names[key]: value for key, value in loaded.items()}, {str(key): value for key, value in wrong.items()}


def load_value(component: Component, raw: Json) -> Json:
    """As the record reads it, within the choices and limits of the form. Raises InvalidInput with Dutch messages."""
    assert component.field is not None
    value = values.load(component.field, single(component, raw))
    found = list(beyond(component, value)) if value is not None else []
    if found:
        raise InvalidInput({component.field.path: found})
    return value


def meaning(component: Component, raw: Json) -> Any:
    """The FEEL value of what was submitted; null when it cannot be read, which `load` reports."""
    assert component.field is not None
    try:
        return values.to_feel(component.field, load_value(component, raw))
    except InvalidInput:
        return None


def answers(components: Iterable[Component], row: Mapping[str, Json]) -> dict[str, Any]:
    """Name -> FEEL value of each answer in a row."""
    return {each.name: meaning(each, row[each.name]) for each in components if each.name in row and not each.readonly}


def single(component: Component, raw: Json) -> Json:
    """HTML may post a name several times: a list, with "" from the hidden input that says the field was there."""
    if not isinstance(raw, list):
        return raw
    filled = [item for item in raw if item != ""]
    kind = component.field.type if component.field else None
    if kind is Type.LANDCODES and all(isinstance(item, str) for item in filled):
        return ", ".join(filled)
    if kind is Type.LIJST_KEUZE:
        return filled
    return raw if len(filled) > 1 else (filled or [None])[0]


def beyond(component: Component, value: Json) -> Iterator[str]:
    """Dutch messages for a value the record allows and this form does not."""
    chosen = value if isinstance(value, list) else [value]
    if component.allowed and not all(choice in component.allowed for choice in chosen):
        yield f"Kies uit deze mogelijkheden: {', '.join(text for _, text in component.choices)}."
    if isinstance(value, str):
        yield from beyond_text(component.limits, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from beyond_number(component.limits, Decimal(str(value)))


def beyond_text(limits: Limits, text: str) -> Iterator[str]:
    if limits.shortest is not None and len(text) < limits.shortest:
        yield f"Gebruik minstens {limits.shortest} tekens."
    if limits.longest is not None and len(text) > limits.longest:
        yield f"Gebruik hoogstens {limits.longest} tekens."
    if limits.pattern and (len(text) > MAX_PATTERN_TEXT or not limits.pattern.search(text)):
        yield "Dit heeft niet de vorm die hier nodig is. Controleer wat u invulde."


def beyond_number(limits: Limits, number: Decimal) -> Iterator[str]:
    if limits.minimum is not None and number < limits.minimum:
        yield f"Vul een getal in van {values.number_text(limits.minimum)} of hoger."
    if limits.maximum is not None and number > limits.maximum:
        yield f"Vul een getal in van {values.number_text(limits.maximum)} of lager."
