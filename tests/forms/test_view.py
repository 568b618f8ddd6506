from bedrijfsbureau import forms
from bedrijfsbureau.forms import Kind, Option

GEGEVENS = {"medisch": {"toestemming": True, "uitkomst": "geen_actie"}, "persoon": {"dagen": 1.5, "aspecten": [2]},
            "documenten": [{"soort": "paspoort", "geldig_tot": "2028-03-01"}]}


def drawn(rows):
    return {row.name: row for row in flat(rows) if row.name}


def flat(rows):
    for row in rows:
        yield row
        yield from flat(row.rows)


def names(form, *args, **kwargs):
    return list(drawn(form.view(*args, **kwargs)))


def test_rows_come_in_the_order_of_the_form_with_what_a_template_needs(form):
    rows = form.view({})
    assert [(row.kind, row.label) for row in rows] == [
        (Kind.NOTE, "Vul in wat u weet."), (Kind.RADIO, "Toestemming"), (Kind.DATE, "Berekend"), (Kind.SPACER, ""),
        (Kind.TEXT, "V-nummer"), (Kind.TEXT, "Nationaliteiten"), (Kind.TEXT, "Taal"), (Kind.AREA, "Opmerking"),
        (Kind.NUMBER, "Dagen"), (Kind.CHECKLIST, "Aspecten"), (Kind.LIST, "Documenten"),
    ]
    toestemming = rows[1]
    assert (toestemming.name, toestemming.required, toestemming.hint, toestemming.sensitivity) == (
        "medisch.toestemming", True, "Vraag het na.", "B"
    )
    assert toestemming.choices == (
        Option("", "Niet ingevuld", True), Option("ja", "Ja", False), Option("nee", "Nee", False)
    )


def test_what_the_dossier_has_is_shown(form):
    found = drawn(form.view(GEGEVENS))
    assert [option.text for option in found["medisch.toestemming"].choices if option.selected] == ["Ja"]
    assert [option.text for option in found["medisch.uitkomst"].choices if option.selected] == ["Geen actie"]
    assert [option.text for option in found["persoon.aspecten"].choices if option.selected] == ["Twee"]
    assert found["persoon.dagen"].value == "1,5"
    assert found["documenten.0.geldig_tot"].value == "01-03-2028"
    assert found["medisch.uitkomst"].te_bevestigen
    assert found["medisch.berekend_op"].readonly


def test_a_list_ends_with_an_empty_row(form):
    documenten = drawn(form.view(GEGEVENS))["documenten"]
    assert [(row.name, row.label, row.remove, row.is_new) for row in documenten.rows] == [
        ("documenten.0", "Regel 1", "documenten.0._verwijderen", False),
        ("documenten.1", "Nieuwe regel", "", True),
    ]


def test_conditions_follow_what_was_submitted(form):
    assert "medisch.uitkomst" not in names(form, {})
    assert "medisch.uitkomst" in names(form, {}, submitted={"medisch.toestemming": "ja"})
    assert "medisch.uitstel_tot" in names(form, GEGEVENS, submitted={"medisch.uitkomst": "uitstel"})
    assert "medisch.uitkomst" not in names(form, GEGEVENS, submitted={"medisch.toestemming": "nee"})
    assert "documenten.0.geldig_tot" not in names(form, GEGEVENS, submitted={"documenten.0.soort": "overig"})


def test_what_was_refused_is_shown_as_it_was_typed(form):
    found = drawn(form.view(
        GEGEVENS, errors={"persoon.dagen": ["Fout een.", "Fout twee."], "documenten.3.soort": ["Vul dit veld in."]},
        submitted={"persoon.dagen": "drie", "persoon.aspecten": ["", "1"], "documenten.3.soort": "",
                   "documenten.3.kopie": "ja"},
    ))
    assert (found["persoon.dagen"].value, found["persoon.dagen"].error) == ("drie", "Fout een. Fout twee.")
    assert [option.text for option in found["persoon.aspecten"].choices if option.selected] == ["Eén"]
    assert found["documenten.3.soort"].error == "Vul dit veld in."
    assert [option.text for option in found["documenten.3.kopie"].choices if option.selected] == ["Ja"]
    assert [row.name for row in found["documenten"].rows] == ["documenten.3", "documenten.4"]


def test_a_removed_row_does_not_shift_the_others_when_the_page_is_shown_again(form):
    two = {"documenten": [{"soort": "paspoort", "geldig_tot": "2028-03-01"}, {"soort": "overig", "kopie": True}]}
    found = drawn(form.view(two, submitted={
        "documenten.0.soort": "paspoort", "documenten.0._verwijderen": "ja", "documenten.1.soort": "overig",
    }))
    assert [option.text for option in found["documenten.1.kopie"].choices if option.selected] == ["Ja"]


def test_a_stored_value_that_does_not_fit_can_be_repaired(form):
    found = drawn(form.view({"persoon": {"dagen": "veel", "taal": "tir"}, "documenten": [{"kopie": "soms"}]}))
    assert found["persoon.taal"].value == "tir"
    assert found["persoon.dagen"].error == ""


def test_who_may_not_see_a_field_does_not_get_it(form):
    found = names(form, GEGEVENS, allowed=lambda field: field.sensitivity not in ("B", "S"))
    assert [name for name in found if name.startswith("medisch")] == ["medisch.berekend_op"]
    assert "documenten.0.kopie" in found


def test_expressions_may_use_more_than_the_dossier(record):
    form = forms.read({"id": "t", "components": [
        {"type": "textfield", "key": "persoon.taal", "conditional": {"hide": "= regime = \"PACT-2026\""}},
    ]}, record)
    assert names(form, {}, context={"regime": "PACT-2026"}) == []
    assert names(form, {}, context={"regime": "VW2000-2021"}) == ["persoon.taal"]
