"""Every scenario that ships with a dossiersoort, played on both kinds of database."""

from functools import cache
from pathlib import Path

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.cli.scenario.play import play
from bedrijfsbureau.cli.scenario.script import Scenario, read
from bedrijfsbureau.database import Database

BPMN = Path(__file__).parents[2] / "bpmn"
SCENARIOS = [scenario for path in sorted(BPMN.glob("*/scenarios/*.yaml")) for scenario in read(path)]


@cache
def soort(key: str) -> dossiersoort.Dossiersoort:
    return dossiersoort.read(BPMN / key)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.key}-{scenario.variant}".rstrip("-"))
def test_it_goes_as_expected(database: Database, scenario: Scenario) -> None:
    outcome = play(database, soort(scenario.soort), scenario)
    assert (outcome.step, outcome.differences) == ("", ())
