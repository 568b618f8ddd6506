"""A browser without a screen on the seeded office: signing in, posting forms, counting statements."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, Task
from bedrijfsbureau.web import Config, create_app
from bedrijfsbureau.web.current import NAME, Installation
from tests.databases import NOW, Start
from tests.e2e.server import serving
from tests.web.office import PASSWORD, fill
from tests.web.released import SOORT, add_complete, dossier_id, release, shipped

OPENED = "D-2026-05000"
GEGEVENS = {"aanvraag": {"soort": "eerste"}, "persoon": {"naam": "<b>Haile</b>"}}
NOTICE = "Alle gegevens zijn verzonnen voorbeelden."


def fill_office(database: Database) -> None:
    with transaction(database, SYSTEM, NOW) as tx:
        fill(tx)


def fill_with_task(database: Database) -> None:
    """A real dossier as well: just opened, nearly everything is missing."""
    fill_office(database)
    with reading(database, SYSTEM, NOW) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id).where(Locatie.name == "Ter Apel")).one()
    perform(database, SYSTEM, NOW, processes.publish_dossiersoort, shipped())
    opened = {"soort": SOORT, "locatie_id": locatie_id, "gegevens": GEGEVENS, "number": OPENED}
    perform(database, SYSTEM, NOW, dossiers.open_dossier, **opened)


def fill_with_complete(database: Database) -> None:
    """A dossier as well in which everything is done but vrijgeven."""
    fill_office(database)
    add_complete(database, NOW)


def fill_with_released(database: Database) -> None:
    fill_office(database)
    release(database, NOW, add_complete(database, NOW))


FILLED = {"task_path": fill_with_task, "complete": fill_with_complete, "released": fill_with_released}


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    """The office, and in it the dossier that the test asks for by a fixture of FILLED."""
    asked = [Start(name, fill) for name, fill in FILLED.items() if name in request.fixturenames]
    return asked[0] if asked else Start("office", fill_office)


@pytest.fixture
def office(database: Database) -> Database:
    """The database with everything in it; people log in with PASSWORD."""
    return database


@pytest.fixture(scope="session")
def applications() -> list[Flask]:
    """The one of this worker, once it is made: that takes a quarter of a second."""
    return []


@pytest.fixture
def app(applications: list[Flask], office: Database, now: datetime) -> Flask:
    """The application of all tests, now for the database and the clock of this one."""
    config = Config(https=False, clock=lambda: now, notice=NOTICE)
    if not applications:
        applications.append(create_app(office, config))
    applications[0].extensions[NAME] = Installation(office, config)
    return applications[0]


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
    """The address of the first task of a real dossier: "Aanvraag controleren", or of nobody yet."""
    with reading(office, SYSTEM, now) as tx:
        return f"/taken/{tx.session.scalars(select(Task.id).join(Dossier).where(Dossier.number == OPENED)).one()}"


@pytest.fixture
def complete(office: Database, now: datetime) -> int:
    """The dossier in which only vrijgeven is left."""
    return dossier_id(office, now)


@pytest.fixture
def released(office: Database, now: datetime) -> int:
    """The dossier that is released to the gehoor."""
    return dossier_id(office, now)
