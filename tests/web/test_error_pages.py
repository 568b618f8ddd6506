from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bedrijfsbureau import errors
from bedrijfsbureau.web.error_pages import KINDS

PARTICULARS = {
    errors.InvalidInput: ({"tolk.datum": ["Vul een datum in."]},),
    errors.StepFailed: ("t_tolk", ValueError("x")),
    errors.ModelRefused: ([],),
    errors.CannotMove: ([],),
    errors.TooManyAttempts: (timedelta(minutes=2),),
}


def deliberate() -> list[type[errors.BedrijfsbureauError]]:
    found = [errors.BedrijfsbureauError]
    for each in found:
        found += each.__subclasses__()
    return [each for each in found if each.__module__ == errors.__name__]


def test_every_error_has_a_page() -> None:
    assert set(KINDS) == set(deliberate())


@pytest.mark.parametrize("kind", deliberate(), ids=lambda kind: kind.__name__)
def test_an_error_page_says_what_happened_without_a_traceback(
    app: Flask, kind: type[errors.BedrijfsbureauError], caplog: pytest.LogCaptureFixture
) -> None:
    error = kind(*PARTICULARS.get(kind, ()))

    def fail() -> str:
        raise error

    app.add_url_rule("/stuk", "login.stuk", fail)
    answer = app.test_client().get("/stuk")
    assert answer.status_code == KINDS[kind].status
    assert answer.headers.get("Retry-After") == ("30" if kind is errors.DatabaseUnavailable else None)
    assert "Traceback" not in answer.text
    assert str(KINDS[kind].title) in answer.text
    assert ("Meldnummer" in answer.text) == (answer.status_code == 500)


def test_an_unexpected_error_gives_a_number_that_stands_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("geheim")

    app.add_url_rule("/stuk", "login.stuk", fail)
    answer = app.test_client().get("/stuk")
    number = answer.text.split('class="mono">', 1)[1].split("<", 1)[0]
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert number.startswith("F-1123-0800-")
    assert number in caplog.text


@pytest.mark.parametrize("path", ["/dossiers/15", "/dossiers/99999", "/taken/D-2026-09001-1", "/taken/bestaat-niet"])
def test_what_is_elsewhere_and_what_does_not_exist_look_the_same(
    log_in: Callable[[str], FlaskClient], path: str
) -> None:
    answer = log_in("noor").get(path)
    assert answer.status_code == 404
    assert "bestaat niet, of hoort bij een andere locatie." in answer.text
