"""The transaction: the only place that begins, commits and rolls back."""

import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import orjson
import psycopg
from sqlalchemy import ClauseElement, Connection, Dialect, Engine, Select, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from bedrijfsbureau.errors import Conflict, DatabaseUnavailable
from bedrijfsbureau.intake import Rules
from bedrijfsbureau.model import Actor
from bedrijfsbureau.storage import Storage, storage_in

READ_ONLY = "bedrijfsbureau_read_only"
TO_BEGIN = "bedrijfsbureau_to_begin"
BY_PLACE = {"postgresql": "numeric_dollar", "sqlite": "qmark"}
PAUSE = 1  # seconds after which a connection is asked whether it is still there
PATIENCE = 5  # seconds for a server to answer, and for a connection to come free
LOCKED = 10_000  # milliseconds for another transaction to let go of what this one needs
KEEPALIVE = {"idle": 5, "interval": 5, "count": 2}  # after how many seconds a machine that is gone is known to be gone
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
    _texts: dict[Select[Any], "Text"] = field(default_factory=dict, compare=False, repr=False)

    def text_of(self, statement: Select[Any]) -> "Text":
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
        with _together(self.connection):  # else the driver takes a turn of its own to prepare it
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


class Text(NamedTuple):
    """A statement as `execute` takes it, and the name of the parameter at each place in it."""

    words: str
    places: tuple[str, ...]


def text_of(statement: ClauseElement, dialect: Dialect) -> Text:
    """With parameters by their place, as the databases have them: names a driver looks up at every run."""
    by_place: Any = type(dialect)
    made: Any = statement.compile(dialect=by_place(paramstyle=BY_PLACE[dialect.name]))
    return Text(str(made), tuple(made.positiontup or ()))


def execute(connection: Connection, words: str, given: Sequence[Any], many: bool = False) -> Any:
    """The driver's own cursor, having run a statement with these parameters, or with each of `many` lists of them.

    On the path of a command describing a statement and its result costs SQLAlchemy more than the database needs to run
    it. Raises what the driver raises."""
    listeners = connection.engine.dispatch.before_cursor_execute  # who counts statements counts this one too
    listeners(connection, None, words, given, None, many)
    driver: Any = connection.connection.driver_connection
    cursor = psycopg.RawCursor(driver) if isinstance(driver, psycopg.Connection) else driver.cursor()
    (cursor.executemany if many else cursor.execute)(words, given)
    return cursor


def connect(url: str, secret: bytes, files: Path | Storage, rules: Rules | None = None) -> Database:
    """Open `url` (sqlite:/// or postgresql+psycopg://); `files` is where stukken lie. Nothing is created."""
    options: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": orjson.loads}
    if not url.startswith("sqlite"):
        options |= {"pool_size": 10, "pool_timeout": PATIENCE}
        options["connect_args"] = {"autocommit": True} | _impatience(url)  # the driver does not begin by itself
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        _make_sqlite_transactional(engine)
    else:
        _begin_with_the_first_statement(engine)
        _ping_after_a_pause(engine)
    return Database(engine, secret, storage_in(files), rules or Rules())


def _impatience(url: str) -> dict[str, Any]:
    """What PostgreSQL and its driver are told when they connect: the one gives up on a server that does not answer; the
    other on a lock, and ends the transaction of a machine that went away with one."""
    known = {"lock_timeout": LOCKED, **{f"tcp_keepalives_{name}": kept for name, kept in KEEPALIVE.items()}}
    asked = make_url(url).query.get("options", "")
    told = " ".join([*(f"-c {name}={value}" for name, value in known.items()), str(asked)])
    near = {f"keepalives_{name}": value for name, value in KEEPALIVE.items()}
    return {"connect_timeout": PATIENCE, "tcp_user_timeout": 1000 * PATIENCE, "options": told.strip(), **near}


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
            with _together(connection) as driver_connection:
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
def _together(connection: Connection) -> Iterator[psycopg.Connection[Any] | None]:
    """Statements of which no result is asked meanwhile: to PostgreSQL, by the connection that is given, they go in one
    message, together with what begins or ends the transaction."""
    driver = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection):
        with driver.pipeline():
            yield driver
    else:
        yield None


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


def hurry(database: Database) -> None:
    """For what can be made again, such as a sample: from the next connection on no commit waits for the disk."""
    is_sqlite = database.engine.dialect.name == "sqlite"

    @event.listens_for(database.engine, "connect")
    def _(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous = OFF" if is_sqlite else "SET synchronous_commit = off")
        cursor.close()
        connection.commit()


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _begin_with_the_first_statement(engine: Engine) -> None:
    """So that both go in one message where the statement does; the driver would wait for an answer to BEGIN first."""

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY)
        connection.info[TO_BEGIN] = "BEGIN READ ONLY" if read_only else "BEGIN"

    @event.listens_for(engine, "before_cursor_execute")
    def _(connection: Connection, *statement: Any) -> None:
        words = connection.info.pop(TO_BEGIN, None)
        if words is not None:
            driver: Any = connection.connection.driver_connection
            driver.execute(words, prepare=False)


def _ping_after_a_pause(engine: Engine) -> None:
    """A connection that lay still may have died; one that was used a moment ago is worth no question."""

    @event.listens_for(engine, "checkin")
    def _(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["left"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get("left", monotonic()) < PAUSE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool makes another


def _make_sqlite_transactional(engine: Engine) -> None:
    """Writers queue at BEGIN, as they queue at a row lock on PostgreSQL; readers never wait (WAL)."""

    @event.listens_for(engine, "connect")
    def _(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("foreign_keys = ON", f"busy_timeout = {LOCKED}", "journal_mode = WAL", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
