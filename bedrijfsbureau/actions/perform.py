"""How an entry point changes something: one transaction around one action, and an incident when a step fails."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import orjson
from sqlalchemy import insert, inspect

from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.database import Database, Tx, reading, transaction
from bedrijfsbureau.errors import BedrijfsbureauError, Conflict, DatabaseUnavailable, StateTampered, StepFailed
from bedrijfsbureau.model import SYSTEM, Actor, Base, Command, IncidentKind

P = ParamSpec("P")
Result = TypeVar("Result")


def perform(
    database: Database,
    actor: Actor,
    now: datetime,
    action: Callable[Concatenate[Tx, P], Result],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result:
    """Run `action` in a transaction of its own. A failed step rolls all of it back and is then reported as an incident
    on its dossier, in a second transaction, before the error goes on to the caller."""
    touched: list[int] = []
    try:
        with transaction(database, actor, now) as tx:
            touched = tx.touched
            return action(tx, *args, **kwargs)
    except (StepFailed, StateTampered) as error:
        _report(database, now, touched, error)
        raise


def perform_once(
    database: Database,
    actor: Actor,
    now: datetime,
    key: str,
    action: Callable[Concatenate[Tx, P], Result],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result:
    """`perform`, but what this actor asked before under this key is not done again: it gives the first result.

    The key is written last, in the transaction of the command; only when that or the command itself fails is it looked
    up, so that a command that is asked once pays for one row. `action` gives a row of a table, or None. Raises
    Conflict when the key was used for something else.
    """
    touched: list[int] = []
    asked = _digest(action.__qualname__, args, kwargs)
    try:
        with transaction(database, actor, now) as tx:
            touched = tx.touched
            result = action(tx, *args, **kwargs)
            done = {"actor": actor.id or 0, "key": key, "asked": asked, "result": _name(tx, result), "at": now}
            tx.write_later(lambda connection: connection.execute(insert(Command), done))
            return result
    except DatabaseUnavailable:
        raise
    except BedrijfsbureauError as error:
        with reading(database, actor, now) as tx:
            earlier = tx.session.get(Command, (actor.id or 0, key))
            if earlier is not None and earlier.asked == asked:
                return cast(Result, _found(tx, earlier.result))
        if earlier is not None:
            raise Conflict(
                "Dit formulier is al verwerkt, met andere invoer. Open de pagina opnieuw als u nog iets wilt wijzigen."
            ) from error
        if isinstance(error, StepFailed | StateTampered):
            _report(database, now, touched, error)
        raise


def _report(database: Database, now: datetime, touched: list[int], error: StepFailed | StateTampered) -> None:
    if touched:
        with transaction(database, SYSTEM, now) as tx:
            if isinstance(error, StepFailed):
                open_incident(tx, touched[-1], error.element, error.report())
            else:
                open_incident(tx, touched[-1], "processtand", error.report(), IncidentKind.PROCESSTAND)


def _digest(*asked: Any) -> str:
    content = orjson.dumps(asked, default=repr, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return hashlib.sha256(content).hexdigest()


def _name(tx: Tx, result: Any) -> str:
    """Table and primary key of a row, so that it can be found again."""
    if result is None:
        return ""
    tx.flush()  # so that a new row has its key
    key = inspect(type(result)).primary_key_from_instance(result)
    return f"{type(result).__name__}:{orjson.dumps(key).decode()}"


def _found(tx: Tx, name: str) -> Any:
    if not name:
        return None
    kind, _, key = name.partition(":")
    (table,) = (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__name__ == kind)
    return tx.session.get(table, tuple(orjson.loads(key)))
