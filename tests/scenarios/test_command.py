"""`bedrijfsbureau scenario`: what an owner sees when a scenario goes right, goes wrong, or can't be read."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bedrijfsbureau.cli.scenario import scenario
from bedrijfsbureau.cli.scenario.script import read
from bedrijfsbureau.errors import DossiersoortInvalid

BPMN = Path(__file__).parents[2] / "bpmn"
RECEIPT = "ontvangst-omgevingsvergunning"
BEGIN = f"id: X-01\ntitle: Proef\ndossiersoort: {RECEIPT}\n"
GIVEN = "given:\n  at: 2011-10-11T09:00\n  keep: []\n  stukken: []\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The receipt of an omgevingsvergunning, with no scenarios yet."""
    copied = tmp_path / RECEIPT
    shutil.copytree(BPMN / RECEIPT, copied, ignore=shutil.ignore_patterns("scenarios"))
    (copied / "scenarios").mkdir()
    return copied


def write(folder: Path, text: str) -> Path:
    path = folder / "scenarios" / "X-01.yaml"
    path.write_text(text)
    return path


def play(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(scenario, [str(each) for each in arguments], catch_exceptions=False)
    return result.exit_code, result.output


def test_a_folder_that_does_what_it_should(folder: Path) -> None:
    write(folder, BEGIN + GIVEN + "expect:\n  open: [t01_ontvangst]\n")
    assert play(folder) == (0, "goed   X-01 Proef\n")


def test_a_difference_names_the_step_and_both_values(folder: Path) -> None:
    steps = "steps:\n  - at: 2011-10-12\n    expect: {stage: afgerond, verdicts: {ONT01: ontbreekt}}\n"
    path = write(folder, BEGIN + GIVEN + steps)
    assert play(path) == (
        1,
        "anders X-01 Proef: stap 1 (12-10-2011 09:00)\n"
        "         stage: verwacht afgerond, is voorbereiding\n",
    )


def test_the_same_as_json(folder: Path) -> None:
    path = write(folder, BEGIN + GIVEN + "expect:\n  open: []\n")
    status, output = play(path, "--json")
    assert (status, json.loads(output)) == (
        1,
        [
            {
                "id": "X-01",
                "title": "Proef",
                "variant": "",
                "ok": False,
                "step": "het begin",
                "differences": ["open: verwacht [], is [t01_ontvangst]"],
            }
        ],
    )


def test_an_action_that_is_refused_and_should_not_be(folder: Path) -> None:
    steps = "steps:\n  - at: 2011-10-12\n    do: [{complete: t02_controleren}]\n"
    path = write(folder, BEGIN + GIVEN + steps)
    assert play(path)[1].splitlines()[1].strip() == (
        "complete: t02_controleren is geweigerd: De taak 't02_controleren' is niet open. Open zijn: t01_ontvangst."
    )


def test_an_action_that_should_be_refused_and_is_not(folder: Path) -> None:
    steps = "steps:\n  - at: 2011-10-12\n    do: [{set: {aanvraag.kanaal: balie}, refused: InvalidInput}]\n"
    path = write(folder, BEGIN + GIVEN + steps)
    assert play(path)[1].splitlines()[1].strip() == (
        "set: aanvraag.kanaal is gelukt, en had geweigerd moeten worden (InvalidInput)"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BEGIN, "X-01.yaml, regel 1: 'given.at' ontbreekt: het moment waarop het dossier opent."),
        (BEGIN + "given: {at: morgen}\n", "X-01.yaml, regel 4 (given.at): hier moet een moment staan als "),
        (BEGIN + GIVEN + "expect: {open: t01}\n", "X-01.yaml, regel 8 (expect.open): hier moet een lijst staan."),
        (BEGIN + GIVEN + "expect: {opn: []}\n", "X-01.yaml, regel 8 (expect.opn): 'opn' bestaat hier niet."),
        (BEGIN + GIVEN + "steps: [{at: 2011-10-12, do: [{doe: dit}]}]\n", "X-01.yaml, regel 8 (steps.0.do.0): een "),
        (
            BEGIN + GIVEN + "steps: [{at: 2011-10-13, do: []}, {at: 2011-10-12, do: []}]\n",
            "X-01.yaml, regel 1: de stappen staan niet in de volgorde van hun momenten.",
        ),
    ],
)
def test_a_mistake_in_the_file_is_pointed_at(folder: Path, text: str, message: str) -> None:
    with pytest.raises(DossiersoortInvalid) as caught:
        read(write(folder, text))
    assert str(caught.value)[: len(message)] == message


def test_a_variant_replaces_and_adds(folder: Path) -> None:
    first, second = read(
        write(
            folder,
            BEGIN
            + "given: {at: 2011-10-11T09:00, keep: [aanvraag], changes: {a.b: 1}}\n"
            + "expect: {stage: voorbereiding}\n"
            + "variants:\n"
            + "  - {name: een}\n"
            + "  - {name: twee, given: {at: 2011-10-12, keep: [], changes: {a.c: 2}}, expect: {open: []}}\n",
        )
    )
    assert (first.name, first.given["keep"]) == ("X-01 Proef (een)", ["aanvraag"])
    assert first.expect == {"stage": "voorbereiding"}
    assert (second.at.isoformat(), second.given["keep"]) == ("2011-10-12T09:00:00+02:00", [])
    assert (second.given["changes"], second.expect) == ({"a.b": 1, "a.c": 2}, {"open": []})
