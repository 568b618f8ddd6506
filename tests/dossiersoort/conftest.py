import pytest

from bedrijfsbureau import dossiersoort

SOORT = """\
sleutel: proef
naam: Proef
regime: null
proces: proef_proces
van_toepassing: {vanaf: 2026-06-12}
teams: {BB: Bedrijfsbureau}
"""
RECORD = """\
groepen:
  aanvraag:
    label: Aanvraag
    velden:
      datum:   {label: Datum, type: datum, levert: wij, gevoeligheid: P, basis: "[D]"}
      akkoord: {label: "Akkoord?", type: ja_nee, levert: wij, gevoeligheid: P, basis: "[D]"}
      dagen:   {label: Dagen, type: getal, minimaal: 1, maximaal: 2, levert: wij, gevoeligheid: P, basis: "[D]"}
      uren:    {label: Uren, type: getal, levert: wij, gevoeligheid: P, basis: "[U]", te_bevestigen: true}
      tekst:   {label: Tekst, type: tekst, levert: wij, gevoeligheid: P, basis: "[D]"}
      soort:
        label: Soort
        type: keuze
        waarden: {eerste: Eerste aanvraag, opvolgend: Opvolgende aanvraag, "4": Vier}
        levert: wij
        gevoeligheid: P
        basis: "[D]"
      aspecten:
        label: Aspecten
        type: lijst_keuze
        waarden: {1: Aspect één, 2: Aspect twee}
        levert: wij
        gevoeligheid: P
        basis: "[D]"
      landen:  {label: Landen, type: landcodes, levert: AVIM, gevoeligheid: N, basis: "[D]"}
      taal:    {label: Taal, type: taalcode, levert: wij, gevoeligheid: N, basis: "[D]"}
  documenten:
    label: Documenten
    type: lijst
    velden:
      soort:
        label: Soort document
        type: keuze
        waarden: {paspoort: Paspoort, overig: Overig}
        levert: AVIM
        gevoeligheid: N
        basis: "[D]"
      kopie:      {label: "Kopie?", type: ja_nee, levert: AVIM, gevoeligheid: P, basis: "[D]"}
      geldig_tot: {label: Geldig tot, type: datum, levert: KMar, gevoeligheid: S, basis: "[I]", te_bevestigen: true}
  gezin:
    label: Gezin
    velden:
      leden:
        label: Gezinsleden
        type: lijst
        levert: wij
        gevoeligheid: N
        basis: "[D]"
        velden:
          dossier: {label: Dossier, type: tekst}
  antwoord:
    label: Antwoord
    hoort_bij: verzoek
    velden:
      volledig: {label: "Volledig?", type: ja_nee, levert: wij, gevoeligheid: P, basis: "[I]"}
stukken:
  m35h: {naam: Aanvraag (M35-H), levert: AVIM, vertrouwelijk: false, basis: "[D]"}
"""
POLICY = """\
versie: "1"
geldig_vanaf: 2026-06-12
catalogus: ../punten.yaml
punten:
- {code: AAN01, fase: P, blokkeert: true}
- {code: EIGEN1, fase: B, titel: Eigen punt}
instellingen:
  herinnering_na: {type: getal, waarde: null, betekenis: Wanneer herinneren., standing: "[U]", te_bevestigen: true}
  landen: {type: landcodes, waarde: [ERI, SYR], betekenis: Een lijst., standing: "[U]", te_bevestigen: true}
  begin: {type: datum, waarde: 2026-06-12, betekenis: Begin., standing: "[D]"}
"""
CATALOGUE = """\
punten:
- {code: AAN01, titel: Aanvraag ondertekend, fase: B, geldt_als: "true", voorbeelden: [{op: 2026-06-12}]}
- {code: NIET1, titel: Nergens genoemd}
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "proef"
    (made / "forms").mkdir(parents=True)
    for name, text in [("soort", SOORT), ("record", RECORD), ("policy", POLICY)]:
        (made / f"{name}.yaml").write_text(text)
    (tmp_path / "punten.yaml").write_text(CATALOGUE)
    (made / "proef.bpmn").write_text("<definitions/>")
    (made / "forms" / "t_een.json").write_text('{"components": []}')
    (made / "leesmij.txt").write_text("geen onderdeel")
    return made


@pytest.fixture
def soort(folder):
    return dossiersoort.read(folder)


@pytest.fixture
def record(soort):
    return soort.record
