import pytest

from bedrijfsbureau import dossiersoort, forms
from bedrijfsbureau.dossiersoort.document import load
from bedrijfsbureau.dossiersoort.schema import read_record

RECORD = """\
groepen:
  medisch:
    label: Medisch
    velden:
      toestemming: {label: Toestemming, type: ja_nee, levert: wij, gevoeligheid: B, basis: "[D]", uitleg: Vraag het na.}
      uitkomst:
        label: Uitkomst
        type: keuze
        waarden: {geen_actie: Geen actie, uitstel: Uitstel}
        levert: MediFirst
        gevoeligheid: B
        basis: "[U]"
        te_bevestigen: true
      uitstel_tot: {label: Uitstel tot, type: datum, levert: MediFirst, gevoeligheid: B, basis: "[D]"}
      berekend_op: {label: Berekend, type: datum, berekend: true, levert: wij, gevoeligheid: P, basis: "[I]"}
  persoon:
    label: Persoon
    velden:
      v_nummer: {label: V-nummer, type: tekst, levert: AVIM, gevoeligheid: K, basis: "[D]"}
      landen: {label: Nationaliteiten, type: landcodes, levert: AVIM, gevoeligheid: N, basis: "[D]"}
      taal: {label: Taal, type: taalcode, levert: wij, gevoeligheid: N, basis: "[D]"}
      opmerking: {label: Opmerking, type: tekst, levert: wij, gevoeligheid: N, basis: "[D]"}
      dagen: {label: Dagen, type: getal, levert: wij, gevoeligheid: P, basis: "[D]"}
      aspecten:
        label: Aspecten
        type: lijst_keuze
        waarden: {1: Aspect een, 2: Aspect twee, 3: Aspect drie}
        levert: wij
        gevoeligheid: P
        basis: "[D]"
  documenten:
    label: Documenten
    type: lijst
    velden:
      soort:
        label: Soort
        type: keuze
        waarden: {paspoort: Paspoort, overig: Overig}
        levert: AVIM
        gevoeligheid: N
        basis: "[D]"
      kopie: {label: Kopie, type: ja_nee, levert: AVIM, gevoeligheid: P, basis: "[D]"}
      onderzoek: {label: Onderzoek, type: tekst, levert: KMar, gevoeligheid: S, basis: "[D]"}
      geldig_tot: {label: Geldig tot, type: datum, levert: AVIM, gevoeligheid: P, basis: "[D]"}
"""
SCHEMA = {
    "type": "default", "id": "t_proef", "components": [
        {"type": "text", "text": "Vul in wat u weet."},
        {"type": "radio", "key": "medisch.toestemming", "validate": {"required": True}},
        {"type": "group", "label": "Advies", "conditional": {"hide": "= medisch.toestemming != true"}, "components": [
            {"type": "select", "key": "medisch.uitkomst", "label": "Wat is het advies?"},
            {"type": "datetime", "key": "medisch.uitstel_tot", "subtype": "date", "dateLabel": "Tot wanneer?",
             "conditional": {"hide": "= medisch.uitkomst != \"uitstel\""},
             "validate": {"required": "= medisch.uitkomst = \"uitstel\""}},
        ]},
        {"type": "datetime", "key": "medisch.berekend_op", "subtype": "date"},
        {"type": "spacer"},
        {"type": "textfield", "key": "persoon.v_nummer", "validate": {"pattern": "^[0-9]{10}$"}},
        {"type": "textfield", "key": "persoon.landen"},
        {"type": "textfield", "key": "persoon.taal"},
        {"type": "textarea", "key": "persoon.opmerking", "validate": {"minLength": 2, "maxLength": 20}},
        {"type": "number", "key": "persoon.dagen", "validate": {"min": 1, "max": 2}},
        {"type": "checklist", "key": "persoon.aspecten",
         "values": [{"label": "Eén", "value": 1}, {"label": "Twee", "value": 2}]},
        {"type": "dynamiclist", "path": "documenten", "components": [
            {"type": "select", "key": "soort", "validate": {"required": True}},
            {"type": "checkbox", "key": "kopie"},
            {"type": "datetime", "key": "geldig_tot", "subtype": "date",
             "conditional": {"hide": "= soort != \"paspoort\""}},
        ]},
    ],
}


@pytest.fixture(scope="session")
def record() -> dossiersoort.Record:
    return read_record(load(RECORD, "record.yaml"))


@pytest.fixture(scope="session")
def form(record) -> forms.Form:
    return forms.read(SCHEMA, record)
