"""A database for each test, holding what the test starts with: made once per worker, and copied or put back.

SQLite copies a file. PostgreSQL needs half a second of processor time to copy a database, so there a worker has one,
and what the test before left in its tables is replaced.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # a test of a pure layer starts without loading the database
    import psycopg

    from bedrijfsbureau.database import Database

SECRET = b"only for tests, never for people"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FILE, STUKKEN = "bedrijfsbureau.sqlite", "files"
NO_ROWS = 21  # bytes around the rows in the binary format of COPY


class Start(NamedTuple):
    """What a test finds in its database. `name` tells it from what other tests of the same worker start with."""

    name: str
    fill: Callable[["Database"], None]


EMPTY = Start("empty", lambda database: None)


@contextmanager
def opened(url: str, stukken: Path) -> Iterator["Database"]:
    """A test database: nobody misses it when the machine goes down, so nothing waits for the disk."""
    from bedrijfsbureau.database import connect, hurry

    database = connect(url, SECRET, stukken)
    hurry(database)
    try:
        yield database
    finally:
        database.dispose()


class Sqlite:
    """A folder for every start, with the database and its stukken; a test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self, start: Start, place: Path) -> str:
        """The URL of a database in `place` that holds `start`."""
        made = self._folder / start.name
        if not made.exists():
            self._make(start, made)
        shutil.copytree(made, place, dirs_exist_ok=True)
        return f"sqlite:///{place / FILE}"

    def _make(self, start: Start, folder: Path) -> None:
        if start is EMPTY:
            folder.mkdir()
            _make_schema(f"sqlite:///{folder / FILE}", folder / STUKKEN)
        else:
            self.fresh(EMPTY, folder)
        with opened(f"sqlite:///{folder / FILE}", folder / STUKKEN) as database:
            start.fill(database)


class Kept(NamedTuple):
    rows: dict[str, bytes]  # by table, as COPY writes them
    numbers: dict[str, int | None]  # the last that each sequence gave out


class Postgresql:
    """One database on `server` for a whole worker, of which the rows are replaced."""

    def __init__(self, server: str, worker: str, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._name = f"bb_{worker}_{os.getpid()}"
        self._template = f"{self._name}_empty"
        self._kept: dict[str, Kept] = {}
        _on_server(server, f'CREATE DATABASE "{self._template}"')
        _make_schema(_url(server, self._template), folder / STUKKEN)
        self._copy_template()
        with self._connected() as connection:
            self._schema = _schema(connection)

    def fresh(self, start: Start, place: Path) -> str:
        """The URL of the database, now that it holds `start`, with its stukken in `place`."""
        url, stukken = _url(self._server, self._name), self._folder / start.name / STUKKEN
        if start.name not in self._kept:
            if start is not EMPTY:
                self.fresh(EMPTY, self._folder)
            with opened(url, stukken) as database:
                start.fill(database)
            with self._connected() as connection:
                self._kept[start.name] = _keep(connection)
        self._put_back(self._kept[start.name])
        if stukken.exists():
            shutil.copytree(stukken, place / STUKKEN, dirs_exist_ok=True)
        return url

    def drop(self) -> None:
        for name in (self._name, self._template):
            _on_server(self._server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _put_back(self, kept: Kept) -> None:
        with self._connected() as connection:
            if _schema(connection) == self._schema:
                _replace(connection, kept)
                return
        _on_server(self._server, f'DROP DATABASE "{self._name}" WITH (FORCE)')  # a test made the tables anew
        self._copy_template()
        with self._connected() as connection:
            _replace(connection, kept)

    def _copy_template(self) -> None:
        _on_server(self._server, f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}"')

    def _connected(self) -> "psycopg.Connection[Any]":
        import psycopg

        return psycopg.connect(_libpq(_url(self._server, self._name)))


def _schema(connection: "psycopg.Connection[Any]") -> list[tuple[int]]:
    """Another when a table was made or made again."""
    return connection.execute(
        "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY oid"
    ).fetchall()


def _keep(connection: "psycopg.Connection[Any]") -> Kept:
    rows = {}
    for table in _tables():
        with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)'.encode()) as copy:
            rows[table] = b"".join(copy)
    numbers = connection.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
    return Kept({table: found for table, found in rows.items() if len(found) > NO_ROWS}, dict(numbers.fetchall()))


def _replace(connection: "psycopg.Connection[Any]", kept: Kept) -> None:
    """Whoever is still connected holds locks, and is sent away."""
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    connection.execute(";".join(f'DELETE FROM "{table}"' for table in reversed(_tables())).encode())
    for table, rows in kept.rows.items():
        with connection.cursor().copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)'.encode()) as copy:
            copy.write(rows)
    for sequence, last in kept.numbers.items():
        connection.execute("SELECT setval(%s, %s, %s)", (f'"{sequence}"', last or 1, last is not None))


def _tables() -> list[str]:
    """Every table of ours, one that others refer to before them."""
    from bedrijfsbureau.model import Base

    return [table.name for table in Base.metadata.sorted_tables]


def _make_schema(url: str, stukken: Path) -> None:
    from bedrijfsbureau.cli import schema

    with opened(url, stukken) as database:
        schema.upgrade(database.engine)


def _url(server: str, name: str) -> str:
    """SQLAlchemy's URL of one database on the server, whose own URL is libpq's or SQLAlchemy's."""
    base, _, query = server.replace("postgresql+psycopg:", "postgresql:", 1).partition("?")
    scheme, _, rest = base.partition("://")
    return f"{scheme}+psycopg://{rest.split('/')[0]}/{name}" + (f"?{query}" if query else "")


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg:", "postgresql:", 1)


def _on_server(server: str, statement: str) -> None:
    """CREATE and DROP DATABASE run outside a transaction."""
    import psycopg

    with psycopg.connect(_libpq(server), autocommit=True) as connection:
        connection.execute(statement.encode())
