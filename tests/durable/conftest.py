"""The smallest published dossiersoort, on either kind of database."""

from datetime import datetime

import pytest

from bedrijfsbureau.database import Database
from tests.actions.conftest import KLEIN, Scene, on_stage, staged
from tests.databases import EMPTY, Start


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    return staged(KLEIN) if "klein" in request.fixturenames else EMPTY


@pytest.fixture
def klein(database: Database, now: datetime) -> Scene:
    return on_stage(database, now, KLEIN)
