"""The forms as the record and the form editor see them."""

from collections import Counter

import pytest

from bedrijfsbureau import forms
from tests.bpmn.folders import KINDS, kind

EDITABLE = {"textfield", "textarea", "number", "datetime", "select", "radio", "checkbox", "checklist", "dynamiclist"}
SHIPPED = [(key, name) for key in KINDS for name in sorted(kind(key).form_schemas())]


def parts(components):
    for component in components:
        yield component
        yield from parts(component.get("components", []))


@pytest.fixture(params=SHIPPED, ids="/".join)
def form(request):
    key, name = request.param
    return kind(key), name, kind(key).form_schemas()[name]


def test_it_fits_the_record(form):
    soort, name, schema = form
    read = forms.read(schema, soort.record)
    assert (read.id, bool(read.title), bool(read.components)) == (name, True, True)


def test_the_editor_can_show_it(form):
    _, _, schema = form
    found = list(parts(schema["components"]))
    assert (schema["type"], schema["schemaVersion"]) == ("default", 18)
    assert {part["type"] for part in found} <= EDITABLE | {"group", "text"}
    assert [part["id"] for part in found if not part.get("label") and part["type"] != "text"] == []
    assert [key for key, count in Counter(part["id"] for part in found).items() if count > 1] == []


def test_a_choice_is_one_of_the_record_in_its_own_words(form):
    soort, _, schema = form
    for part in parts(schema["components"]):
        if part["type"] in {"select", "radio"} and "." in part["key"]:
            field = soort.record.field(part["key"])
            expected = dict(field.choices) or {True: "Ja", False: "Nee"}
            assert {value["value"]: value["label"] for value in part["values"]} == expected
