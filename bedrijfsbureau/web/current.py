"""What belongs to the request at hand: the moment, who acts, and the two ways to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from flask_login import current_user

from bedrijfsbureau.actions.perform import perform, perform_once
from bedrijfsbureau.actions.viewings import Look, keep
from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.model import Actor
from bedrijfsbureau.web.config import Config

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NAME = "bedrijfsbureau"
FORM_KEY = "sleutel"  # made with the form, so that posting it again is recognised
LONGEST_KEY = 100

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
    """A consistent view for this request's actor and moment. What was looked at in it (`looked_at`) is kept before
    anything is shown."""
    g.looks = []  # of a view that failed nothing was shown
    with reading(installation().database, actor(), now()) as tx:
        yield tx
    looks: list[Look] = g.pop("looks", [])
    if looks:
        act(keep, looks)


def looked_at(dossier_id: int, part: str, about: str = "") -> None:
    """Someone will see this part of the dossier, of what is being read now."""
    g.looks.append(Look(dossier_id, part, about))


def act(action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run one action for this request's actor, in a transaction of its own."""
    result: Any = perform(installation().database, actor(), now(), action, *args, **kwargs)
    return cast(R, result)


def act_once(action: Callable[Concatenate[Tx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """`act`, once for each form that was shown: a double click or a retry gets the answer that the first one got.

    A form that does several things does each under a key of its own, in the same order.
    """
    key = request.form.get(FORM_KEY, "")[:LONGEST_KEY]
    if not key:
        return act(action, *args, **kwargs)
    g.acts = g.get("acts", 0) + 1
    under = f"{key}.{g.acts}"
    result: Any = perform_once(installation().database, actor(), now(), under, action, *args, **kwargs)
    return cast(R, result)
