"""The smallest published dossiersoort, on either kind of database."""

from datetime import datetime

import pytest

from bedrijfsbureau.database import Database
from tests.actions.conftest import KLEIN, Scene, stage


@pytest.fixture
def klein(database: Database, now: datetime) -> Scene:
    return stage(database, now, KLEIN)
