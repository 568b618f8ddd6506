"""Databases in which the shipped dossiersoorten are published already: publishing once a run is enough."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import processes
from bedrijfsbureau.database import connect, transaction
from bedrijfsbureau.model import SYSTEM
from tests import conftest as shared

BPMN = Path(__file__).parents[2] / "bpmn"


@cache
def shipped() -> dict[str, dossiersoort.Dossiersoort]:
    return {path.parent.name: dossiersoort.read(path.parent) for path in sorted(BPMN.glob("*/soort.yaml"))}


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path) -> Path:
    published = sqlite_template.with_name("published.sqlite")
    shutil.copy(sqlite_template, published)
    publish(f"sqlite:///{published}", published.parent)
    return published


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_template: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    server, empty = postgresql_template
    published = f"{empty}_published_{os.urandom(2).hex()}"
    shared._on_server(server, f'CREATE DATABASE "{published}" TEMPLATE "{empty}"')
    try:
        publish(shared._url(server, published), tmp_path_factory.mktemp("files"))
        yield server, published
    finally:
        shared._on_server(server, f'DROP DATABASE "{published}" WITH (FORCE)')


def publish(url: str, files: Path) -> None:
    opened = connect(url, shared.SECRET, files)
    try:
        for soort in shipped().values():
            with transaction(opened, SYSTEM, datetime(2026, 1, 5, 8, 0, tzinfo=UTC)) as tx:
                processes.publish_dossiersoort(tx, soort)
    finally:
        opened.dispose()
