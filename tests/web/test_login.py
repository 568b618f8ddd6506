import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bedrijfsbureau.actions import people
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM, Medewerker
from bedrijfsbureau.web import Config, create_app
from tests.web.conftest import post
from tests.web.office import PASSWORD

LogIn = Callable[[str], FlaskClient]


def id_of(office: Database, username: str, now: datetime) -> int:
    with transaction(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Medewerker.id).where(Medewerker.username == username)).one()


def test_a_password_opens_the_work_of_the_role(log_in: LogIn) -> None:
    answer = log_in("noor").get("/")
    assert (answer.status_code, answer.location) == (302, "/werkvoorraad")


@pytest.mark.parametrize(("username", "password"), [("noor", "verkeerd"), ("niemand", PASSWORD), ("", "")])
def test_a_wrong_password_or_name_says_the_same(app: Flask, username: str, password: str) -> None:
    client = app.test_client()
    answer = post(client, "/inloggen", gebruikersnaam=username, wachtwoord=password)
    assert answer.status_code == 401
    assert "Inloggen is niet gelukt. Controleer uw gebruikersnaam en wachtwoord" in answer.text
    assert client.get("/werkvoorraad").status_code == 302


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/werkvoorraad/mijn-team", "/werkvoorraad/mijn-team"),
        ("//elders.example", "/"),
        ("https://elders.example/", "/"),
        ("/\\elders.example", "/"),
        ("", "/"),
    ],
)
def test_after_login_one_returns_to_a_page_of_this_site(app: Flask, back: str, location: str) -> None:
    answer = post(app.test_client(), f"/inloggen?terug={back}", gebruikersnaam="noor", wachtwoord=PASSWORD)
    assert answer.location == location


def test_a_login_link_is_not_used_up_by_looking_at_it(app: Flask, office: Database, now: datetime) -> None:
    with transaction(office, SYSTEM, now) as tx:
        medewerker_id = tx.session.scalars(select(Medewerker.id).where(Medewerker.username == "noor")).one()
        token = people.create_login_link(tx, medewerker_id, timedelta(hours=1))
    client, address = app.test_client(), f"/inloggen/{token}"
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]
    assert post(client, address, page=address).location == "/"
    assert client.get("/werkvoorraad").status_code == 200
    again = post(app.test_client(), address, page=address)
    assert again.status_code == 401
    assert "Deze inloglink is al gebruikt of verlopen. Vraag een nieuwe link." in again.text


def test_logging_out_ends_every_session_of_the_account(log_in: LogIn) -> None:
    one, other, colleague = log_in("noor"), log_in("noor"), log_in("sam")
    cookie = one.get_cookie("sessie")
    assert cookie is not None
    assert post(one, "/uitloggen", page="/werkvoorraad").location == "/inloggen"
    assert (one.get("/werkvoorraad").status_code, other.get("/werkvoorraad").status_code) == (302, 302)
    one.set_cookie("sessie", cookie.value)  # a copy that someone kept
    assert one.get("/werkvoorraad").status_code == 302
    assert colleague.get("/werkvoorraad").status_code == 200


def test_an_account_that_is_switched_off_is_out_at_once(log_in: LogIn, office: Database, now: datetime) -> None:
    client = log_in("noor")
    with transaction(office, SYSTEM, now) as tx:
        tx.session.execute(update(Medewerker).where(Medewerker.username == "noor").values(active=False))
    assert client.get("/werkvoorraad").status_code == 302


def test_a_session_ends_after_its_length(office: Database, now: datetime) -> None:
    moments = [now]
    client = create_app(office, Config(https=False, clock=lambda: moments[-1])).test_client()
    post(client, "/inloggen", gebruikersnaam="noor", wachtwoord=PASSWORD)
    moments.append(now + timedelta(hours=12))
    assert client.get("/werkvoorraad").status_code == 200
    moments.append(now + timedelta(hours=12, seconds=1))
    assert client.get("/werkvoorraad").status_code == 302


def test_logging_in_forgets_what_the_browser_brought(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["laatst"] = {"actie": "neem", "taken": ["x"], "om": "", "tekst": "van een ander"}
    post(client, "/inloggen", gebruikersnaam="noor", wachtwoord=PASSWORD)
    with client.session_transaction() as session:
        assert "laatst" not in session


def test_every_screen_but_login_asks_for_an_account(app: Flask) -> None:
    client = app.test_client()
    open_to_all = set()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            with client.get(re.sub("<int:[^>]+>", "1", rule.rule).replace("<path:filename>", "logo.svg")) as answer:
                if answer.location is None:
                    open_to_all.add(rule.rule)
    assert open_to_all == {"/inloggen", "/inloggen/<token>", "/static/<path:filename>"}


def test_after_wrong_passwords_one_waits_and_a_link_still_works(app: Flask, office: Database, now: datetime) -> None:
    wrong = {"gebruikersnaam": "noor", "wachtwoord": "verkeerd"}
    assert [post(app.test_client(), "/inloggen", **wrong).status_code for _ in range(5)] == [401] * 5

    refused = post(app.test_client(), "/inloggen", gebruikersnaam="noor", wachtwoord=PASSWORD)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
    sentence = (
        "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht 1 minuut en probeer het opnieuw, of vraag de beheerder"
    )
    assert sentence in refused.text
    assert post(app.test_client(), "/inloggen", gebruikersnaam="sam", wachtwoord=PASSWORD).status_code == 302
    medewerker_id = id_of(office, "noor", now)
    with transaction(office, SYSTEM, now) as tx:
        token = people.create_login_link(tx, medewerker_id, timedelta(hours=1))
    assert post(app.test_client(), f"/inloggen/{token}", page=f"/inloggen/{token}").location == "/"
    later = create_app(office, Config(https=False, clock=lambda: now + timedelta(seconds=11))).test_client()
    assert post(later, "/inloggen", gebruikersnaam="noor", wachtwoord=PASSWORD).status_code == 302
