"""Running the program as a person does, on a database of either kind."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bedrijfsbureau.cli import commands
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import BedrijfsbureauError
from tests.actions.conftest import KLEIN, Scene, on_stage, staged
from tests.databases import EMPTY, SECRET, Start

Run = Callable[..., Result]


def run_alone(*arguments: object) -> Result:
    """Fails when it ends in anything but an exit status, or an error raised on purpose."""
    result = CliRunner().invoke(commands, [str(argument) for argument in arguments])
    allowed = (SystemExit, BedrijfsbureauError)
    assert result.exception is None or isinstance(result.exception, allowed), repr(result.exception)
    return result


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    return staged(KLEIN) if "klein" in request.fixturenames else EMPTY


@pytest.fixture
def klein(database: Database, now: datetime) -> Scene:
    return on_stage(database, now, KLEIN)


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("dossier", "show", "D-1")` on the database of this test."""
    monkeypatch.setenv("BEDRIJFSBUREAU_SECRET", SECRET.hex())
    place = ("--database-url", database_url, "--data", tmp_path / "var")

    def on_this_database(*arguments: object) -> Result:
        return run_alone(*arguments, *place)

    return on_this_database
