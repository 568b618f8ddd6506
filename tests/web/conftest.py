"""A browser without a screen on the seeded office: signing in, posting forms, counting statements."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.web import Config, create_app
from tests.web.office import PASSWORD, fill

NOTICE = "Alle gegevens zijn verzonnen voorbeelden."


@pytest.fixture
def office(database: Database, now: datetime) -> Database:
    """The database with everything in it; people log in with PASSWORD."""
    with transaction(database, SYSTEM, now) as tx:
        fill(tx)
    return database


@pytest.fixture
def app(office: Database, now: datetime) -> Flask:
    return create_app(office, Config(https=False, clock=lambda: now, notice=NOTICE))


@pytest.fixture
def log_in(app: Flask) -> Callable[[str], FlaskClient]:
    """A browser in which this username is signed in."""

    def signed_in(username: str) -> FlaskClient:
        client = app.test_client()
        answer = post(client, "/inloggen", gebruikersnaam=username, wachtwoord=PASSWORD)
        assert answer.status_code == 302
        return client

    return signed_in


def post(client: FlaskClient, path: str, page: str = "/inloggen", **fields: Any) -> Any:
    """Post a form as a browser does: with the token of a page seen before."""
    html = client.get(page, follow_redirects=True).get_data(as_text=True)
    token = html.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    return client.post(path, data={"csrf_token": token, **fields})


@pytest.fixture
def statements(office: Database) -> Iterator[list[str]]:
    """Every SQL statement that is sent while the test runs."""
    seen: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(office.engine, "before_cursor_execute", listen)
    yield seen
    event.remove(office.engine, "before_cursor_execute", listen)
