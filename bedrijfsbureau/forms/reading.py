"""From form-js JSON to the parts of a form; what we cannot show or check is refused in Dutch, naming the part."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bedrijfsbureau import feel
from bedrijfsbureau.dossiersoort import Field, Json, Record, Type
from bedrijfsbureau.errors import DossiersoortInvalid, NotFound
from bedrijfsbureau.forms.component import Component, Kind, Limits
from bedrijfsbureau.termijnen import functions

SHOWS = {
    "textfield": (Kind.TEXT, {Type.TEKST, Type.TAALCODE, Type.LANDCODES}),
    "textarea": (Kind.AREA, {Type.TEKST, Type.LANDCODES}),
    "number": (Kind.NUMBER, {Type.GETAL}),
    "datetime": (Kind.DATE, {Type.DATUM}),
    "select": (Kind.SELECT, {Type.KEUZE, Type.JA_NEE}),
    "radio": (Kind.RADIO, {Type.KEUZE, Type.JA_NEE}),
    "checkbox": (Kind.RADIO, {Type.JA_NEE}),
    "checklist": (Kind.CHECKLIST, {Type.LIJST_KEUZE}),
    "dynamiclist": (Kind.LIST, {Type.LIJST}),
}
"""Per form-js type how it is drawn and which fields it fits. A checkbox becomes ja, nee or leeg: unknown is not nee."""
WITHOUT_VALUE = {"group": Kind.GROUP, "text": Kind.NOTE, "spacer": Kind.SPACER}
ALWAYS = feel.compile("true")
MAX_DEPTH = 6
MAX_COMPONENTS = 500
QUANTIFIED_GROUP = re.compile(r"\)[*+{?]")
"""A repeated group in a pattern can take exponential time on a hostile input."""


class Reader:
    """One pass over the JSON of one form, counting its parts and refusing a name that occurs twice."""

    def __init__(self, form_id: str, record: Record) -> None:
        self.form_id = form_id
        self.record = record
        self.names: set[str] = set()
        self.count = 0

    def fail(self, what: Json, message: str) -> DossiersoortInvalid:
        part = f", onderdeel '{str(what)[:80]}'" if what else ""
        return DossiersoortInvalid(f"Formulier {self.form_id}{part}: {message}")

    def read_all(self, parts: Json, within: Field | None = None, depth: int = 0) -> tuple[Component, ...]:
        if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
            raise self.fail(None, "'components' moet een lijst van onderdelen zijn.")
        self.count += len(parts)
        if depth > MAX_DEPTH or self.count > MAX_COMPONENTS:
            raise self.fail(None, f"gebruik hoogstens {MAX_COMPONENTS} onderdelen en {MAX_DEPTH} niveaus.")
        return tuple(self.read(part, within, depth) for part in parts)

    def read(self, part: Mapping[str, Any], within: Field | None, depth: int) -> Component:
        kind, label, hide = part.get("type"), self.text(part, "label"), self.hide(part)
        if kind == "group":
            if part.get("path"):
                raise self.fail(part.get("id"), "een groep met een pad kan niet; zet het hele pad bij elk veld.")
            inner = self.read_all(part.get("components", []), within, depth + 1)
            return Component(Kind.GROUP, "", label, hide=hide, components=inner)
        if kind in WITHOUT_VALUE:
            return Component(WITHOUT_VALUE[kind], "", self.text(part, "text"), hide=hide)
        if kind not in SHOWS:
            known = ", ".join([*SHOWS, *WITHOUT_VALUE])
            raise self.fail(part.get("id"), f"het onderdeel '{kind}' kan hier niet worden getoond. Kies uit: {known}.")
        return self.read_field(part, kind, hide, within, depth)

    def read_field(
        self, part: Mapping[str, Any], kind: str, hide: feel.Expression | None, within: Field | None, depth: int
    ) -> Component:
        name = str(part.get("path") or part.get("key") or "") if kind == "dynamiclist" else str(part.get("key") or "")
        field = self.field(name, within)
        drawn, fits = SHOWS[kind]
        if field.type not in fits or (field.type is Type.LIJST) is not bool(field.fields):
            raise self.fail(name, f"een {kind} past niet bij een veld van het type {field.type}.")
        return Component(
            drawn, name, self.text(part, "label") or self.text(part, "dateLabel") or field.label, field,
            hint=self.text(part, "description") or field.hint,
            required=self.required(part),
            hide=hide,
            choices=self.choices(part, field),
            limits=self.limits(part),
            readonly=field.computed or any(part.get(key) is True for key in ("readonly", "disabled")),
            growing=part.get("allowAddRemove") is not False,
            components=self.read_all(part.get("components", []), field, depth + 1) if field.fields else (),
        )

    def field(self, name: str, within: Field | None) -> Field:
        path = f"{within.path}.{name}" if within else name
        if path in self.names:
            raise self.fail(name, "dit veld staat twee keer op het formulier.")
        self.names.add(path)
        try:
            field = self.record.field(path)
        except NotFound as error:
            raise self.fail(name, error.message) from error
        if field.path != path:
            raise self.fail(name, "dit is geen pad van een veld.")
        return field

    def text(self, part: Mapping[str, Any], key: str) -> str:
        value = part.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fail(part.get("id"), f"'{key}' moet tekst zijn.")
        return (value or "").strip()

    def condition(self, text: str, what: Json) -> feel.Expression:
        try:
            return feel.compile(text.strip().removeprefix("=").strip(), frozenset(functions))
        except feel.FeelSyntaxError as error:
            raise self.fail(what, f"de voorwaarde '{text[:80]}' is niet te lezen: {error.message}") from error

    def hide(self, part: Mapping[str, Any]) -> feel.Expression | None:
        conditional = part.get("conditional") or {}
        hide = conditional.get("hide") if isinstance(conditional, Mapping) else None
        return self.condition(hide, part.get("key") or part.get("id")) if isinstance(hide, str) else None

    def required(self, part: Mapping[str, Any]) -> feel.Expression | None:
        required = self.validate(part).get("required")
        if isinstance(required, str):
            return self.condition(required, part.get("key"))
        return ALWAYS if required is True else None

    def validate(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        found = part.get("validate") or {}
        if not isinstance(found, Mapping):
            raise self.fail(part.get("key"), "'validate' moet uit sleutels en waarden bestaan.")
        return found

    def choices(self, part: Mapping[str, Any], field: Field) -> tuple[tuple[str | int, str], ...]:
        """The choices of the form, which may be fewer than the record has and say it in other words."""
        if any(part.get(key) for key in ("valuesKey", "valuesExpression")):
            raise self.fail(part.get("key"), "noem de mogelijkheden zelf, bij 'values'.")
        listed = part.get("values")
        if not field.choices or not listed:
            return tuple(field.choices.items())
        wrong = self.fail(part.get("key"), "elke mogelijkheid heeft een 'value' uit de gegevens en een 'label'.")
        if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
            raise wrong
        given = [(item.get("value"), item.get("label")) for item in listed]
        found: list[tuple[str | int, str]] = []
        for value, label in given:
            known = next((known for known in field.choices if str(known) == str(value)), None)
            if known is None or (label is not None and not isinstance(label, str)):
                raise wrong
            found.append((known, label or field.choices[known]))
        return tuple(found)

    def limits(self, part: Mapping[str, Any]) -> Limits:
        found = self.validate(part)
        return Limits(
            minimum=self.number(part, found.get("min")),
            maximum=self.number(part, found.get("max")),
            shortest=self.whole(part, found.get("minLength")),
            longest=self.whole(part, found.get("maxLength")),
            pattern=self.pattern(part, found.get("pattern")),
        )

    def number(self, part: Mapping[str, Any], value: Json) -> Decimal | None:
        if value in (None, ""):
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise self.fail(part.get("key"), "een grens moet een getal zijn.") from error

    def whole(self, part: Mapping[str, Any], value: Json) -> int | None:
        number = self.number(part, value)
        return None if number is None else int(number)

    def pattern(self, part: Mapping[str, Any], text: Json) -> re.Pattern[str] | None:
        if not text:
            return None
        if not isinstance(text, str) or len(text) > 200 or QUANTIFIED_GROUP.search(text):
            raise self.fail(part.get("key"), "dit patroon is te ingewikkeld: herhaal geen groepen.")
        try:
            return re.compile(text)
        except re.error as error:
            raise self.fail(part.get("key"), "dit patroon is niet te lezen.") from error
