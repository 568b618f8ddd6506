"""A seeded office, and a count of the statements that a query sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.model import SYSTEM, Actor, Medewerker
from tests.databases import EMPTY, Start
from tests.web.conftest import fill_office


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    return Start("office", fill_office) if "office" in request.fixturenames else EMPTY


@pytest.fixture
def office(database: Database) -> Database:
    return database


def actor_of(database: Database, username: str, now: datetime) -> Actor:
    with reading(database, SYSTEM, now) as tx:
        query = select(Medewerker).where(Medewerker.username == username).options(selectinload(Medewerker.teams))
        return tx.session.scalars(query).one().as_actor()


@contextmanager
def counting(tx: Tx) -> Iterator[list[str]]:
    """The statements sent inside the block."""
    seen: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    engine = tx.database.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listen)
