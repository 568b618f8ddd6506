from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bedrijfsbureau import errors
from bedrijfsbureau.database import Database
from bedrijfsbureau.web import Config, create_app
from bedrijfsbureau.web.current import NAME, Installation
from bedrijfsbureau.web.error_pages import KINDS

PARTICULARS = {
    errors.InvalidInput: ({"tolk.datum": ["Vul een datum in."]},),
    errors.StepFailed: ("t_tolk", ValueError("x")),
    errors.ModelRefused: ([],),
    errors.CannotMove: ([],),
    errors.TooManyAttempts: (timedelta(minutes=2),),
    errors.StateTampered: ("het zegel klopt niet",),
}


class Failing:
    """An application with an address where `error` happens, one for all tests here."""

    def __init__(self) -> None:
        self.error: Exception = ZeroDivisionError()
        self.app: Flask | None = None

    def fail(self) -> str:
        raise self.error


@pytest.fixture(scope="module")
def failing() -> Failing:
    return Failing()


@pytest.fixture
def get(failing: Failing, office: Database, now: datetime) -> Callable[[Exception], TestResponse]:
    """The page one sees when this error happens."""
    config = Config(https=False, clock=lambda: now)
    if failing.app is None:
        failing.app = create_app(office, config)
        failing.app.config["WTF_CSRF_ENABLED"] = False
        failing.app.add_url_rule("/stuk", "login.stuk", failing.fail, methods=["GET", "POST"])
        failing.app.add_url_rule("/stuk/doen", "login.stuk_doen", failing.fail, methods=["POST"])
    app = failing.app
    app.extensions[NAME] = Installation(office, config)

    def answer(error: Exception, address: str = "/stuk", method: str = "GET") -> TestResponse:
        failing.error = error
        return app.test_client().open(address, method=method)

    return answer


def deliberate() -> list[type[errors.BedrijfsbureauError]]:
    found = [errors.BedrijfsbureauError]
    for each in found:
        found += each.__subclasses__()
    return [each for each in found if each.__module__ == errors.__name__]


def test_every_error_has_a_page() -> None:
    assert set(KINDS) == set(deliberate())


@pytest.mark.parametrize("kind", deliberate(), ids=lambda kind: kind.__name__)
def test_an_error_page_says_what_happened_without_a_traceback(
    get: Callable[[Exception], TestResponse], kind: type[errors.BedrijfsbureauError], caplog: pytest.LogCaptureFixture
) -> None:
    answer = get(kind(*PARTICULARS.get(kind, ())))
    assert answer.status_code == KINDS[kind].status
    assert answer.headers.get("Retry-After") == ("30" if kind is errors.DatabaseUnavailable else None)
    assert "Traceback" not in answer.text
    assert str(KINDS[kind].title) in answer.text
    assert ("Meldnummer" in answer.text) == (answer.status_code == 500)


def test_an_unexpected_error_gives_a_number_that_stands_in_the_log(
    get: Callable[[Exception], TestResponse], caplog: pytest.LogCaptureFixture
) -> None:
    answer = get(ZeroDivisionError("geheim"))
    number = answer.text.split('class="mono">', 1)[1].split("<", 1)[0]
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert number.startswith("F-1123-0800-")
    assert number in caplog.text


@pytest.mark.parametrize(
    ("asked", "way_on"),
    [
        (("/stuk", "GET"), 'href="/stuk">Opnieuw proberen'),
        (("/stuk", "POST"), 'href="/stuk">Terug naar de pagina'),
        (("/stuk/doen", "POST"), 'href="/">Naar het begin'),
    ],
)
def test_there_is_a_way_on_from_what_failed(
    get: Callable[..., TestResponse], asked: tuple[str, str], way_on: str
) -> None:
    assert way_on in get(errors.StepFailed("t_tolk", ValueError("x")), *asked).text


@pytest.mark.parametrize("path", ["/dossiers/15", "/dossiers/99999", "/taken/D-2026-09001-1", "/taken/bestaat-niet"])
def test_what_is_elsewhere_and_what_does_not_exist_look_the_same(
    log_in: Callable[[str], FlaskClient], path: str
) -> None:
    answer = log_in("noor").get(path)
    assert answer.status_code == 404
    assert "bestaat niet, of hoort bij een andere locatie." in answer.text
