from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from bedrijfsbureau.database import Database
from bedrijfsbureau.web import create_app
from bedrijfsbureau.web.headers import FIXED
from tests.web.conftest import post
from tests.web.office import PASSWORD


def test_every_answer_has_the_headers(log_in: Callable[[str], FlaskClient]) -> None:
    client = log_in("noor")
    for path in ("/werkvoorraad", "/bestaat-niet", "/static/logo.svg", "/dossiers/99999"):
        with client.get(path) as answer:
            headers = answer.headers
        assert {name: headers.get(name) for name in FIXED} == FIXED
    assert "unsafe" not in FIXED["Content-Security-Policy"]


def test_pages_are_not_kept_and_stamped_files_are(log_in: Callable[[str], FlaskClient]) -> None:
    client = log_in("noor")
    assert client.get("/werkvoorraad").headers["Cache-Control"] == "no-store"
    with client.get("/static/logo.svg?v=1") as stamped:
        headers = stamped.headers
    assert (headers["Cache-Control"], "Set-Cookie" in headers) == ("max-age=31536000, public", False)


def test_behind_https_the_session_cookie_never_leaves_it(office: Database) -> None:
    client = create_app(office).test_client()
    answer = client.get("/inloggen", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sessie=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_form_without_its_token_changes_nothing(app: Flask, log_in: Callable[[str], FlaskClient]) -> None:
    answer = app.test_client().post("/inloggen", data={"gebruikersnaam": "noor", "wachtwoord": PASSWORD})
    assert answer.status_code == 400
    assert "Deze pagina is verlopen" in answer.text
    client = log_in("noor")
    assert client.post("/werkvoorraad/taken", data={"taak": "D-2026-04619-1", "actie": "neem"}).status_code == 400


def test_a_choice_of_theme_and_language_is_kept(app: Flask) -> None:
    client = app.test_client()
    assert post(client, "/voorkeuren", thema="dark", taal="en").status_code == 302
    page = client.get("/inloggen").text
    assert '<html lang="en" data-theme="dark">' in page
    assert "Username" in page
    assert post(client, "/voorkeuren", taal="xx").status_code == 422
