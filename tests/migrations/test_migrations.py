"""The migrations, up and down, on both kinds of database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect

from bedrijfsbureau.cli import schema
from bedrijfsbureau.database import Database
from bedrijfsbureau.model import Base


@pytest.fixture
def upgraded(database: Database) -> Iterator[Database]:
    """A database that had every migration."""
    assert schema.is_current(database.engine)
    yield database


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_the_tables_are_those_of_the_code(upgraded: Database) -> None:
    schema.check(upgraded.engine)

    assert tables(upgraded) == set(Base.metadata.tables)


def test_down_leaves_nothing_and_up_again_makes_the_same(upgraded: Database) -> None:
    schema.downgrade(upgraded.engine, "base")
    assert (tables(upgraded), schema.is_current(upgraded.engine)) == (set(), False)

    schema.upgrade(upgraded.engine)
    schema.check(upgraded.engine)
    assert tables(upgraded) == set(Base.metadata.tables)


def test_every_foreign_key_is_enforced(upgraded: Database) -> None:
    """Every table but those that stand alone refers to another, under a name of ours."""
    names = [key["name"] for table in tables(upgraded) for key in inspect(upgraded.engine).get_foreign_keys(table)]

    assert names != [] and all(name and name.startswith("fk_") for name in names)
