import json
from datetime import date
from decimal import Decimal

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.errors import DossiersoortInvalid


def test_reads_who_and_what_it_is(soort):
    assert (soort.key, soort.name, soort.regime, soort.process_id) == ("proef", "Proef", None, "proef_proces")
    assert (soort.applies_on(date(2026, 6, 11)), soort.applies_on(date(2026, 6, 12))) == (False, True)
    assert soort.teams == {"BB": "Bedrijfsbureau"}
    assert soort.stukken["m35h"].name == "Aanvraag (M35-H)"


def test_reads_only_the_files_of_the_model(soort):
    assert soort.files == {"proef.bpmn": "<definitions/>", "forms/t_een.json": '{"components": []}'}


def test_a_punt_gets_the_keys_of_its_row_and_its_own_keys_win(soort):
    assert soort.policy["punten"] == [
        {"code": "AAN01", "titel": "Aanvraag ondertekend", "fase": "P", "geldt_als": "true", "blokkeert": True,
         "voorbeelden": [{"op": "2026-06-12"}]},
        {"code": "EIGEN1", "fase": "B", "titel": "Eigen punt"},
    ]


def test_instellingen_as_expressions_see_them(soort):
    assert soort.settings() == {"herinnering_na": None, "landen": ["ERI", "SYR"], "begin": date(2026, 6, 12)}
    assert soort.instellingen["herinnering_na"].shown == "niet ingevuld"
    assert soort.instellingen["begin"].shown == "vr 12 jun. 2026"


def test_from_json_gives_the_same(soort):
    again = dossiersoort.from_json(json.loads(json.dumps(soort.to_json())))
    assert again == soort
    assert again.record.parse({"aanvraag": {"aspecten": [2]}})["aanvraag"]["aspecten"] == [Decimal(2)]


def test_a_missing_file_is_named(folder):
    (folder / "record.yaml").unlink()
    with pytest.raises(DossiersoortInvalid, match=r"^record\.yaml ontbreekt in de map proef\.$"):
        dossiersoort.read(folder)


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("soort", "sleutel: proef", "sleutel: anders",
     "soort.yaml, regel 1 (sleutel): de sleutel moet gelijk zijn aan de naam van de map ('proef')."),
    ("soort", "naam: Proef\n", "", "soort.yaml, regel 1: 'naam' ontbreekt."),
    ("soort", "vanaf: 2026-06-12", "vanaf: 2026-13-12",
     "soort.yaml, regel 5 (van_toepassing.vanaf): hier moet een datum staan als jjjj-mm-dd."),
    ("soort", "regime: null", "regiem: null", None),
    ("record", "type: datum, levert: wij", "type: dag, levert: wij",
     "record.yaml, regel 5 (groepen.aanvraag.velden.datum.type): het type 'dag' bestaat niet. Kies uit: "
     "tekst, datum, ja_nee, getal, keuze, lijst_keuze, landcodes, taalcode, lijst."),
    ("record", "akkoord:", "datum:", "record.yaml, regel 5: dit is geen geldige YAML ('datum' staat er twee keer)."),
    ("record", "minimaal: 1", "minimaal: een",
     "record.yaml, regel 7 (groepen.aanvraag.velden.dagen.minimaal): hier moet een getal staan."),
    ("record", "gevoeligheid: S", "gevoeligheid: Z",
     "record.yaml, regel 38 (groepen.documenten.velden.geldig_tot.gevoeligheid): de gevoeligheid 'Z' bestaat niet. "
     "Kies uit: P, K, N, B, S."),
    ("record", "  gezin:", "  verzoeken:", None),
    ("record", "  gezin:", "  Gezin-1:", None),
    ("record", "  gezin:", "  no:", None),
    ("record", "        waarden: {1: Aspect één, 2: Aspect twee}\n", "",
     "record.yaml, regel 18 (groepen.aanvraag.velden.aspecten): waarden horen bij een keuze of lijst_keuze, "
     "en zijn daar verplicht."),
    ("record", "hoort_bij: verzoek", "hoort_bij: buurman",
     "record.yaml, regel 52 (groepen.antwoord.hoort_bij): kies dossier of verzoek."),
    ("policy", "../punten.yaml", "../../punten.yaml",
     "policy.yaml, regel 3 (catalogus): de catalogus moet in deze map staan, of in de map erboven."),
    ("policy", "EIGEN1", "AAN01", "policy.yaml, regel 6 (punten.1): het punt AAN01 staat er twee keer."),
    ("policy", "waarde: [ERI, SYR]", "waarde: Eritrea",
     "policy.yaml, regel 9 (instellingen.landen.waarde): Vul landcodes van drie letters in met een komma ertussen, "
     "bijvoorbeeld ERI, SYR."),
    ("policy", 'versie: "1"', "versie: 1",
     "policy.yaml, regel 1 (versie): hier moet tekst staan; zet getallen en ja/nee tussen aanhalingstekens."),
    ("policy", 'versie: "1"', "versie: [", None),
    ("policy", 'versie: "1"', "versie: !!python/object/apply:os.getcwd []", None),
    ("policy", 'versie: "1"', "versie: !!binary aGFsbG8=", "policy.yaml, regel 1 (versie): deze waarde kan niet "
     "worden bewaard."),
    ("policy", 'versie: "1"', "versie: &a [*a]", "policy.yaml: dit bestand bevat te veel waarden."),
])
def test_a_mistake_is_pointed_at(folder, file, old, new, message):
    path = folder / f"{file}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(DossiersoortInvalid) as error:
        dossiersoort.read(folder)
    assert str(error.value).startswith(f"{file}.yaml")
    if message:
        assert str(error.value) == message


def test_aliases_that_explode_are_refused(folder):
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))]
    (folder / "policy.yaml").write_text("\n".join(lines))
    with pytest.raises(DossiersoortInvalid, match=r"^policy\.yaml: dit bestand bevat te veel waarden\.$"):
        dossiersoort.read(folder)


@pytest.mark.parametrize("content", [{}, {"soort": {}}, [], {"soort": 1, "record": 1, "policy": 1, "basisdossier": None,
                                                             "files": {}}])
def test_stored_content_that_is_no_dossiersoort_is_refused(content):
    with pytest.raises(DossiersoortInvalid):
        dossiersoort.from_json(content)
