"""Every scenario that ships with a dossiersoort, and the paths they leave out, played on both kinds of database."""

from pathlib import Path

import pytest

from bedrijfsbureau.cli.scenario.play import play
from bedrijfsbureau.cli.scenario.script import Scenario, read
from bedrijfsbureau.cli.scenario.world import Kinds
from bedrijfsbureau.database import Database
from tests.scenarios.conftest import BPMN, shipped

FILES = [*sorted(BPMN.glob("*/scenarios/*.yaml")), *sorted(Path(__file__).parent.glob("paths/*.yaml"))]
SCENARIOS = [scenario for path in FILES for scenario in read(path)]
KINDS = Kinds()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.key}-{scenario.variant}".rstrip("-"))
def test_it_goes_as_expected(database: Database, scenario: Scenario) -> None:
    outcome = play(database, shipped()[scenario.soort], scenario, KINDS)
    assert (outcome.step, outcome.differences) == ("", ())
