"""Every scenario that ships with a dossiersoort, and the paths they leave out, played on both kinds of database."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from bedrijfsbureau.actions.publishing.processes import publish_dossiersoort
from bedrijfsbureau.cli.scenario.play import play
from bedrijfsbureau.cli.scenario.script import Scenario, read
from bedrijfsbureau.cli.scenario.world import Kinds, as_given
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM
from tests.databases import Start
from tests.scenarios.conftest import BPMN, shipped

FILES = [*sorted(BPMN.glob("*/scenarios/*.yaml")), *sorted(Path(__file__).parent.glob("paths/*.yaml"))]
SCENARIOS = [scenario for path in FILES for scenario in read(path)]
KINDS = Kinds()
JANUARY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def start(scenario: Scenario) -> Start:
    """The dossiersoort is published already, as this scenario and those like it set it."""
    soort = as_given(shipped()[scenario.soort], scenario.given)
    policy = orjson.dumps(soort.to_json()["policy"], option=orjson.OPT_SORT_KEYS)

    def publish(database: Database) -> None:
        with transaction(database, SYSTEM, JANUARY) as tx:
            publish_dossiersoort(tx, soort)

    return Start(f"{soort.key}-{hashlib.sha256(policy).hexdigest()[:16]}", publish)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.key}-{scenario.variant}".rstrip("-"))
def test_it_goes_as_expected(database: Database, scenario: Scenario) -> None:
    outcome = play(database, shipped()[scenario.soort], scenario, KINDS)
    assert (outcome.step, outcome.differences) == ("", ())
