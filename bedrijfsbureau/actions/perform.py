"""How an entry point changes something: one transaction around one action, and an incident when a step fails."""

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from bedrijfsbureau.actions.incidents import open_incident
from bedrijfsbureau.database import Database, Tx, transaction
from bedrijfsbureau.errors import StateTampered, StepFailed
from bedrijfsbureau.model import SYSTEM, Actor

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
            tx.session.info["touched"] = touched
            return action(tx, *args, **kwargs)
    except (StepFailed, StateTampered) as error:
        if touched:
            with transaction(database, SYSTEM, now) as tx:
                element = error.element if isinstance(error, StepFailed) else "processtand"
                open_incident(tx, touched[-1], element, str(error))
        raise
