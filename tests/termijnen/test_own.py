"""Rules of an installation: what they add, what they may not touch, and how a mistake is found."""

from datetime import date
from pathlib import Path

import pytest

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen import apply, in_force, read_own, rule_named, shipped
from bedrijfsbureau.termijnen.shipped import OWN

VERSION = """
  - nummer: 100
    geldig_vanaf: 2027-01-01
    lengte: 7 maanden
    kalender: art. 73
    basis: "[D] wijziging van 1-1-2027"
"""
ADDED = f"- sleutel: beslistermijn-pact\n  waarschuwen: {{vanaf: 10 weken, dringend: 3 weken}}\n  versies:{VERSION}"
NEW = f"""
- sleutel: terugmelden
  termijn: terugmelden
  naam: Terugmelden aan de gemeente
  begin: [aanvraag.datum_indiening]
  begin_uitleg: datum van indiening
  versies:{VERSION}"""


def written(folder: Path, text: str, name: str = "eigen.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_a_version_is_added_to_a_shipped_rule_and_goes_before_it_for_its_dates(tmp_path: Path) -> None:
    rule = read_own(written(tmp_path, ADDED), shipped())["beslistermijn-pact"]
    before, after = date(2026, 12, 31), date(2027, 1, 1)

    assert [rule.version_on(day).number for day in (before, after)] == [1, 100]
    assert rule.version_on(after, kept=1).number == 1
    assert rule.versions[:-1] == shipped()["beslistermijn-pact"].versions
    assert (rule.latest.origin, rule.windows_from, str(rule.warning)) == ("eigen.yaml", "eigen.yaml", "10 weken")
    made = apply(rule, rule.latest, after)
    assert made.due_on == date(2027, 8, 2)
    assert made.steps[0].text == (
        "De termijn is 7 maanden (versie 100 uit eigen.yaml, voor een begin vanaf 01-01-2027). Telwijze: art. 73."
    )


def test_a_folder_may_bring_new_rules_and_all_else_stays(tmp_path: Path) -> None:
    written(tmp_path, ADDED, "a.yaml")
    written(tmp_path, NEW, "b.yml")
    written(tmp_path, "niets", "notities.txt")
    found = read_own(tmp_path, shipped())

    assert found.keys() - shipped().keys() == {"terugmelden"}
    assert found["terugmelden"].origin == "b.yml"
    assert {key for key, rule in shipped().items() if found[key] != rule} == {"beslistermijn-pact"}


@pytest.mark.parametrize(("text", "sentence"), [
    (ADDED.replace("100", "1"), "eigen.yaml, regel 4 van het bestand: de termijnregel 'beslistermijn-pact' klopt niet: "
     "een eigen versie heeft een nummer vanaf 100; lagere zijn voor meegeleverde versies."),
    (ADDED.replace("7 maanden", "lang"), "regel 6 van het bestand: de termijnregel 'beslistermijn-pact' klopt niet: "
     "De lengte 'lang' is niet te lezen."),
    (ADDED.replace("art. 73", "maankalender"), "regel 7 van het bestand: .* De kalender 'maankalender' bestaat niet"),
    (ADDED.replace("2027-01-01", "2027-02-30"), "eigen.yaml, regel 5 van het bestand: .*'2027-02-30' is geen datum"),
    (ADDED.replace("    basis", "    bron"), "regel 8 van het bestand: .* 'bron' bestaat niet"),
    (ADDED.replace('    basis: "[D] wijziging van 1-1-2027"\n', ""), "regel 4 van het bestand: .* 'basis' ontbreekt"),
    (ADDED + "  naam: Anders\n", "regel 9 van het bestand: .* 'naam' verandert u hier niet"),
    (ADDED + "  versies: []\n", "regel 9 van het bestand: dit bestand klopt niet: 'versies' staat er twee keer"),
    (ADDED + ADDED, "regel 9 van het bestand: .* hij staat er twee keer"),
    (NEW.replace("aanvraag.datum_indiening", "indiening"), "regel 5 van het bestand: .* noemt velden als groep.veld"),
    (NEW + NEW, "regel 14 van het bestand: de termijnregel 'terugmelden' klopt niet: hij staat er twee keer"),
    ("- sleutel: rechter\n  versies:" + VERSION, "regel 2 van het bestand: .* deze datum bepaalt de rechter"),
    ("sleutel: a", "regel 1 van het bestand: .* zet er een lijst van termijnregels in"),
    ("- [", "eigen.yaml, regel 1 van het bestand: dit bestand klopt niet: dit is geen YAML"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_rule(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence.replace("(", r"\(")):
        read_own(written(tmp_path, text), shipped())


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    written(tmp_path, ADDED.replace("100", "2"), "a.yaml")
    written(tmp_path, NEW.replace("naam", "name"), "b.yaml")
    with pytest.raises(InvalidInput) as refused:
        read_own(tmp_path, shipped())
    assert [line.partition(",")[0] for line in str(refused.value).splitlines()] == ["a.yaml", "b.yaml"]


def test_the_setting_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OWN, str(written(tmp_path, NEW)))
    assert rule_named("terugmelden").name == "Terugmelden aan de gemeente"
    monkeypatch.setenv(OWN, str(tmp_path / "weg.yaml"))
    with pytest.raises(InvalidInput, match="geen bestand en geen map"):
        in_force()
