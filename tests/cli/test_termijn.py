"""`bedrijfsbureau termijn`: rules, one date worked out, the terms of a dossier, recomputing for all."""

import json
from datetime import datetime

import pytest

from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database
from bedrijfsbureau.model import SYSTEM
from tests.actions.conftest import shipped
from tests.cli.conftest import Run, run_alone

LODGED = {"aanvraag": {"datum_indiening": "2026-06-12", "soort": "eerste"}}


@pytest.mark.parametrize(("asked", "due_on"), [
    ("beslistermijn-vw2000 --start 2026-06-12", "2026-12-12"),
    ("beslistermijn-pact --start 2026-06-12", "2026-12-14"),
    ("ingebrekestelling --start 2026-04-21", "2026-05-06"),
    ("ingebrekestelling --start 20-04-2026", "2026-05-04"),
    ("aa-dag --start 2026-04-30", "2026-05-08"),
    ("aa-dag --start 2026-04-30 --locatie Schiphol", "2026-05-05"),
    ("rvt --start 2025-12-01 --soort asiel-aa", "2025-12-08"),
    ("aa-dag --start 2026-04-30 --soort asiel-aa", None),
    ("beslistermijn-vw2000 --start 2024-06-12 --versie 3", "2025-09-12"),
    ("beslistermijn-pact --start 2026-06-12 --suspend 2026-07-01:2026-07-11", "2026-12-22"),
    ("beslistermijn-pact --start 2026-06-12 --suspend 2026-07-01:", None),
    ("beslistermijn-pact-niet-ontvankelijk --start 2026-07-20 --grond e", "2026-08-03"),
])
def test_a_term_is_explained_as_json(asked, due_on) -> None:
    result = run_alone("termijn", "explain", *asked.split(), "--json")
    made = json.loads(result.stdout)

    assert (result.exit_code, list(made), made["date"]) == (0, ["date", "steps"], due_on)
    assert made["steps"][-1]["on"] == due_on


def test_extensions_may_name_their_ground_and_come_in_any_order() -> None:
    extensions = ["--extend", "vw42-5: 3 maanden", "--extend", "9 maanden"]
    ask = ("termijn", "explain", "beslistermijn-vw2000", "--start", "2026-08-31", "--json")
    orders = extensions, [*extensions[2:], *extensions[:2]]
    found = {json.loads(run_alone(*ask, *order).stdout)["date"] for order in orders}

    assert found == {"2028-02-29"}


@pytest.mark.parametrize(("asked", "status", "said"), [
    (["niets", "--start", "2026-01-01"], 1, "De termijnregel 'niets' bestaat niet."),
    (["rvt", "--start", "2026-01-01", "--soort", "../x"], 1, "De dossiersoort '../x' bestaat niet."),
    (["rvt", "--start", "2026-01-01", "--versie", "9"], 1, "geen versie 9"),
    (["rvt"], 2, "Geef met --start de eerste dag"),
    (["rvt", "--start", "31-02-2026"], 2, "'31-02-2026' is geen datum."),
    (["rvt", "--start", "2026-01-01Tx"], 2, "is geen tijdstip"),
    (["rvt", "--start", "9999-12-31"], 2, "na het jaar 9999"),
    (["rvt", "--start", "2026-01-01", "--suspend", "morgen"], 2, "is geen opschorting"),
    (["rvt", "--start", "2026-01-01", "--suspend", "2026-02-02:2026-02-01"], 2, "eindigt na de dag"),
    (["rvt", "--start", "2026-01-01", "--extend", "lang"], 2, "is niet te lezen"),
    (["rvt", "--start", "2026-01-01", "--extend", "x: 1 dag"], 2, "De grond 'x' bestaat niet"),
    (["beslistermijn-vw2000", "--start", "2026-01-01", "--extend", "vw42-5: 4 maanden"], 2, "hoogstens met 3 maanden"),
    (["rechter", "--start", "2026-01-01"], 2, "wordt niet berekend"),
    (["aa-plus-dag", "--start", "2020-01-01"], 2, "geen versie"),
])
def test_what_is_wrong_is_one_sentence(asked, status, said, capsys) -> None:
    result = run_alone("termijn", "explain", *asked)
    message = result.stderr or str(result.exception)

    assert said in message and "\n" not in message.strip()
    assert result.exit_code == (1 if status == 1 else 2)


def test_the_rules_are_listed_without_a_database() -> None:
    rules = json.loads(run_alone("termijn", "list", "--json").stdout)

    assert {"beslistermijn-vw2000", "beslistermijn-pact", "ingebrekestelling", "rvt", "aa-dag"} <= {
        rule["rule"] for rule in rules
    }
    assert "Beslistermijn (Vw 2000)" in run_alone("termijn", "list").stdout


def test_a_dossier_lists_its_terms_and_a_rule_is_recomputed(run: Run, database: Database, now: datetime) -> None:
    locatie = perform(database, SYSTEM, now, people.add_locatie, "Ter Apel")
    perform(database, SYSTEM, now, processes.publish_dossiersoort, shipped("asiel-aa"))
    opened = perform(
        database, SYSTEM, now, dossiers.open_dossier, soort="asiel-aa", locatie_id=locatie.id, gegevens=LODGED
    )
    listed = json.loads(run("termijn", "list", "--dossier", opened.number, "--json").stdout)
    dates = {row["term"]: row["date"] for row in listed}
    assert dates == {"beslistermijn": "2026-12-12", "rvt": "2026-06-18"}
    assert run("termijn", "list", "--dossier", "D-9").exit_code == 1

    dry = json.loads(run("termijn", "recompute", "beslistermijn-vw2000", "--dry-run", "--json").stdout)
    assert (dry["total"], dry["changed"]) == (1, 0)
    done = json.loads(run("termijn", "recompute", "beslistermijn-vw2000", "--json").stdout)
    assert (done["total"], done["seen"], done["changed"], done["paused"]) == (1, 1, 0, False)
    back = run("termijn", "recompute", "beslistermijn-vw2000", "--undo", done["run"])
    assert (back.exit_code, back.stdout) == (0, "Klaar: 0 van 0 dossiers gewijzigd (herberekening 2).\n")
    assert run("termijn", "recompute", "rechter").exit_code == 2
    assert run("termijn", "recompute", "rvt", "--dry-run", "--undo", 1).exit_code == 2
    assert run("termijn", "recompute", "rvt", "--undo", 1).exit_code == 1


def test_a_file_of_an_installation_is_examined_and_shown_with_where_it_comes_from(tmp_path, monkeypatch):
    version = "{nummer: 100, geldig_vanaf: 2027-01-01, lengte: 7 maanden, kalender: art. 73, basis: b}"
    file = tmp_path / "eigen.yaml"
    file.write_text(f"- sleutel: beslistermijn-pact\n  versies:\n  - {version}\n", "utf-8")
    checked = run_alone("termijn", "check", file)
    assert checked.output.splitlines() == [
        "Nieuwe versie 100 van 'beslistermijn-pact' vanaf 01-01-2027: 7 maanden.", "Dit klopt.",
    ]
    monkeypatch.setenv("BEDRIJFSBUREAU_TERMIJNREGELS", str(file))
    assert "  eigen versie 100: 7 maanden, uit eigen.yaml" in run_alone("termijn", "list").output.splitlines()

    file.write_text(f"- sleutel: beslistermijn-pact\n  versies:\n  - {version.replace('100', '2')}\n", "utf-8")
    wrong = run_alone("termijn", "check", file)
    assert (wrong.exit_code, wrong.output.startswith("eigen.yaml, regel 3 van het bestand: ")) == (2, True)
