"""`bedrijfsbureau model`: any file gets an answer, and never a traceback."""

import json
import os
from pathlib import Path

import pytest

from bedrijfsbureau.errors import BedrijfsbureauError, DossiersoortInvalid
from tests.actions.conftest import KLEIN, ROOT, shipped
from tests.cli.conftest import Run, run_alone
from tests.dmn.models import decision, definitions, table

KLEIN_BPMN = Path(__file__).parents[1] / "actions" / KLEIN / "klein.bpmn"
FOREIGN = Path(os.environ.get("BPMN_MIWG", "/nonexistent"))
SCRIPT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><scriptTask id="t" name="Rekenen"/>
<sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"""
JUNK = {
    "binary.bpmn": bytes(range(256)) * 40,
    "empty.bpmn": b"",
    "text.bpmn": b"dit is geen xml",
    "cut.bpmn": KLEIN_BPMN.read_bytes()[:3000],
    "html.bpmn": b"<html><body><p>404</p></body></html>",
    "entities.bpmn": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "utf16.bpmn": KLEIN_BPMN.read_text().encode("utf-16"),
    "deep.bpmn": b"<a>" * 5000,
    "huge.bpmn": b"<a>" + b" " * 6_000_000 + b"</a>",
    "null.bpmn": b"\x00" * 10_000,
}


@pytest.mark.parametrize("path", [*sorted((ROOT / "bpmn").glob("*/*.bpmn")), KLEIN_BPMN], ids=lambda path: path.name)
def test_what_ships_is_accepted(path: Path) -> None:
    result = run_alone("model", "check", path)

    assert (result.exit_code, result.output.splitlines()[0]) == (0, f"{path}: aanvaard")


def test_what_cant_run_is_refused_with_element_line_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "script.bpmn"
    path.write_text(SCRIPT)

    result = run_alone("model", "check", path)

    assert (result.exit_code, result.output.splitlines()[0]) == (1, f"{path}: geweigerd")
    assert "regel 2 t:" in result.output


def test_as_json_each_file_has_one_answer_of_one_shape(tmp_path: Path) -> None:
    path = tmp_path / "script.bpmn"
    path.write_text(SCRIPT)

    result = run_alone("model", "check", KLEIN_BPMN, path, tmp_path / "nergens.bpmn", "--json")

    accepted, refused, missing = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (accepted["file"], accepted["accepted"], accepted["problems"]) == (str(KLEIN_BPMN), True, [])
    assert (refused["accepted"], [problem["element"] for problem in refused["problems"]]) == (False, ["t"])
    assert [set(problem) for problem in refused["problems"]] == [{"element", "line", "code", "message"}]
    assert missing == {
        "file": str(tmp_path / "nergens.bpmn"),
        "accepted": False,
        "problems": [
            {
                "element": None,
                "line": None,
                "code": "onleesbaar",
                "message": f"{tmp_path / 'nergens.bpmn'} bestaat niet. Controleer de naam.",
            }
        ],
    }


@pytest.mark.parametrize("name", JUNK)
def test_junk_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(JUNK[name])

    result = run_alone("model", "check", tmp_path / name, "--json")

    (answer,) = json.loads(result.stdout)
    assert (result.exit_code, answer["accepted"]) == (1, False)
    assert all(problem["message"].endswith((".", "!")) for problem in answer["problems"])
    assert answer["problems"] != []


def test_a_folder_and_an_endless_file_are_refused(tmp_path: Path) -> None:
    result = run_alone("model", "check", tmp_path, "/dev/zero")

    assert result.exit_code == 1
    assert "is een map" in result.output and "is groter dan 5 MB" in result.output


def test_a_bad_neighbour_is_not_held_against_a_good_model(tmp_path: Path) -> None:
    (tmp_path / "goed.bpmn").write_bytes(KLEIN_BPMN.read_bytes())
    (tmp_path / "kapot.bpmn").write_bytes(JUNK["binary.bpmn"])
    (tmp_path / "map.bpmn").mkdir()

    assert run_alone("model", "check", tmp_path / "goed.bpmn").exit_code == 0


def test_a_process_in_a_file_beside_it_may_be_called(tmp_path: Path) -> None:
    folder = ROOT / "bpmn" / "asiel-pact"

    assert run_alone("model", "check", folder / "asiel-pact.bpmn").exit_code == 0
    alone = tmp_path / "asiel-pact.bpmn"
    alone.write_bytes((folder / "asiel-pact.bpmn").read_bytes())
    result = run_alone("model", "check", alone)
    assert (result.exit_code, "opvragen" in result.output) == (1, True)


def test_foreign_files_are_accepted_or_refused_with_a_reason() -> None:
    """For as many as there are in the folder BPMN_MIWG: the files of the BPMN Model Interchange Working Group."""
    files = sorted(FOREIGN.rglob("*.bpmn"))

    answers = json.loads(run_alone("model", "check", *files, "--json").stdout) if files else []

    assert [answer["file"] for answer in answers] == [str(file) for file in files]
    assert [answer["file"] for answer in answers if not answer["accepted"] and not answer["problems"]] == []


def test_publishing_a_folder_says_which_versions_hold_and_twice_changes_nothing(run: Run) -> None:
    for _ in range(2):
        assert run("model", "publish", KLEIN_BPMN.parent).output == "klein: proces versie 1, beleid versie 1\n"


def test_a_folder_that_is_no_dossiersoort_is_one_sentence(run: Run, tmp_path: Path) -> None:
    result = run("model", "publish", tmp_path)

    assert isinstance(result.exception, DossiersoortInvalid)


def test_a_policy_whose_example_fails_is_not_published(run: Run, tmp_path: Path) -> None:
    assert shipped(KLEIN).key == KLEIN
    folder = tmp_path / KLEIN
    for file in KLEIN_BPMN.parent.rglob("*"):
        if file.is_file():
            target = folder / file.relative_to(KLEIN_BPMN.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text().replace("persoon.naam != null", "persoon.naam = null"))

    result = run("model", "publish", folder)

    assert isinstance(result.exception, BedrijfsbureauError)
    assert "NAM01 op klein, voorbeeld 'compleet': verwacht voldaan, gevonden ontbreekt." in str(result.exception)


def test_a_file_of_decisions_is_examined_too(tmp_path: Path) -> None:
    path = tmp_path / "besluit.dmn"
    path.write_bytes(definitions(decision("a", table([(["<= 5"], ["1"]), ([">= 5"], ["2"])]))))

    result = run_alone("model", "check", ROOT / "bpmn" / "asiel-aa" / "prioriteit.dmn", path, "--json")

    good, refused = json.loads(result.stdout)
    assert (result.exit_code, good["accepted"], good["problems"]) == (1, True, [])
    assert (refused["accepted"], [problem["code"] for problem in refused["problems"]]) == (False, ["dmn_overlap"])
