"""Do the names and types in the conditions of forms fit the record? A condition that is never right hides a field for
ever, or never asks for it, and nobody is told: so it is refused before it is published."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bedrijfsbureau import checks, dmn, feel, forms
from bedrijfsbureau.dossiersoort import Dossiersoort, Field
from bedrijfsbureau.errors import DossiersoortInvalid, Problem
from bedrijfsbureau.termijnen import functions

BESIDE_THE_RECORD = ("verzoeken", "relaties", "instellingen")
LOCAL = re.compile(r'<(?:\w+:)?inputDataItem[^>]*\bname="(\w+)"|\bbb:key="=\s*(\w+)\s*"')
"""Names that a diagram gives to one task only; their types are not told."""
ANY = "Any"


def mistyped_forms(soort: Dossiersoort) -> Iterator[Problem]:
    """Errors that name the form, the field and the condition. A form that can't be read is said by `broken`."""
    try:
        schemas = soort.form_schemas()
    except DossiersoortInvalid:
        return
    types = {**dict.fromkeys(_beside(soort), ANY), **checks.schema(soort.record)}
    for name, schema in schemas.items():
        try:
            form = forms.read(schema, soort.record)
        except DossiersoortInvalid:
            continue
        path = f"forms/{name}.json"
        for part, message in _wrong(form.components, types):
            yield Problem(None, _line(soort.files.get(path, ""), part), "form", f"{path}, {_named(part)}: {message}")


def _beside(soort: Dossiersoort) -> Iterator[str]:
    """What a form may read beside the record: outcomes of decisions, and what belongs to its task."""
    yield from BESIDE_THE_RECORD
    for path, text in soort.files.items():
        if path.endswith(".bpmn"):
            yield from (name for found in LOCAL.findall(text) for name in found if name)
    files = soort.files_ending(".dmn")
    for path in files:
        try:
            yield from (decision.id for decision in dmn.read_among(files, path, strict=False).decisions)
        except dmn.DmnError:
            continue  # said by `broken`


def _wrong(
    parts: Iterable[forms.Component], types: Mapping[str, str]
) -> Iterator[tuple[forms.Component, str]]:  # fmt: skip
    for part in parts:
        for what, condition in (("verbergen", part.hide), ("verplicht", part.required)):
            if condition is None:
                continue
            for finding in feel.check(condition.text, types, functions, "boolean"):
                if finding.code in ("type", "part", "name"):
                    said = finding.message.removesuffix(".")
                    yield part, f"{said} (in '{what}': {condition.text}, teken {finding.start + 1})."
        yield from _wrong(part.components, {**types, **_of_row(part.field)})


def _of_row(field: Field | None) -> Mapping[str, str]:
    """The fields of a row of a list, which its conditions may use by their own names."""
    if field is None or not field.fields:
        return {}
    return {**{each.name: checks.type_of(each) for each in field.fields}, "this": checks.context_of(field.fields)}


def _named(part: forms.Component) -> str:
    return f"veld '{part.label}' ({part.name})" if part.name else f"onderdeel '{part.label[:60]}'"


def _line(text: str, part: forms.Component) -> int | None:
    place = text.find(f'"{part.name}"') if part.name else -1
    return text.count("\n", 0, place) + 1 if place >= 0 else None
