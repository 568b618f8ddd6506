"""Behind a proxy the address of a client is what the proxy says, and from nobody else is that believed."""

from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from bedrijfsbureau.actions import login_guard
from bedrijfsbureau.actions.login_guard import Counter
from bedrijfsbureau.database import Database
from tests.e2e.client import TOKEN
from tests.e2e.server import serving

SOMEONE, SOMEONE_ELSE = "203.0.113.5", "203.0.113.6"


def log_in(address: str, username: str, on_behalf_of: str) -> int:
    """The status of the answer to a wrong password."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"X-Forwarded-For": on_behalf_of}
    connection.request("GET", "/inloggen", headers=headers)
    page = connection.getresponse()
    token = TOKEN.search(page.read().decode())
    assert token is not None
    form = {"csrf_token": token[1], "gebruikersnaam": username, "wachtwoord": "dit is het niet"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded", "Cookie": page.getheader("Set-Cookie", "")}
    connection.request("POST", "/inloggen", urlencode(form), headers)
    answer = connection.getresponse()
    connection.close()
    return answer.status


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three failures from one address are enough."""
    monkeypatch.setattr(login_guard, "ADDRESS", Counter("address", 3, timedelta(hours=1)))


def test_who_tries_many_accounts_is_told_by_the_address_that_the_proxy_gives(office: Database, now: datetime) -> None:
    with serving(office, lambda: now, proxy="127.0.0.1") as address:
        tries = [log_in(address, f"onbekend{number}", SOMEONE) for number in range(4)]

        assert tries == [401, 401, 401, 429]
        assert log_in(address, "onbekend9", SOMEONE_ELSE) == 401


def test_without_a_proxy_what_a_client_says_of_itself_is_not_believed(office: Database, now: datetime) -> None:
    """All come from this machine then, which says nothing of who they are: they are counted by account only."""
    with serving(office, lambda: now) as address:
        tries = [log_in(address, f"onbekend{number}", SOMEONE) for number in range(4)]

    assert tries == [401] * 4
