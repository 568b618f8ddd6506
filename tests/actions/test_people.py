"""Accounts and the ways in."""

from datetime import datetime, timedelta

import pytest

from bedrijfsbureau.actions import people
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.errors import InvalidInput, LoginFailed
from bedrijfsbureau.model import SYSTEM, Role

PASSWORD = "lang genoeg wachtwoord"


@pytest.fixture
def jan(database: Database, now: datetime) -> int:
    with transaction(database, SYSTEM, now) as tx:
        people.add_team(tx, "BB", "Bedrijfsbureau")
        return people.add_medewerker(
            tx, username="jan", name="Jan", role=Role.MEDEWERKER, teams=["BB"], password=PASSWORD
        ).id


def test_the_right_password_lets_in(database: Database, now: datetime, jan: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        found = people.log_in(tx, "jan", PASSWORD)

        assert (found.id, found.as_actor().teams) == (jan, frozenset({"BB"}))


@pytest.mark.parametrize(("username", "password"), [("jan", "verkeerd"), ("piet", PASSWORD), ("", "")])
def test_any_other_password_does_not(
    database: Database, now: datetime, jan: int, username: str, password: str
) -> None:
    with transaction(database, SYSTEM, now) as tx, pytest.raises(LoginFailed):
        people.log_in(tx, username, password)


def test_an_account_that_is_switched_off_stays_out(database: Database, now: datetime, jan: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        people.log_in(tx, "jan", PASSWORD).active = False
    with transaction(database, SYSTEM, now) as tx, pytest.raises(LoginFailed):
        people.log_in(tx, "jan", PASSWORD)


def test_a_login_link_works_once(database: Database, now: datetime, jan: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        token = people.create_login_link(tx, jan, timedelta(minutes=5))
    with transaction(database, SYSTEM, now) as tx:
        assert people.use_login_link(tx, token).id == jan
    with transaction(database, SYSTEM, now) as tx, pytest.raises(LoginFailed):
        people.use_login_link(tx, token)


def test_a_login_link_grows_old(database: Database, now: datetime, jan: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        token = people.create_login_link(tx, jan, timedelta(minutes=5))
    with transaction(database, SYSTEM, now + timedelta(minutes=5)) as tx, pytest.raises(LoginFailed):
        people.use_login_link(tx, token)


def test_what_a_new_account_must_have(database: Database, now: datetime, jan: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        for wrong, field in [
            ({"username": "jan"}, "username"),
            ({"username": "els", "teams": ["XX"]}, "teams"),
            ({"username": "els", "password": "kort"}, "password"),
        ]:
            with pytest.raises(InvalidInput) as error:
                people.add_medewerker(tx, name="Els", role=Role.MEDEWERKER, **wrong)  # type: ignore[arg-type]
            assert list(error.value.fields) == [field]
