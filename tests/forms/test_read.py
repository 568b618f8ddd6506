from pathlib import Path

import pytest

from bedrijfsbureau import dossiersoort, forms
from bedrijfsbureau.errors import DossiersoortInvalid

BPMN = Path(__file__).parents[2] / "bpmn"
SHIPPED = sorted(path.parent.name for path in BPMN.glob("*/soort.yaml"))


def test_the_fields_of_a_form_in_order(form):
    assert (form.id, form.title, [field.path for field in form.fields]) == ("t_proef", "", [
        "medisch.toestemming", "medisch.uitkomst", "medisch.uitstel_tot", "medisch.berekend_op", "persoon.v_nummer",
        "persoon.landen", "persoon.taal", "persoon.opmerking", "persoon.dagen", "persoon.aspecten", "documenten",
    ])


@pytest.mark.parametrize("key", SHIPPED)
def test_every_form_we_ship_can_be_read_and_drawn(key):
    soort = dossiersoort.read(BPMN / key)
    gegevens = soort.basisdossier["gegevens"]
    for name, schema in soort.form_schemas().items():
        form = forms.read(schema, soort.record)
        assert form.id == name
        assert form.view({}) != []
        assert form.view(gegevens) != []


@pytest.mark.parametrize(("part", "message"), [
    ({"type": "button", "id": "knop"}, "Formulier t_x, onderdeel 'knop': het onderdeel 'button' kan hier niet worden "
     "getoond. Kies uit: textfield, textarea, number, datetime, select, radio, checkbox, checklist, dynamiclist, "
     "group, text, spacer."),
    ({"type": "textfield", "key": "persoon.niets"}, "Formulier t_x, onderdeel 'persoon.niets': Het veld "
     "'persoon.niets' bestaat niet in dit soort dossier."),
    ({"type": "textfield"}, None),
    ({"type": "number", "key": "persoon.v_nummer"}, "Formulier t_x, onderdeel 'persoon.v_nummer': een number past "
     "niet bij een veld van het type tekst."),
    ({"type": "dynamiclist", "path": "persoon"}, None),
    ({"type": "textfield", "key": "documenten.0.onderzoek"}, "Formulier t_x, onderdeel 'documenten.0.onderzoek': dit "
     "is geen pad van een veld."),
    ({"type": "group", "components": [{"type": "textfield", "key": "persoon.v_nummer"}] * 2}, "Formulier t_x, "
     "onderdeel 'persoon.v_nummer': dit veld staat twee keer op het formulier."),
    ({"type": "textfield", "key": "persoon.v_nummer", "conditional": {"hide": "= ("}}, None),
    ({"type": "textfield", "key": "persoon.v_nummer", "validate": {"pattern": "(a+)+$"}}, "Formulier t_x, onderdeel "
     "'persoon.v_nummer': dit patroon is te ingewikkeld: herhaal geen groepen."),
    ({"type": "textfield", "key": "persoon.v_nummer", "validate": {"pattern": "["}}, None),
    ({"type": "number", "key": "persoon.dagen", "validate": {"min": "een"}}, None),
    ({"type": "select", "key": "medisch.uitkomst", "values": [{"value": "anders"}]}, "Formulier t_x, onderdeel "
     "'medisch.uitkomst': elke mogelijkheid heeft een 'value' uit de gegevens en een 'label'."),
    ({"type": "select", "key": "medisch.uitkomst", "valuesKey": "lijst"}, None),
    ({"type": "group", "path": "persoon"}, None),
    ({"type": "group", "components": {}}, None),
    ({"type": "text", "text": 1}, None),
    ("tekst", None),
])
def test_what_cannot_be_shown_is_refused(record, part, message):
    with pytest.raises(DossiersoortInvalid) as error:
        forms.read({"id": "t_x", "components": [part]}, record)
    assert str(error.value).startswith("Formulier t_x")
    if message:
        assert str(error.value) == message


@pytest.mark.parametrize("schema", [{}, [], {"components": None}, {"components": [{"type": "spacer"}] * 501}])
def test_what_is_no_form_is_refused(record, schema):
    with pytest.raises(DossiersoortInvalid):
        forms.read(schema, record)


def test_groups_in_groups_in_groups_end_somewhere(record):
    part: dict[str, object] = {"type": "spacer"}
    for _ in range(2000):
        part = {"type": "group", "components": [part]}
    with pytest.raises(DossiersoortInvalid):
        forms.read({"components": [part]}, record)
