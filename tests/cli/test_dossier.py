"""`bedrijfsbureau dossier`: importing, and asking what a dossier misses."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Dossier
from tests.actions.conftest import Scene
from tests.cli.conftest import Run


def line(key: str, **changes: Any) -> str:
    return json.dumps({"sleutel": key, "dossiersoort": "klein", "locatie": "Ter Apel", **changes}) + "\n"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def count(scene: Scene) -> int:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.scalars(select(func.count(Dossier.id))).one()


WRONG = line("A-2", locatie="Atlantis", gegevens={"persoon": {"leeftijd": 3}})
MIXED = line("A-1") + WRONG + "geen json\n" + line("A-3")


def test_bad_rows_are_named_by_line_and_field_and_the_others_come_in(klein: Scene, run: Run, tmp_path: Path) -> None:
    result = run("dossier", "import", written(tmp_path, "in.jsonl", MIXED))

    assert result.exit_code == 1
    assert "2 dossiers geïmporteerd, 0 waren er al, 2 rijen met fouten." in result.output
    for said in ("regel 2, locatie: ", "regel 2, persoon.leeftijd: ", "regel 3: Dit is geen geldige JSON"):
        assert said in result.output
    assert count(klein) == 2


def test_as_json_it_says_the_same_to_a_program(klein: Scene, run: Run, tmp_path: Path) -> None:
    result = run("dossier", "import", written(tmp_path, "in.jsonl", MIXED), "--json")

    outcome = json.loads(result.stdout)
    assert (outcome["imported"], outcome["known"]) == (2, 0)
    assert [(fault["line"], fault["field"]) for fault in outcome["faults"]] == [
        (2, "locatie"),
        (2, "persoon.leeftijd"),
        (3, ""),
    ]


def test_csv_comes_in_as_well(klein: Scene, run: Run, tmp_path: Path) -> None:
    text = "sleutel;dossiersoort;locatie;persoon.naam;stukken\nA-1;klein;Ter Apel;Zoë;paspoort\n"

    result = run("dossier", "import", written(tmp_path, "in.csv", b"\xef\xbb\xbf" + text.encode()))

    assert (result.exit_code, result.output) == (0, "1 dossiers geïmporteerd, 0 waren er al, 0 rijen met fouten.\n")
    assert [row.heading for row in all_dossiers(klein)] == ["Zoë"]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(klein: Scene, run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "in.jsonl", MIXED)

    result = run("dossier", "import", file, "--dry-run")

    assert "2 dossiers kunnen worden geïmporteerd, 0 waren er al, 2 rijen met fouten." in result.output
    assert count(klein) == 0


def test_importing_twice_changes_nothing(klein: Scene, run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "in.jsonl", line("A-1") + line("A-2"))
    run("dossier", "import", file)

    result = run("dossier", "import", file)

    assert (result.exit_code, count(klein)) == (0, 2)
    assert result.output == "0 dossiers geïmporteerd, 2 waren er al, 0 rijen met fouten.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x7fELF\x02\x01\x01\x00\xff\xfe\xfd", "is geen tekst in UTF-8"),
        ("é".encode("utf-16"), "is geen tekst in UTF-8"),
        (None, "bestaat niet"),
    ],
)
def test_a_file_that_cant_be_read_is_one_sentence(
    klein: Scene, run: Run, tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "nergens.jsonl" if content is None else written(tmp_path, "in.jsonl", content)

    result = run("dossier", "import", path)

    assert isinstance(result.exception, InvalidInput)
    assert message in str(result.exception) and "\n" not in str(result.exception)


def test_a_folder_and_an_endless_file_are_refused(
    klein: Scene, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedrijfsbureau.cli.dossier.LARGEST_FILE", 1_000_000)

    for path, message in ((tmp_path, "is een map"), (Path("/dev/zero"), "is groter dan 1 MB")):
        result = run("dossier", "import", path)
        assert isinstance(result.exception, InvalidInput)
        assert message in str(result.exception)


def test_show_tells_where_a_dossier_stands(klein: Scene, run: Run) -> None:
    number = klein.dossier(klein.open_dossier({"persoon": {"naam": "Zoë"}})).number

    assert run("dossier", "show", number).output.startswith("D-2026-00001  Zoë  (planning)\n")
    shown = json.loads(run("dossier", "show", number, "--json").stdout)
    assert (shown["stage"], sorted(task["element"] for task in shown["tasks"])) == ("planning", ["t_naam", "t_punt"])


def test_show_says_what_becomes_true_if_a_stuk_arrives_today(klein: Scene, run: Run) -> None:
    number = klein.dossier(klein.open_dossier({"persoon": {"naam": "Zoë"}})).number

    said = run("dossier", "show", number).output
    assert "Komt Paspoort vandaag binnen (levert: aanvrager), dan is het dossier behandelklaar." in said

    shown = json.loads(run("dossier", "show", number, "--json").stdout)
    (arrival,) = shown["if_it_arrives"]
    assert (arrival["stuk"], arrival["behandelklaar"], arrival["settles"]) == ("paspoort", True, ["PAS01"])
    item = next(each for each in shown["items"] if each["code"] == "PAS01")
    assert (item["state"], item["reason"], item["blocks"]) == ("ontbreekt", "Het paspoort ontbreekt.", True)
    assert (item["partij"], item["evidence"], item["if_in_order"]["open"]) == ("aanvrager", [], 0)


def test_check_says_what_is_missing_and_by_whom_until_nothing_blocks(klein: Scene, run: Run, tmp_path: Path) -> None:
    number = klein.dossier(klein.open_dossier({"persoon": {"naam": "A"}})).number

    result = run("dossier", "check", number)
    assert (result.exit_code, "PAS01" in result.output, "aanvrager" in result.output) == (1, True, True)
    assert "1 punten blokkeren." in result.output
    outcome = json.loads(run("dossier", "check", number, "--json").stdout)
    assert (outcome["behandelklaar"], outcome["verdicts"]["PAS01"]["state"]) == (False, "ontbreekt")

    complete = line("A-1", gegevens={"persoon": {"naam": "A"}}, stukken=[{"soort": "paspoort"}])
    run("dossier", "import", written(tmp_path, "in.jsonl", complete))
    newest = max(row.number for row in all_dossiers(klein))
    result = run("dossier", "check", newest)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Behandelklaar.")


def all_dossiers(scene: Scene) -> list[Dossier]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return list(tx.session.scalars(select(Dossier)))


@pytest.mark.parametrize("command", ["show", "check"])
def test_an_unknown_number_is_one_sentence(klein: Scene, run: Run, command: str) -> None:
    result = run("dossier", command, "D-2026-99999")

    assert isinstance(result.exception, NotFound)
    assert str(result.exception) == "Dossier 'D-2026-99999' bestaat niet. Controleer het nummer."
