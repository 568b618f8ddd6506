"""The transaction: the only place that begins, commits and rolls back."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError

from bedrijfsbureau.database.driver import Text, execute, text_of, together
from bedrijfsbureau.database.engines import READ_ONLY, open_engine
from bedrijfsbureau.errors import Conflict, DatabaseUnavailable
from bedrijfsbureau.intake import Rules
from bedrijfsbureau.model import Actor
from bedrijfsbureau.storage import Storage, storage_in

AWAY = (OperationalError, InterfaceError, NoConnectionFree)


@dataclass(frozen=True)
class Database:
    """Where everything is kept: the tables, the bytes of stukken, and the key that authenticates engine state."""

    engine: Engine
    secret: bytes
    storage: Storage
    rules: Rules = field(default_factory=Rules)  # of what may come in
    compiled: dict[tuple[int, int], object] = field(default_factory=dict, compare=False)  # by version ids
    measured: dict[int, object] = field(default_factory=dict, compare=False)  # by measurement id
    _texts: dict[Select[Any], Text] = field(default_factory=dict, compare=False, repr=False)

    def text_of(self, statement: Select[Any]) -> Text:
        if statement not in self._texts:
            self._texts[statement] = text_of(statement, self.engine.dialect)
        return self._texts[statement]

    def key_for(self, dossier_id: int) -> bytes:
        """The key that authenticates the engine state of one dossier: a state can't be moved to another."""
        return hmac.digest(self.secret, f"dossier:{dossier_id}".encode(), "sha256")

    def dispose(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True)
class Tx:
    """One user action: its connection, who acts, the moment it happens (aware), and where bytes and keys are.

    touched: ids of the dossiers that were taken in hand, for who has to report what went wrong with them.
    """

    connection: Connection
    actor: Actor
    now: datetime
    database: Database
    is_reading: bool = False
    touched: list[int] = field(default_factory=list)
    _unwritten: list[Callable[[Connection], object]] = field(default_factory=list)
    _sessions: list[Session] = field(default_factory=list)  # at most one

    def at(self, now: datetime, actor: Actor) -> "Tx":
        """The same transaction for something that someone else did, at another moment."""
        return replace(self, now=now, actor=actor)

    def write_later(self, write: Callable[[Connection], object]) -> None:
        """Have this written at the end, together with all else, or before anything is read."""
        self._unwritten.append(write)

    @property
    def session(self) -> Session:
        """SQLAlchemy's session, which sees all that was changed; most commands work on rows of their own instead."""
        self.write()
        if not self._sessions:
            self._sessions.append(Session(self.connection, expire_on_commit=False))
        return self._sessions[0]

    def fetch(self, statement: Select[Any], key: int | str) -> list[Any]:
        """The rows of a statement whose only parameter is `key`, as the driver has them."""
        words, places = self.database.text_of(statement)
        with together(self.connection):  # else the driver takes a turn of its own to prepare it
            found = execute(self.connection, words, [key] * len(places))
        return list(found.fetchall())

    def insert_once(self, table: type[DeclarativeBase]) -> postgresql.Insert | sqlite.Insert:
        """An insert that leaves a row that is there as it is, also one that is put there at the same moment."""
        is_postgresql = self.database.engine.dialect.name == "postgresql"
        made = postgresql.insert(table) if is_postgresql else sqlite.insert(table)
        return made.on_conflict_do_nothing()

    def flush(self) -> None:
        """Write what was changed through the session: rows that others refer to are made there."""
        for session in self._sessions:
            session.flush()

    def write(self) -> None:
        while self._unwritten:
            self._unwritten.pop(0)(self.connection)

    def close(self) -> None:
        for session in self._sessions:
            session.close()


def connect(url: str, secret: bytes, files: Path | Storage, rules: Rules | None = None) -> Database:
    """Open `url` (sqlite:/// or postgresql+psycopg://); `files` is where stukken lie. Nothing is created."""
    return Database(open_engine(url), secret, storage_in(files), rules or Rules())


@contextmanager
def transaction(database: Database, actor: Actor, now: datetime) -> Iterator[Tx]:
    """Commits when the block ends; any exception rolls everything back.

    Raises Conflict when another transaction changed the same dossier or took the same number first,
    DatabaseUnavailable when the database can't be reached, is locked for too long or can't write.
    """
    try:
        with (
            _reached(database),
            database.engine.connect() as connection,
            connection.begin() as begun,
            closing(Tx(connection, actor, now, database)) as tx,
        ):
            yield tx
            tx.flush()
            with together(connection) as driver_connection:
                tx.write()
                if driver_connection is not None:
                    driver_connection.execute("COMMIT", prepare=False)
            begun.commit()  # nothing is left to be committed after that
    except StaleDataError as error:
        raise Conflict from error
    except (IntegrityError, database.engine.dialect.loaded_dbapi.IntegrityError) as error:
        if "unique" in str(error).lower():  # someone else took the same number, name or key first
            raise Conflict from error
        raise


@contextmanager
def _reached(database: Database) -> Iterator[None]:
    driver = database.engine.dialect.loaded_dbapi  # its errors come as they are from statements that went together
    try:
        yield
    except (*AWAY, driver.OperationalError, driver.InterfaceError) as error:
        raise DatabaseUnavailable from error


@contextmanager
def reading(database: Database, actor: Actor, now: datetime) -> Iterator[Tx]:
    """A consistent view that never queues behind a writer and changes nothing: SQLite's is rolled back. PostgreSQL
    itself refuses to write in it, so that it may end in a commit; the driver forgets all it prepared at a rollback."""
    with (
        _reached(database),
        database.engine.connect().execution_options(**{READ_ONLY: True}) as connection,
        connection.begin() as begun,
    ):
        with closing(Tx(connection, actor, now, database, is_reading=True)) as tx:
            yield tx
        if connection.dialect.name != "postgresql":
            begun.rollback()
