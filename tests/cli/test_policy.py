"""`bedrijfsbureau policy`: from a file to a version in force, with two people, and tried first."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bedrijfsbureau.actions import people
from bedrijfsbureau.database import transaction
from bedrijfsbureau.model import SYSTEM, Role
from tests.actions.conftest import Scene
from tests.actions.drafting.test_policy_drafts import ROW
from tests.cli.conftest import Run


@pytest.fixture
def policy(klein: Scene, run: Run, tmp_path: Path) -> Path:
    """The policy in force with a row added, in a file; and two process owners."""
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        for name in ("petra", "quinten"):
            people.add_medewerker(tx, username=name, name=name.capitalize(), role=Role.PROCESEIGENAAR)
    content = yaml.safe_load(run("policy", "export", "klein").stdout)
    content["punten"].append({**ROW, "taak": "t_naam"})
    file = tmp_path / "beleid.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return file


def test_from_a_file_to_a_version_in_force(klein: Scene, run: Run, policy: Path) -> None:
    klein.open_dossier()
    assert "Concept van klein: 3 punten" in run("policy", "import", "klein", policy, "--by", "petra").stdout
    assert run("policy", "check", "klein").stdout == "Geen bevindingen.\n"
    assert "AKK01 Akkoord gegeven: nieuw" in run("policy", "compare", "klein").stdout

    outcome = run("policy", "preview", "klein", "--transition", "alle", "--json")
    assert outcome.exception is None, repr(outcome.exception)
    tried = json.loads(outcome.stdout)
    assert (tried["status"], tried["total"], tried["done"], tried["dossiers"]) == ("klaar", 1, 1, 1)
    assert tried["changes"][0] == {
        "kind": "oordeel", "code": "AKK01", "old": "", "new": "ontbreekt, blokkeert", "count": 1,
    }  # fmt: skip

    assert run("policy", "publish", "klein", "--by", "quinten").exit_code == 1
    run("policy", "offer", "klein", "--by", "petra", "--note", "Akkoord wordt gevraagd.")
    own = run("policy", "publish", "klein", "--by", "petra")
    assert "Een andere proceseigenaar moet het goedkeuren" in str(own.exception)
    done = run("policy", "publish", "klein", "--by", "quinten")
    assert done.stdout == f"Beleid versie 2 van klein geldt vanaf {datetime.now(UTC):%d-%m-%Y}.\n"
    assert yaml.safe_load(run("policy", "export", "klein").stdout)["punten"][2]["code"] == "AKK01"
    assert "AKK01" not in run("policy", "export", "klein", "--version", 1).stdout


def test_a_file_is_checked_and_tried_without_keeping_it(klein: Scene, run: Run, policy: Path) -> None:
    klein.open_dossier()
    content = yaml.safe_load(policy.read_text())
    content["punten"][2]["voldaan_als"] = "persoon.akoord = true"
    wrong = policy.with_name("fout.yaml")
    wrong.write_text(yaml.safe_dump(content))

    checked = run("policy", "check", "klein", wrong, "--json")
    assert checked.exit_code == 1
    assert json.loads(checked.stdout)["findings"][0] | {"message": ""} == {
        "code": "AKK01", "field": "voldaan_als", "severity": "error", "message": "",
    }  # fmt: skip
    tried = run("policy", "preview", "klein", policy, "--processes", 1)
    assert "1 van 1 dossiers veranderen; 0 houden hun beleid." in tried.stdout
    assert run("policy", "check", "klein").exit_code == 1  # there is no draft


def test_what_is_no_policy_is_a_sentence(klein: Scene, run: Run, policy: Path) -> None:
    for text in ("", "[]", "punten: 3", "versie: '1'\npunten: [{}]", "\xff", "a: &a [*a]"):
        policy.write_bytes(text.encode("latin-1"))
        outcome = run("policy", "check", "klein", policy)
        assert outcome.exit_code == 1 and (outcome.exception or outcome.stdout)


WAIT = {"type": "getal", "waarde": None, "betekenis": "Na hoeveel dagen.", "standing": "[U]", "te_bevestigen": True}


def test_instellingen_are_shown_and_filled_in(klein: Scene, run: Run, policy: Path) -> None:
    assert run("policy", "settings", "klein").stdout == "0 instellingen, 0 te bevestigen.\n"
    content = {**yaml.safe_load(policy.read_text()), "instellingen": {"wachttijd": WAIT}}
    policy.write_text(yaml.safe_dump(content))
    run("policy", "import", "klein", policy, "--by", "petra")
    shown = run("policy", "settings", "klein", "--draft", "--unsure").stdout
    assert shown.startswith("wachttijd: niet ingevuld (te bevestigen)\n  Na hoeveel dagen.\n")

    fill = ("policy", "set", "klein", "wachttijd")
    done = run(*fill, "5", "--by", "petra", "--basis", "Afspraak", "--confirmed")
    assert done.stdout == "wachttijd: 5, bewaard in het concept van klein.\n"
    (row,) = json.loads(run("policy", "settings", "klein", "--draft", "--json").stdout)["instellingen"]
    assert (row["value"], row["standing"], row["te_bevestigen"]) == (5, "Afspraak", False)
    assert run("policy", "settings", "klein", "--draft", "--unsure").stdout == "0 instellingen, 0 te bevestigen.\n"
    assert "Vul een getal in" in str(run(*fill, "zes", "--by", "petra").exception)
    assert "staat niet in het beleid" in str(run("policy", "set", "klein", "nee", "1", "--by", "petra").exception)
