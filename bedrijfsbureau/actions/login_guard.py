"""Waiting after wrong passwords: ever longer for one account, and for one address that tries many accounts.

An office behind one address is many people: there it takes many more failures, and who logged in from that address
before is counted apart, by account and address together. So nobody is kept out by what a stranger or a colleague types.
A login link works at all times. Failures wear off by themselves.
"""

import hashlib
import hmac
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import TooManyAttempts
from bedrijfsbureau.model import LoginGuard

FIRST_WAIT = timedelta(seconds=10)  # doubled with every further failure
LONGEST_WAIT = timedelta(minutes=15)
KNOWN_FOR = timedelta(days=30)  # an address from which an account logged in is known for as long
IPV6_OF_ONE = 64  # bits of the prefix that one subscriber has


@dataclass(frozen=True)
class Counter:
    """`free`: failures without waiting; `worn_off`: how long until one of them is forgotten."""

    name: str
    free: int
    worn_off: timedelta


ACCOUNT = Counter("account", 5, timedelta(hours=1))
PAIR = Counter("pair", 5, timedelta(hours=1))
ADDRESS = Counter("address", 30, timedelta(seconds=30))


def attempt(tx: Tx, username: str, address: str) -> None:
    """Count an attempt before its password is looked at, so that many at once gain nothing. `address`: of the client,
    or "" when it can't be told. Raises TooManyAttempts; then it does not count."""
    for counter, key in _counters(tx, username, address):
        row = _row(tx, key)
        level = _level(counter, row, tx.now)
        ready_at = row.at + _wait(counter, level)
        if row.failures and ready_at > tx.now:
            raise TooManyAttempts(ready_at - tx.now)
        row.failures, row.at = level + 1, tx.now


def passed(tx: Tx, username: str, address: str) -> None:
    """The password was right: what was counted against this account is over, and its address is known from now on."""
    for counter, key in _counters(tx, username, address):
        row = _row(tx, key)
        row.failures = max(row.failures - 1, 0) if counter is ADDRESS else 0
    _row(tx, _key(tx, "known", username, address)).at = tx.now


def forget(tx: Tx) -> None:
    """What is too old to count, which also leaves nothing of who was where."""
    old = delete(LoginGuard).where(LoginGuard.at < tx.now - KNOWN_FOR)
    tx.session.execute(old, execution_options={"synchronize_session": False})


def _counters(tx: Tx, username: str, address: str) -> Iterator[tuple[Counter, str]]:
    known = tx.session.get(LoginGuard, _key(tx, "known", username, address))
    if known is not None and known.at > tx.now - KNOWN_FOR:
        yield PAIR, _key(tx, PAIR.name, username, address)
        return
    yield ACCOUNT, _key(tx, ACCOUNT.name, username)
    if address:
        yield ADDRESS, _key(tx, ADDRESS.name, _network(address))


def _row(tx: Tx, key: str) -> LoginGuard:
    """Locked; made when there is none."""
    locked = select(LoginGuard).where(LoginGuard.key == key).with_for_update()
    row = tx.session.scalar(locked)
    if row is None:
        tx.session.execute(tx.insert_once(LoginGuard).values(key=key, failures=0, at=tx.now))
        row = tx.session.scalars(locked).one()
    return row


def _level(counter: Counter, row: LoginGuard, now: datetime) -> float:
    return max(0.0, row.failures - max(now - row.at, timedelta()) / counter.worn_off)


def _wait(counter: Counter, level: float) -> timedelta:
    over = math.ceil(level) - counter.free
    return min(FIRST_WAIT * 2.0 ** min(over, 20), LONGEST_WAIT) if over >= 0 else timedelta()


def _network(address: str) -> str:
    """All of a subscriber's IPv6 addresses are one."""
    found = ip_address(address)
    return str(ip_network((found, IPV6_OF_ONE), strict=False)) if found.version == 6 else address


def _key(tx: Tx, *parts: str) -> str:
    """Says neither who nor where: what was typed as a name may well be a password."""
    return hmac.digest(tx.database.secret, "\n".join(("login", *parts)).encode(), hashlib.sha256).hex()
