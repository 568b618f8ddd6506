"""One row of work in the hands of a worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from bedrijfsbureau.actions.command.incidents import explain
from bedrijfsbureau.actions.work import due_work, retrying
from bedrijfsbureau.database import Database, Tx, transaction
from bedrijfsbureau.errors import StateTampered
from bedrijfsbureau.model import SYSTEM, DueWork, IncidentKind
from bedrijfsbureau.rappel import Outlet, nowhere

Clock = Callable[[], datetime]
Send = Callable[[DueWork], None]
P = ParamSpec("P")
Result = TypeVar("Result")


def act(
    database: Database, now: datetime, action: Callable[Concatenate[Tx, P], Result], *args: P.args, **kwargs: P.kwargs
) -> Result:
    """`perform`, but a step that fails is no incident yet: it is tried again first."""
    with transaction(database, SYSTEM, now) as tx:
        return action(tx, *args, **kwargs)


@dataclass(frozen=True)
class Worker:
    """`name` is what it claims by. `send` delivers what processes send, `outlet` the rappels; `begin` is called
    whenever a piece of work begins."""

    database: Database
    clock: Clock
    name: str
    send: Send = lambda work: None
    outlet: Outlet = nowhere
    begin: Callable[[], None] = lambda: None

    def attempt(self, do: Callable[["Job"], None], row: DueWork) -> None:
        """One poisoned row must not stop the others: it is tried again later, and is an incident in the end.

        Raises DatabaseUnavailable when it is away; one that answers refused this row, which is a failure like others.
        """
        self.begin()
        try:
            do(Job(self, row, self.clock()))
        except StateTampered as error:  # trying again can't make it right
            self._fail(row, error.report(), "processtand", IncidentKind.PROCESSTAND)
        except Exception as error:
            self._fail(row, *explain(error))

    def _fail(self, row: DueWork, cause: str, element: str | None, kind: IncidentKind | None = None) -> None:
        act(self.database, self.clock(), due_work.fail, row.id, cause, element, self.name, kind)


@dataclass(frozen=True)
class Job:
    worker: Worker
    work: DueWork
    now: datetime

    @property
    def name(self) -> str:
        """Of the worker."""
        return self.worker.name

    @property
    def database(self) -> Database:
        return self.worker.database

    def act(self, action: Callable[Concatenate[Tx, P], Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """In a transaction of its own."""
        return act(self.database, self.now, action, *args, **kwargs)

    def end(self, action: Callable[Concatenate[Tx, P], Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """`act`, and with it this work is done."""
        with transaction(self.database, SYSTEM, self.now) as tx:
            result = action(tx, *args, **kwargs)
            retrying.finish(tx, self.work, self.name)
        return result
