"""A browser without a screen on the seeded office: signing in, posting forms, counting statements."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

import bedrijfsbureau
from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, processes
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, Task
from bedrijfsbureau.web import Config, create_app
from tests.e2e.server import serving
from tests.web.office import PASSWORD, fill

SOORT = Path(bedrijfsbureau.__file__).parents[1] / "bpmn" / "asiel-aa"
GEGEVENS = {"aanvraag": {"soort": "eerste"}, "persoon": {"naam": "<b>Haile</b>"}}
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
def address(office: Database, now: datetime) -> Iterator[str]:
    """Where a browser finds the application; its last request is answered before the database closes."""
    with serving(office, lambda: now) as url:
        yield url


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


@pytest.fixture
def task_path(office: Database, now: datetime) -> str:
    """The address of the first task of a real dossier: "Aanvraag controleren", of nobody yet."""
    with reading(office, SYSTEM, now) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id).where(Locatie.name == "Ter Apel")).one()
    perform(office, SYSTEM, now, processes.publish_dossiersoort, dossiersoort.read(SOORT))
    opened = {"soort": "asiel-aa", "locatie_id": locatie_id, "gegevens": GEGEVENS, "number": "D-2026-05000"}
    perform(office, SYSTEM, now, dossiers.open_dossier, **opened)
    with reading(office, SYSTEM, now) as tx:
        task = select(Task.id).join(Dossier).where(Dossier.number == "D-2026-05000")
        return f"/taken/{tx.session.scalars(task).one()}"
