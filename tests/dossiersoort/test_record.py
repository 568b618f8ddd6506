from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrijfsbureau.dossiersoort import Sensitivity, Type
from bedrijfsbureau.dossiersoort.values import MAX_ROWS, MAX_TEXT, clean, to_text
from bedrijfsbureau.errors import InvalidInput, NotFound

EMPTY = {"datum": None, "akkoord": None, "dagen": None, "uren": None, "tekst": None, "soort": None, "aspecten": None,
         "landen": None, "taal": None}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8,
)
TEXTS = st.text("abc XYZ 09,.;-\"'<&\n\r\té\u0301漢😀", max_size=60).map(clean).filter(bool)
BY_PATH = {
    "aanvraag.datum": st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat),
    "aanvraag.akkoord": st.booleans(),
    "aanvraag.uren": st.integers(-999_999_999, 999_999_999)
    | st.integers(-10**9, 10**9).filter(lambda n: n % 1000).map(lambda n: n / 1000),
    "aanvraag.tekst": TEXTS,
    "aanvraag.soort": st.sampled_from(["eerste", "opvolgend", "4"]),
    "aanvraag.landen": st.lists(st.from_regex(r"[A-Z]{3}", fullmatch=True), min_size=1, max_size=5),
    "aanvraag.taal": st.from_regex(r"[a-z]{3}", fullmatch=True),
}


def test_a_field_knows_what_people_need(record):
    field = record.field("documenten.0.geldig_tot")
    assert (field.path, field.label, field.type, field.party, field.sensitivity, field.basis, field.te_bevestigen) == (
        "documenten.geldig_tot", "Geldig tot", Type.DATUM, "KMar", Sensitivity.STRAFRECHTELIJK, "[I]", True
    )


def test_a_list_is_as_sensitive_as_its_most_sensitive_field(record):
    assert record.field("documenten").sensitivity is Sensitivity.STRAFRECHTELIJK


def test_a_field_of_a_row_takes_over_what_its_list_says(record):
    field = record.field("gezin.leden.dossier")
    assert (field.party, field.sensitivity, field.basis) == ("wij", Sensitivity.PERSOON, "[D]")


@pytest.mark.parametrize("path", ["", "aanvraag", "aanvraag.niets", "niets.datum", "aanvraag.datum.dieper", "0"])
def test_an_unknown_path_is_not_found(record, path):
    with pytest.raises(NotFound):
        record.field(path)


def test_parse_completes_and_converts(record):
    assert record.parse({
        "aanvraag": {"datum": "2026-06-12", "dagen": 2, "uren": 1.5, "aspecten": [1], "verdwenen": 1},
        "documenten": [{"soort": "paspoort"}], "oud": {},
    }) == {
        "aanvraag": EMPTY | {"datum": date(2026, 6, 12), "dagen": Decimal(2), "uren": Decimal("1.5"),
                             "aspecten": [Decimal(1)]},
        "documenten": [{"soort": "paspoort", "kopie": None, "geldig_tot": None}],
        "gezin": {"leden": []},
        "antwoord": {"volledig": None},
    }


def test_parse_refuses_what_it_cannot_use(record):
    with pytest.raises(InvalidInput) as error:
        record.parse({"aanvraag": {"datum": "ooit"}, "documenten": [{"kopie": "ja"}]})
    assert error.value.fields == {
        "aanvraag.datum": ["Vul een datum in als dag-maand-jaar, bijvoorbeeld 26-11-2026."],
        "documenten.0.kopie": ["Kies ja of nee."],
    }


@pytest.mark.parametrize(("gegevens", "expected"), [
    ({}, {}),
    ({"aanvraag": None}, {}),
    ({"niets": {}}, {"niets": ["Deze groep bestaat niet."]}),
    ({"antwoord": {"volledig": True}}, {"antwoord": ["Deze groep bestaat niet."]}),
    ({"aanvraag": 1}, {"aanvraag": ["Deze groep moet velden met waarden bevatten."]}),
    ({"aanvraag": {"niets": 1}}, {"aanvraag.niets": ["Dit veld bestaat niet."]}),
    ({"aanvraag": {"datum": "2026-02-30"}},
     {"aanvraag.datum": ["Deze datum bestaat niet. Controleer de dag, de maand en het jaar."]}),
    ({"aanvraag": {"datum": "0001-01-01"}}, {"aanvraag.datum": ["Vul een jaar in van 1900 tot en met 2200."]}),
    ({"aanvraag": {"akkoord": "ja"}}, {"aanvraag.akkoord": ["Kies ja of nee."]}),
    ({"aanvraag": {"dagen": 3}}, {"aanvraag.dagen": ["Vul een getal in van 2 of lager."]}),
    ({"aanvraag": {"dagen": True}}, {"aanvraag.dagen": ["Vul een getal in zonder punt, bijvoorbeeld 3 of 1,5."]}),
    ({"aanvraag": {"uren": float("nan")}},
     {"aanvraag.uren": ["Vul een getal in zonder punt, bijvoorbeeld 3 of 1,5."]}),
    ({"aanvraag": {"soort": "derde"}},
     {"aanvraag.soort": ["Kies een van deze mogelijkheden: Eerste aanvraag, Opvolgende aanvraag, Vier."]}),
    ({"aanvraag": {"soort": 4}},
     {"aanvraag.soort": ["Kies een van deze mogelijkheden: Eerste aanvraag, Opvolgende aanvraag, Vier."]}),
    ({"aanvraag": {"aspecten": [1, 1]}}, {"aanvraag.aspecten": ["Kies elke mogelijkheid hoogstens één keer."]}),
    ({"aanvraag": {"landen": "ERI"}},
     {"aanvraag.landen": ["Vul landcodes van drie letters in met een komma ertussen, bijvoorbeeld ERI, SYR."]}),
    ({"aanvraag": {"tekst": "a\0b"}}, {"aanvraag.tekst": ["Deze tekst bevat tekens die niet zijn toegestaan."]}),
    ({"documenten": {}}, {"documenten": ["Vul hier een lijst in."]}),
    ({"documenten": [1, {"x": 1}]},
     {"documenten.0": ["Vul hier een regel met velden in."], "documenten.1.x": ["Dit veld bestaat niet."]}),
    ({"documenten": [{}] * (MAX_ROWS + 1)}, {"documenten": ["Deze lijst is te lang. Gebruik hoogstens 100 regels."]}),
])
def test_check_says_what_does_not_fit(record, gegevens, expected):
    assert record.check(gegevens) == expected


def test_the_groups_of_a_verzoek_are_checked_on_their_own(record):
    assert record.check({"antwoord": {"volledig": 1}}, owner="verzoek") == {"antwoord.volledig": ["Kies ja of nee."]}


@pytest.mark.parametrize(("path", "text", "expected"), [
    ("aanvraag.datum", " 02-03-2026 ", "2026-03-02"),
    ("aanvraag.datum", "2-3-2026", "2026-03-02"),
    ("aanvraag.datum", "2026-03-02", "2026-03-02"),
    ("aanvraag.datum", "", None),
    ("aanvraag.akkoord", "Ja", True),
    ("aanvraag.akkoord", "nee", False),
    ("aanvraag.akkoord", False, False),
    ("aanvraag.uren", "1,5", 1.5),
    ("aanvraag.uren", "1.5", 1.5),
    ("aanvraag.uren", "-0,250", -0.25),
    ("aanvraag.uren", "2,0", 2),
    ("aanvraag.uren", 3, 3),
    ("aanvraag.tekst", "  regel een\r\nregel twee ", "regel een\nregel twee"),
    ("aanvraag.tekst", "   ", None),
    ("aanvraag.soort", "4", "4"),
    ("aanvraag.aspecten", "2", [2]),
    ("aanvraag.aspecten", ["1", "2"], [1, 2]),
    ("aanvraag.aspecten", [], None),
    ("aanvraag.landen", "eri, syr,", ["ERI", "SYR"]),
    ("aanvraag.taal", "TIR", "tir"),
    ("documenten", "", []),
    ("documenten", [{"soort": "paspoort", "geldig_tot": "1-3-2028"}],
     [{"soort": "paspoort", "kopie": None, "geldig_tot": "2028-03-01"}]),
])
def test_load_value(record, path, text, expected):
    assert record.load_value(path, text) == expected


@pytest.mark.parametrize(("path", "text"), [
    ("aanvraag.datum", "31-02-2026"), ("aanvraag.datum", "morgen"), ("aanvraag.datum", "1-1-26"),
    ("aanvraag.datum", "٢٠٢٦-٠١-٠١"), ("aanvraag.datum", 20260302), ("aanvraag.akkoord", "true"),
    ("aanvraag.uren", "1.500"), ("aanvraag.uren", "1e9"), ("aanvraag.uren", "9" * 10_000), ("aanvraag.uren", "NaN"),
    ("aanvraag.uren", float("inf")), ("aanvraag.soort", "Eerste"), ("aanvraag.soort", ["eerste"]),
    ("aanvraag.aspecten", [{"1": 1}]), ("aanvraag.landen", "Eritrea"), ("aanvraag.taal", "nl"),
    ("aanvraag.tekst", "x" * (MAX_TEXT + 1)), ("aanvraag.tekst", "x" * 10_000_000), ("aanvraag.tekst", "\ud800"),
    ("documenten", "paspoort"), ("documenten", [{"kopie": "misschien"}]), ("documenten", [["paspoort"]]),
])
def test_load_value_refuses(record, path, text):
    with pytest.raises(InvalidInput) as error:
        record.load_value(path, text)
    assert all(len(message) < 200 for messages in error.value.fields.values() for message in messages)


def test_a_mistake_in_a_row_names_the_row_and_the_field(record):
    with pytest.raises(InvalidInput) as error:
        record.load_value("documenten", [{}, {"kopie": "misschien", "soort": "brief"}])
    assert error.value.fields == {
        "documenten.1.soort": ["Kies een van deze mogelijkheden: Paspoort, Overig."],
        "documenten.1.kopie": ["Kies ja of nee."],
    }


@pytest.mark.parametrize(("path", "value", "expected"), [
    ("aanvraag.datum", "2026-11-26", "do 26 nov. 2026"),
    ("aanvraag.datum", None, "niet ingevuld"),
    ("aanvraag.akkoord", False, "Nee"),
    ("aanvraag.uren", 1.5, "1,5"),
    ("aanvraag.soort", "eerste", "Eerste aanvraag"),
    ("aanvraag.aspecten", [2, 1], "Aspect twee, Aspect één"),
    ("aanvraag.landen", ["ERI", "SYR"], "Eritrea, Syrië"),
    ("documenten", [], "niet ingevuld"),
    ("documenten", [{"soort": "paspoort", "kopie": True}, {}],
     "Soort document: Paspoort, Kopie?: Ja; niet ingevuld"),
])
def test_show(record, path, value, expected):
    assert record.show(path, value) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(BY_PATH)).flatmap(lambda path: st.tuples(st.just(path), BY_PATH[path])))
def test_what_a_form_shows_it_reads_back(record, pair):
    path, value = pair
    text = to_text(record.field(path), value)
    assert record.load_value(path, text) == value
    assert record.check({"aanvraag": {path.partition(".")[2]: value}}) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*BY_PATH, "aanvraag.aspecten", "aanvraag.dagen", "documenten", "gezin.leden"]), ANY_JSON)
def test_whatever_is_offered_is_stored_well_or_refused(record, path, raw):
    try:
        value = record.load_value(path, raw)
    except InvalidInput:
        return
    group, _, name = path.partition(".")
    gegevens = {group: {name: value} if name else value}
    assert record.check(gegevens) == {}
    assert record.load_value(path, value) == value
    record.parse(gegevens)
    assert record.show(path, value) != ""
