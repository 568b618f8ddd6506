"""Free-form work on the page of a dossier: begun with a button, then on the worklist."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, Role, Task
from tests.actions.conftest import KLEIN
from tests.actions.free_form import free_form
from tests.databases import NOW, Start
from tests.web.office import hashed
from tests.web.test_twice import form_at
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
STAFF = (("noor", Role.MEDEWERKER), ("auke", Role.AUDITOR))


def fill(database: Database) -> None:
    with transaction(database, SYSTEM, NOW) as tx:
        locatie_id = people.add_locatie(tx, "Ter Apel").id
        people.add_team(tx, "BB", "Bedrijfsbureau")
        for username, role in STAFF:
            hired = people.add_medewerker(
                tx, username=username, name=username.title(), role=role, locatie_id=locatie_id, teams=("BB",)
            )
            hired.password_hash = hashed()
    perform(database, SYSTEM, NOW, processes.publish_dossiersoort, free_form())
    perform(database, SYSTEM, NOW, dossiers.open_dossier, soort=KLEIN, locatie_id=locatie_id, gegevens={})


@pytest.fixture
def start() -> Start:
    return Start("free-form", fill)


@pytest.fixture
def path(office: Database, now: datetime) -> str:
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(Locatie.id)).one()
        return f"/dossiers/{tx.session.scalars(select(Dossier.id)).one()}"


def test_a_button_begins_it_once_and_it_is_on_the_worklist(
    log_in: LogIn, path: str, office: Database, now: datetime
) -> None:
    client = log_in("noor")
    page = text_of(client.get(path).text)
    assert "Ook mogelijk Nabellen Beginnen voor team BB" in page
    assert "alleen met bevoegdheid medisch" in page
    filled = form_at(client, f"{path}/taken", f"{path}/werk")

    answers = [client.post(f"{path}/werk", data=filled) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    with reading(office, SYSTEM, now) as tx:
        begun = tx.session.scalars(select(Task.name).where(Task.element == "t_bellen")).all()
    assert begun == ["Nabellen"]
    assert "Nabellen" in text_of(client.get("/werkvoorraad/mijn-team").text)
    assert "Begonnen: Nabellen." in text_of(client.get(f"{path}/verloop").text)


def test_who_only_looks_gets_no_button(log_in: LogIn, path: str) -> None:
    page = log_in("auke").get(path).text
    assert "Ook mogelijk" in page
    assert f'action="{path}/werk"' not in page
