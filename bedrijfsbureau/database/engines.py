"""Connections as every transaction finds them: how long they wait, how they begin, whether they are still there."""

from time import monotonic
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "bedrijfsbureau_read_only"
TO_BEGIN = "bedrijfsbureau_to_begin"
PAUSE = 1  # seconds after which a connection is asked whether it is still there
PATIENCE = 5  # seconds for a server to answer, and for a connection to come free
LOCKED = 10_000  # milliseconds for another transaction to let go of what this one needs
KEEPALIVE = {"idle": 5, "interval": 5, "count": 2}  # after how many seconds a machine that is gone is known to be gone


def open_engine(url: str) -> Engine:
    """Of sqlite:/// or postgresql+psycopg://; nothing is created."""
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
    return engine


def _impatience(url: str) -> dict[str, Any]:
    """What PostgreSQL and its driver are told when they connect: the one gives up on a server that does not answer; the
    other on a lock, and ends the transaction of a machine that went away with one."""
    known = {"lock_timeout": LOCKED, **{f"tcp_keepalives_{name}": kept for name, kept in KEEPALIVE.items()}}
    asked = make_url(url).query.get("options", "")
    told = " ".join([*(f"-c {name}={value}" for name, value in known.items()), str(asked)])
    near = {f"keepalives_{name}": value for name, value in KEEPALIVE.items()}
    return {"connect_timeout": PATIENCE, "tcp_user_timeout": 1000 * PATIENCE, "options": told.strip(), **near}


def hurry(engine: Engine) -> None:
    """For what can be made again, such as a sample: from the next connection on no commit waits for the disk."""
    is_sqlite = engine.dialect.name == "sqlite"

    @event.listens_for(engine, "connect")
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
