"""How long one waits after wrong passwords: who guesses, a stranger, and an office behind one address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bedrijfsbureau.actions import login_guard
from bedrijfsbureau.actions.login_guard import ACCOUNT, ADDRESS, FIRST_WAIT, KNOWN_FOR, LONGEST_WAIT
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.errors import TooManyAttempts
from bedrijfsbureau.model import SYSTEM

OFFICE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


class Door:
    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now

    def wait(self, username: str, address: str = ELSEWHERE) -> timedelta:
        """How long someone has to wait; nothing when the attempt was let through (and failed)."""
        try:
            with transaction(self.database, SYSTEM, self.now) as tx:
                login_guard.attempt(tx, username, address)
        except TooManyAttempts as error:
            return error.wait
        return timedelta()

    def enter(self, username: str, address: str) -> None:
        with transaction(self.database, SYSTEM, self.now) as tx:
            login_guard.attempt(tx, username, address)
        with transaction(self.database, SYSTEM, self.now) as tx:
            login_guard.passed(tx, username, address)

    def fail(self, username: str, times: int, address: str = ELSEWHERE) -> None:
        assert [self.wait(username, address) for _ in range(times)] == [timedelta()] * times


@pytest.fixture
def door(database: Database, now: datetime) -> Door:
    return Door(database, now)


def test_who_guesses_waits_ever_longer(door: Door) -> None:
    door.fail("noor", ACCOUNT.free)
    waits = []
    for _ in range(9):
        waits.append(door.wait("noor"))
        door.now += waits[-1]
        door.fail("noor", 1)
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == LONGEST_WAIT
    assert door.wait("niemand") == timedelta()


def test_two_first_attempts_at_once_are_both_counted(door: Door) -> None:
    with ThreadPoolExecutor(2) as pool:
        waits = list(pool.map(door.wait, ["noor"] * ACCOUNT.free))
    assert waits == [timedelta()] * ACCOUNT.free
    assert door.wait("noor") == FIRST_WAIT


def test_a_refused_attempt_does_not_make_it_longer_and_failures_wear_off(door: Door) -> None:
    door.fail("noor", ACCOUNT.free)
    assert [door.wait("noor") for _ in range(3)] == [FIRST_WAIT] * 3
    door.now += ACCOUNT.worn_off * ACCOUNT.free
    door.fail("noor", ACCOUNT.free)


def test_the_right_password_ends_it(door: Door) -> None:
    door.fail("noor", ACCOUNT.free - 1)
    door.enter("noor", ELSEWHERE)
    door.fail("noor", ACCOUNT.free)


def test_a_stranger_does_not_keep_out_who_is_at_the_office(door: Door) -> None:
    door.enter("noor", OFFICE)
    door.fail("noor", ACCOUNT.free)
    assert door.wait("noor") == FIRST_WAIT
    door.enter("noor", OFFICE)
    door.fail("noor", ACCOUNT.free, OFFICE)  # who sits at the office itself waits there
    assert door.wait("noor", OFFICE) == FIRST_WAIT
    door.now += KNOWN_FOR
    door.fail("noor", ACCOUNT.free, OFFICE)


def test_an_address_that_tries_many_accounts_waits_but_not_who_works_there(door: Door) -> None:
    door.enter("noor", OFFICE)
    for number in range(ADDRESS.free):
        door.fail(f"naam{number}", 1, OFFICE)
    assert door.wait("sam", OFFICE) == FIRST_WAIT
    assert door.wait("sam", ELSEWHERE) == timedelta()
    door.enter("noor", OFFICE)


def test_an_ipv6_subscriber_is_one_address_and_one_that_is_not_known_is_none(door: Door) -> None:
    for number in range(ADDRESS.free):
        door.fail(f"naam{number}", 1, f"2001:db8::{number:x}")
    assert door.wait("sam", "2001:db8::ffff") == FIRST_WAIT
    assert door.wait("sam", "2001:db8:0:1::1") == timedelta()
    for number in range(ADDRESS.free + 5):
        door.fail(f"ander{number}", 1, "")


def test_what_is_old_is_forgotten(door: Door) -> None:
    door.enter("noor", OFFICE)
    door.now += KNOWN_FOR + timedelta(seconds=1)
    with transaction(door.database, SYSTEM, door.now) as tx:
        login_guard.forget(tx)
    door.fail("noor", ACCOUNT.free, OFFICE)
    assert door.wait("noor", ELSEWHERE) == FIRST_WAIT
