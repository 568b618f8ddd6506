"""Databases in which the shipped dossiersoorten are published already: publishing once a run is enough."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import processes
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM
from tests.databases import Start

BPMN = Path(__file__).parents[2] / "bpmn"


@cache
def shipped() -> dict[str, dossiersoort.Dossiersoort]:
    return {path.parent.name: dossiersoort.read(path.parent) for path in sorted(BPMN.glob("*/soort.yaml"))}


def publish(database: Database) -> None:
    for soort in shipped().values():
        with transaction(database, SYSTEM, datetime(2026, 1, 5, 8, 0, tzinfo=UTC)) as tx:
            processes.publish_dossiersoort(tx, soort)


@pytest.fixture
def start() -> Start:
    return Start("published", publish)
