"""What returns say about the checks, for the process owner, and beside the rows of the policy."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from bedrijfsbureau.database import Database
from tests.web.conftest import post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


def test_a_return_is_seen_by_the_process_owner_beside_its_row(
    log_in: LogIn, office: Database, now: datetime, released: int
) -> None:
    page = f"/gehoren/{released}"
    fields = {"punt": "IDE01", "reden": "onleesbaar", "toelichting": "Bladzijde 2."}
    assert post(log_in("hanna"), f"{page}/terugzenden", page, **fields).location == page

    petra = log_in("petra")
    listed = text_of(petra.get("/leren").text)
    assert "vreemdelingenadministratie 1 Niet leesbaar 0 1 naar de regel IDE01" in listed
    assert "punten waarop niets terugkwam en die nooit zijn vrijgesteld" in listed
    shown = text_of(petra.get("/leren/asiel-aa/IDE01").text)
    assert ["Gemist in 1 van 1 vrijgaven" in shown, "Niet leesbaar 1" in shown] == [True] * 2
    assert "Maand Vrijgaven Gemist Teruggezonden Vrijgesteld november 2026 1 1 1 0" in shown
    assert "De dossiers zelf ziet een manager of auditor" in shown
    assert f'/dossiers/{released}#punt-IDE01"' in log_in("manon").get("/leren/asiel-aa/IDE01").text
    assert petra.get("/leren/asiel-aa/XXX01").status_code == 404
    policy = petra.get("/processen/asiel-aa/beleid/2?naast=2").text
    assert 'href="/leren/asiel-aa/IDE01"' in policy
    assert text_of(policy).count("onder de 20 staat er geen percentage") == 1
    assert "Gemist" not in petra.get("/processen/asiel-pact/beleid").text  # nothing was released there
    assert 'id="punt-IDE01"' in policy


@pytest.mark.parametrize(
    ("name", "status"), [("noor", 403), ("hanna", 403), ("bea", 403), ("manon", 200), ("aad", 200)]
)
def test_who_learns(log_in: LogIn, name: str, status: int) -> None:
    answer = log_in(name).get("/leren")

    assert answer.status_code == status
    assert ("Nog niets te leren" in answer.text) == (status == 200)
