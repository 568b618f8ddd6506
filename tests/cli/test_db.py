"""`bedrijfsbureau db`: the schema, upgraded and compared with the tables of the code."""

from pathlib import Path

import pytest

from bedrijfsbureau.cli import schema
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import DatabaseUnavailable
from tests.cli.conftest import Run, run_alone


def test_upgrading_makes_an_empty_database_ready_and_twice_changes_nothing(tmp_path: Path) -> None:
    place = ("--database-url", f"sqlite:///{tmp_path}/new.sqlite", "--data", tmp_path / "var")

    for _ in range(2):
        result = run_alone("db", "upgrade", *place)
        assert (result.exit_code, result.output) == (0, "De database heeft het nieuwste schema.\n")

    assert run_alone("db", "check", *place).exit_code == 0


def test_the_migrations_make_the_tables_of_the_code(run: Run) -> None:
    assert run("db", "check").exit_code == 0


def test_a_database_that_lags_behind_is_one_sentence(run: Run, database: Database) -> None:
    schema.downgrade(database.engine, "base")

    result = run("db", "check")

    assert isinstance(result.exception, DatabaseUnavailable)
    assert str(result.exception).startswith("De migraties lopen achter op de tabellen:")


@pytest.mark.parametrize("url", ["postgresql+psycopg://niemand@127.0.0.1:9/niets", "sqlite:////nergens/niets.sqlite"])
def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path, url: str) -> None:
    result = run_alone("db", "upgrade", "--database-url", url, "--data", tmp_path / "var")

    assert isinstance(result.exception, DatabaseUnavailable)


@pytest.mark.parametrize("url", ["geen url", "mysql://x@y/z", "sqlite+onzin:///x"])
def test_a_url_that_is_none_is_one_sentence(tmp_path: Path, url: str) -> None:
    result = run_alone("db", "upgrade", "--database-url", url, "--data", tmp_path / "var")

    assert "sqlite:///" in str(result.exception) and "postgresql+psycopg://" in str(result.exception)
