import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau import forms
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.forms.submission import as_json

MOMENT = {"medisch": {"toestemming": True, "uitkomst": "uitstel", "uitstel_tot": "2026-10-06"},
          "documenten": [{"soort": "paspoort", "kopie": True, "onderzoek": "echt", "geldig_tot": "2028-03-01"},
                         {"soort": "overig", "kopie": None, "onderzoek": None, "geldig_tot": None}]}
FIRST, SECOND = MOMENT["documenten"]


@pytest.fixture
def context(record):
    return record.parse(MOMENT)


def refused(form, data, context):
    with pytest.raises(InvalidInput) as error:
        form.load(data, context)
    return error.value.fields


def test_text_becomes_what_the_dossier_stores(form):
    assert form.load({
        "medisch.toestemming": "ja", "medisch.uitkomst": "uitstel", "medisch.uitstel_tot": " 6-10-2026 ",
        "persoon.v_nummer": "0123456789", "persoon.landen": "eri, syr", "persoon.taal": "TIR",
        "persoon.opmerking": " een\r\ntwee ", "persoon.dagen": "1,5", "persoon.aspecten": ["", "1", "2"],
        "documenten": "", "documenten.0.soort": "paspoort", "documenten.0.geldig_tot": "1-3-2028",
    }) == {
        "medisch.toestemming": True, "medisch.uitkomst": "uitstel", "medisch.uitstel_tot": "2026-10-06",
        "persoon.v_nummer": "0123456789", "persoon.landen": ["ERI", "SYR"], "persoon.taal": "tir",
        "persoon.opmerking": "een\ntwee", "persoon.dagen": 1.5, "persoon.aspecten": [1, 2],
        "documenten": [{"soort": "paspoort", "kopie": None, "onderzoek": None, "geldig_tot": "2028-03-01"}],
    }


def test_every_name_may_come_as_a_list_of_texts(form):
    assert form.load({"medisch.toestemming": ["nee"], "persoon.landen": ["ERI, SYR"], "persoon.aspecten": [""],
                      "documenten": [""], "documenten.0.soort": ["overig"], "documenten.1.soort": [""]}) == {
        "medisch.toestemming": False, "persoon.landen": ["ERI", "SYR"], "persoon.aspecten": None,
        "documenten": [{"soort": "overig", "kopie": None, "onderzoek": None, "geldig_tot": None}],
    }


def test_json_is_taken_as_it_is(form):
    data = {"medisch.toestemming": False, "persoon.landen": ["ERI"], "persoon.dagen": 2, "documenten": []}
    assert form.load(data) == data


def test_what_is_not_submitted_stays(form, context):
    assert form.load({"persoon.taal": "tir"}, context) == {"persoon.taal": "tir"}


def test_an_unknown_field_is_refused(form, context):
    assert refused(form, {"persoon.naam": "x", "documenten.0.herkomst": "x", "csrf": "x"}, context) == {
        "persoon.naam": ["Dit veld bestaat niet op dit formulier."],
        "csrf": ["Dit veld bestaat niet op dit formulier."],
        "documenten.0.herkomst": ["Dit veld bestaat niet op dit formulier."],
    }


def test_wrong_values_are_named_with_their_field(form, context):
    assert refused(form, {
        "medisch.uitkomst": "anders", "medisch.uitstel_tot": "31-02-2026", "persoon.v_nummer": "12",
        "persoon.opmerking": "x", "persoon.dagen": "3", "persoon.aspecten": "3", "documenten.1.kopie": "soms",
        "documenten.2.kopie": "ja",
    }, context) == {
        "medisch.uitkomst": ["Kies een van deze mogelijkheden: Geen actie, Uitstel."],
        "persoon.v_nummer": ["Dit heeft niet de vorm die hier nodig is. Controleer wat u invulde."],
        "persoon.opmerking": ["Gebruik minstens 2 tekens."],
        "persoon.dagen": ["Vul een getal in van 2 of lager."],
        "persoon.aspecten": ["Kies uit deze mogelijkheden: Eén, Twee."],
        "documenten.1.kopie": ["Kies ja of nee."],
        "documenten.2.soort": ["Vul dit veld in."],
    }


def test_what_the_answers_hide_is_not_taken(form, context):
    """The same submission that hides a field may still hold it: the page was drawn before the answer changed."""
    assert form.load({"medisch.toestemming": "nee", "medisch.uitkomst": "uitstel"}, context) == {
        "medisch.toestemming": False
    }
    assert form.load({"medisch.uitkomst": "geen_actie", "medisch.uitstel_tot": "onzin"}, context) == {
        "medisch.uitkomst": "geen_actie"
    }


def test_an_answer_that_is_hidden_itself_hides_nothing(form, record):
    """Consent is missing, so the outcome does not count and cannot make a date required."""
    assert form.load({"medisch.toestemming": "nee", "medisch.uitkomst": "uitstel"}, record.parse({})) == {
        "medisch.toestemming": False
    }


def test_required_looks_at_what_the_dossier_has(form, record, context):
    empty = record.parse({})
    assert refused(form, {}, empty) == {"medisch.toestemming": ["Vul dit veld in."]}
    assert refused(form, {"medisch.toestemming": "ja", "medisch.uitkomst": "uitstel"}, empty) == {
        "medisch.uitstel_tot": ["Vul dit veld in."]
    }
    assert refused(form, {"medisch.uitstel_tot": " "}, context) == {"medisch.uitstel_tot": ["Vul dit veld in."]}
    assert form.load({}, context) == {}


def test_a_computed_field_cannot_be_written(form, context):
    assert form.load({"medisch.berekend_op": "1-1-2026"}, context) == {}


def test_rows_keep_what_the_form_does_not_show(form, context):
    assert form.load({"documenten.0.kopie": "nee", "documenten.1.soort": "overig"}, context) == {
        "documenten": [{**FIRST, "kopie": False}, SECOND]
    }


def test_rows_are_added_removed_and_emptied(form, context):
    first, second = {"documenten.0.soort": "paspoort"}, {"documenten.1.soort": "overig"}
    new = {"soort": "overig", "kopie": None, "onderzoek": None, "geldig_tot": None}
    assert form.load({**first, **second, "documenten.2.soort": "overig"}, context)["documenten"] == [FIRST, SECOND, new]
    assert form.load({**first, **second, "documenten.2.soort": ""}, context)["documenten"] == [FIRST, SECOND]
    assert form.load({**first, **second, "documenten.0._verwijderen": "ja"}, context)["documenten"] == [SECOND]
    assert form.load({"documenten": ""}, context)["documenten"] == []


def test_a_condition_inside_a_row_looks_at_that_row(form, context):
    assert form.load({"documenten.0.soort": "overig", "documenten.0.geldig_tot": "1-1-2030"}, context) == {
        "documenten": [{**FIRST, "soort": "overig"}]
    }


def test_a_list_that_may_not_grow_keeps_its_rows(record, context):
    fixed = forms.read({"id": "t", "components": [{
        "type": "dynamiclist", "path": "documenten", "allowAddRemove": False,
        "components": [{"type": "checkbox", "key": "kopie"}],
    }]}, record)
    posted = {"documenten.1.kopie": "ja", "documenten.1._verwijderen": "ja"}
    assert fixed.load(posted, context) == {"documenten": [FIRST, {**SECOND, "kopie": True}]}
    assert refused(fixed, {"documenten.2.kopie": "ja"}, context) == {
        "documenten.2": ["Hier kunt u geen regel toevoegen."]
    }


def test_who_may_not_see_a_field_cannot_write_it_nor_wipe_it(form, context):
    def harmless(field):
        return field.sensitivity not in ("B", "S")

    with pytest.raises(InvalidInput) as error:
        form.load({"medisch.toestemming": "ja"}, context, harmless)
    assert error.value.fields == {"medisch.toestemming": ["Dit veld bestaat niet op dit formulier."]}
    assert form.load({"persoon.taal": "tir"}, context, harmless) == {"persoon.taal": "tir"}
    assert form.load({"documenten.0.kopie": "nee", "documenten.1.soort": "overig"}, context, harmless) == {
        "documenten": [{**FIRST, "kopie": False}, SECOND]
    }


def test_a_sensitive_field_of_a_row_is_out_of_reach_on_its_own(record, context):
    form = forms.read({"id": "t", "components": [{"type": "dynamiclist", "path": "documenten", "components": [
        {"type": "checkbox", "key": "kopie"}, {"type": "textfield", "key": "onderzoek"},
    ]}]}, record)
    with pytest.raises(InvalidInput) as error:
        form.load({"documenten.0.onderzoek": "vals"}, context, lambda field: field.sensitivity != "S")
    assert error.value.fields == {"documenten.0.onderzoek": ["Dit veld bestaat niet op dit formulier."]}


@pytest.mark.parametrize("data", [
    {f"veld{n}": "" for n in range(2001)},
    {f"documenten.{n}.soort": "overig" for n in range(101)},
    {"documenten": "paspoort"},
    {"documenten.1000.soort": "overig"},
    {"documenten.-1.soort": "overig"},
    {"documenten.0": "overig"},
    {"persoon.opmerking": "x" * 10_000_000},
    {"persoon.opmerking": {"x": 1}},
    {"persoon.taal": ["tir", "ara"]},
    {"medisch": {"toestemming": True}},
])
def test_hostile_or_broken_input_is_refused(form, context, data):
    assert refused(form, data, context) != {}


ROWS = st.lists(st.fixed_dictionaries({
    "soort": st.sampled_from(["paspoort", "overig"]), "kopie": st.none() | st.booleans(), "onderzoek": st.just("echt"),
    "geldig_tot": st.none() | st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str),
}), max_size=4)
GEGEVENS = st.fixed_dictionaries({
    "medisch": st.fixed_dictionaries({
        "toestemming": st.booleans(), "uitkomst": st.sampled_from([None, "geen_actie", "uitstel"]),
        "uitstel_tot": st.just("2026-10-06"),
    }),
    "persoon": st.fixed_dictionaries({
        "v_nummer": st.from_regex(r"[0-9]{10}", fullmatch=True), "taal": st.sampled_from([None, "tir"]),
        "landen": st.none() | st.lists(st.sampled_from(["ERI", "SYR"]), min_size=1, max_size=3),
        "opmerking": st.none() | st.text("ab <&'\"é", max_size=18).map(lambda text: f"x{text}x"),
        "dagen": st.sampled_from([None, 1, 1.25, 2]),
        "aspecten": st.none() | st.lists(st.sampled_from([1, 2]), min_size=1, unique=True).map(sorted),
    }),
    "documenten": ROWS,
})


def as_browser(rows):
    """What a browser posts for a page with these rows when nobody touches anything."""
    for row in rows:
        if row.kind in ("group", "item", "list"):
            if row.kind == "list":
                yield row.name, ""
            yield from as_browser(row.rows)
        elif row.kind == "checklist":
            yield row.name, ["", *(option.value for option in row.choices if option.selected)]
        elif row.choices:
            yield row.name, next(option.value for option in row.choices if option.selected)
        elif row.name and not row.readonly:
            yield row.name, row.value


@given(GEGEVENS)
def test_what_the_page_shows_posts_back_as_it_was(form, record, gegevens):
    context = record.parse(gegevens)
    loaded = form.load(dict(as_browser(form.view(gegevens))), context)
    current = {f"{group}.{name}" if name else group: value for group, content in gegevens.items()
               for name, value in (content.items() if isinstance(content, dict) else [("", content)])}
    assert loaded == {path: current[path] for path in loaded}
    assert {"medisch.toestemming", "persoon.dagen", "documenten"} <= set(loaded)


@given(GEGEVENS)
def test_feel_values_go_back_to_the_json_they_came_from(record, gegevens):
    again = as_json(record.parse(gegevens))
    assert {group: {name: again[group][name] for name in content} if isinstance(content, dict) else again[group]
            for group, content in gegevens.items()} == gegevens


NAMES = st.sampled_from([
    "medisch.toestemming", "medisch.uitstel_tot", "persoon.dagen", "persoon.aspecten", "documenten",
    "documenten.0.soort", "documenten.7.kopie", "documenten.0._verwijderen", "documenten.x.y",
]) | st.text(max_size=10)
RAW = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
                   lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
                   max_leaves=5)


@given(st.dictionaries(NAMES, RAW, max_size=5))
def test_anything_submitted_is_valid_for_the_record_or_refused(form, record, data):
    context = record.parse(MOMENT)
    form_rows = form.view(MOMENT, submitted={name: raw for name, raw in data.items() if name != "documenten"})
    assert form_rows != []
    try:
        loaded = form.load(data, context)
    except InvalidInput:
        return
    for path, value in loaded.items():
        group, _, name = path.partition(".")
        assert record.check({group: {name: value} if name else value}) == {}
