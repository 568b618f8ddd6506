"""`bedrijfsbureau model migrate`: propose, try, move, and put back."""

import json
from pathlib import Path

import pytest
import yaml

from tests.actions.conftest import Scene
from tests.actions.moving.test_migrating import MAPPING, RENAMED, publish
from tests.actions.moving.test_move_runs import owner
from tests.cli.conftest import Run

VERSIONS = ("--from", 1, "--to", 2)


def test_propose_try_move_and_put_back(klein: Scene, run: Run, tmp_path: Path) -> None:
    stays, moves = klein.open_dossier(), klein.open_dossier()
    klein.do(moves, "t_naam", {"persoon.naam": "Ada"})
    publish(klein, RENAMED)
    proposed = yaml.safe_load(run("model", "migrate", "klein", *VERSIONS, "--propose").stdout)
    proposed["mapping"] |= {**MAPPING, "t_naam": None}
    plan = tmp_path / "plan.yaml"
    plan.write_text(yaml.safe_dump(proposed))
    number = klein.dossier(stays).number
    why = ["Stap 'Naam vastleggen' (t_naam) heeft geen tegenhanger in de nieuwe versie."]
    expected = {"dossiersoort": "klein", "from": 1, "to": 2, "moved": 1, "paused": False}
    expected["stayed"] = [{"number": number, "reasons": why}]

    tried = run("model", "migrate", "klein", "--plan", plan, "--dry-run", "--json")
    assert (json.loads(tried.stdout), tried.exit_code) == (expected, 1)
    assert "proces_gewijzigd" not in klein.kinds(moves)

    done = run("model", "migrate", "klein", "--plan", plan)
    assert done.stdout == f"{number} blijft waar het is\n  {why[0]}\nVerhuisd: 1; blijft: 1.\n"
    assert "tm_dag" in klein.dossier(moves).active

    back = run("model", "migrate", "klein", *VERSIONS, "--undo")
    assert (back.stdout, back.exit_code) == ("Teruggezet: 1; blijft: 0.\n", 0)
    assert "tm_oproep" in klein.dossier(moves).active


@pytest.mark.parametrize("text", ["[", "[]", "mapping: 3", "from: 2", "x: 1", "mapping: {a: {}}", "\x00", "- " * 5000])
def test_what_is_no_plan_is_a_sentence(klein: Scene, run: Run, tmp_path: Path, text: str) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(text)
    assert run("model", "migrate", "klein", *VERSIONS, "--plan", plan).exit_code == 1


def test_one_thing_at_a_time(klein: Scene, run: Run) -> None:
    assert run("model", "migrate", "klein", *VERSIONS, "--undo", "--dry-run").exit_code == 1


def test_who_orders_it_stands_in_the_history(klein: Scene, run: Run) -> None:
    dossier_id = klein.open_dossier()
    publish(klein, RENAMED)
    assert run("model", "migrate", "klein", *VERSIONS, "--by", "niemand").exit_code == 1
    assert run("model", "migrate", "klein", *VERSIONS, "--by", "anna").exit_code == 1  # no proceseigenaar
    owner(klein)

    assert run("model", "migrate", "klein", *VERSIONS, "--by", "petra").exit_code == 0

    assert klein.events(dossier_id)[-1].actor == "Petra"
