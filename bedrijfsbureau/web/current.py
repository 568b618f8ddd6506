"""What belongs to the request at hand: the moment, who acts, and the two ways to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app, g
from flask_login import current_user

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.model import Actor
from bedrijfsbureau.web.config import Config

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NAME = "bedrijfsbureau"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Installation:
    database: Database
    config: Config


def installation() -> Installation:
    return cast(Installation, current_app.extensions[NAME])


def now() -> datetime:
    """One moment for the whole request, aware UTC."""
    if "now" not in g:
        g.now = installation().config.clock()
    return cast(datetime, g.now)


def today() -> date:
    return now().astimezone(AMSTERDAM).date()


def actor() -> Actor:
    """The medewerker who is signed in; screens without login never ask."""
    return cast(Actor, current_user.account.actor)


@contextmanager
def reading_here() -> Iterator[Tx]:
    """A consistent view for this request's actor and moment."""
    with reading(installation().database, actor(), now()) as tx:
        yield tx


def act(action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run one action for this request's actor, in a transaction of its own."""
    result: Any = perform(installation().database, actor(), now(), action, *args, **kwargs)
    return cast(R, result)
