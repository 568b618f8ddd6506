import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Medewerker, Task
from tests.web.conftest import post

LogIn = Callable[[str], FlaskClient]


def holders(office: Database, now: datetime, *task_ids: str) -> list[str | None]:
    with reading(office, SYSTEM, now) as tx:
        query = select(Task.id, Medewerker.username).outerjoin(Medewerker, Medewerker.id == Task.assignee_id)
        found = {row[0]: row[1] for row in tx.session.execute(query)}
    return [found[task_id] for task_id in task_ids]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_my_tasks_stand_under_the_day_they_are_due(log_in: LogIn) -> None:
    page = text_of(log_in("noor").get("/werkvoorraad").text)
    groups = ("Vandaag 3 taken", "Deze week 4 taken", "Later 2 taken", "Zonder datum 1 taak")
    places = [page.index(text) for text in groups]
    assert places == sorted(places)
    assert "3 taken moeten vandaag af. Bij 4 taken bent u de laatste stap voor behandelklaar." in page
    assert "herstellen D-2026-04127 R. Ahmadi, Iran · Farsi nog 1 aan u 2 dagen te laat za 21 nov. hoog" in page
    assert "bevestigen D-2026-04671 F. Warsame, Somalië · Somali nog 1 COA , dag 4 morgen di 24 nov." in page


def test_the_strip_says_what_it_shows(log_in: LogIn) -> None:
    page = log_in("noor").get("/werkvoorraad?taak=Tolk boeken").text
    assert 'aria-label="2 blokkeren, waarvan 1 wacht op een ander, 1 adviseert, 11 in orde, 1 vrijgesteld"' in page
    assert page.count('class="strip"') == 1


def test_tasks_are_taken_given_back_and_undone(log_in: LogIn, office: Database, now: datetime) -> None:
    client, chosen = log_in("noor"), ["D-2026-04619-1", "D-2026-04588-1"]
    answer = post(client, "/werkvoorraad/taken", "/werkvoorraad", taak=chosen, actie="neem", lijst="mijn-team")
    assert answer.location == "/werkvoorraad/mijn-team"
    assert holders(office, now, *chosen) == ["noor", "noor"]
    assert "09:00: 2 taken genomen." in client.get(answer.location).text
    post(client, "/werkvoorraad/ongedaan", "/werkvoorraad")
    assert holders(office, now, *chosen) == [None, None]
    assert "2 taken terug naar het team." in client.get("/werkvoorraad").text


def test_a_task_of_a_colleague_stays_and_the_others_move(log_in: LogIn, office: Database, now: datetime) -> None:
    client, chosen = log_in("noor"), ["D-2026-04690-1", "D-2026-04619-1", "D-2026-09001-1"]
    post(client, "/werkvoorraad/taken", "/werkvoorraad", taak=chosen, actie="neem")
    assert holders(office, now, *chosen) == ["sam", "noor", "zeger"]
    page = client.get("/werkvoorraad").text
    assert "1 taak genomen. 2 lukten niet: Sam Bakker is met deze taak bezig." in page


def test_the_next_task_of_the_team_is_taken_at_once(log_in: LogIn, office: Database, now: datetime) -> None:
    answer = post(log_in("sam"), "/werkvoorraad/volgende", "/werkvoorraad", behalve="D-2026-04690-1")
    assert answer.location == "/taken/D-2026-04619-1"
    assert holders(office, now, "D-2026-04619-1") == ["sam"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/werkvoorraad/onzin", 404), ("/werkvoorraad?na=onzin", 400), ("/werkvoorraad?na=2026-11-23_2_x", 200)],
)
def test_an_address_that_someone_made_up(log_in: LogIn, path: str, status: int) -> None:
    assert log_in("noor").get(path).status_code == status


def test_names_and_tasks_are_shown_as_text(log_in: LogIn) -> None:
    page = log_in("noor").get("/werkvoorraad?taak=<script>alert(1)</script>").text
    assert "<script>alert" not in page


@pytest.mark.parametrize("queue", ["", "/mijn-team", "/mijn-locatie", "/teruggezonden"])
def test_a_page_costs_the_same_number_of_statements(log_in: LogIn, statements: list[str], queue: str) -> None:
    client = log_in("noor")
    statements.clear()
    client.get(f"/werkvoorraad{queue}")
    selects = [text for text in statements if text.startswith("SELECT")]
    assert len(selects) == 6  # two for the account, one for what waits to be confirmed


@pytest.mark.parametrize("question", ["4711", "2912345678"])
def test_searching_leads_to_the_one_dossier(log_in: LogIn, question: str) -> None:
    answer = post(log_in("noor"), "/zoeken", "/werkvoorraad", q=question)
    assert re.fullmatch(r"/dossiers/\d+", answer.location)


def test_searching_elsewhere_finds_nothing(log_in: LogIn) -> None:
    answer = post(log_in("noor"), "/zoeken", "/werkvoorraad", q="2909090901")
    assert (answer.status_code, answer.location) == (200, None)
    assert "Geen dossier gevonden voor" in answer.text
