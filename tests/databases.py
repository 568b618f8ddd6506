"""A database for each test, holding what the test starts with: made once per worker, and copied or put back.

SQLite copies a file. PostgreSQL needs half a second of processor time to copy a database, so there a worker has one,
and what the test before left in its tables is replaced.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:  # a test of a pure layer starts without loading the database
    import psycopg

    from bedrijfsbureau.database import Database

SECRET = b"only for tests, never for people"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FILE, STUKKEN = "bedrijfsbureau.sqlite", "files"
Result = TypeVar("Result")
NO_ROWS = 21  # bytes around the rows in the binary format of COPY


class Start(NamedTuple):
    """What a test finds in its database. `name` tells it from what other tests of the same worker start with."""

    name: str
    fill: Callable[["Database"], None]


EMPTY = Start("empty", lambda database: None)


@contextmanager
def opened(url: str, stukken: Path) -> Iterator["Database"]:
    """A test database: nobody misses it when the machine goes down, so nothing waits for the disk."""
    from bedrijfsbureau.storage import storage_in

    name = "sqlite" if url.startswith("sqlite") else url
    engine = _resting.pop(name, None) or Reused(url)
    engine.turn_to(url)
    try:
        yield replace(engine.database, storage=storage_in(stukken), compiled={}, measured={})
    finally:
        if engine.is_as_it_was and name not in _resting:
            _resting[name] = engine
        if engine.is_of_a_file or _resting.get(name) is not engine:
            engine.engine.dispose()


class Reused:
    """An engine that goes from test to test: what SQLAlchemy compiled for one is there for the next. On PostgreSQL its
    connections stay open as well, and with them what the server looked up."""

    def __init__(self, url: str) -> None:
        from sqlalchemy import event

        from bedrijfsbureau.database import connect, hurry

        self.database = connect(url, SECRET, Path())
        hurry(self.database.engine)
        self.engine = self.database.engine
        self.is_of_a_file, self._path = url.startswith("sqlite"), ""
        if self.is_of_a_file:
            event.listen(self.engine, "do_connect", self._lead)
        self._listeners = self._count()

    def turn_to(self, url: str) -> None:
        self._path = url.partition("///")[2]

    @property
    def is_as_it_was(self) -> bool:
        """Nobody listens to it any more, and every connection was given back."""
        return self._count() == self._listeners and self.engine.pool.checkedout() == 0  # type: ignore[attr-defined]

    def _lead(self, dialect: Any, record: Any, arguments: list[Any], options: Any) -> None:
        """Connect to the file of this test; the engine knows that of the first."""
        arguments[0] = self._path

    def _count(self) -> list[int]:
        happen = ("begin", "commit", "rollback", "before_cursor_execute", "after_cursor_execute")
        heard = [getattr(self.engine.dispatch, name) for name in happen]
        return [len(each) for each in (*heard, self.engine.pool.dispatch.connect, self.engine.pool.dispatch.checkout)]


_resting: dict[str, Reused] = {}  # in no test's hands, by what they connect to


def rest(url: str) -> None:
    """Close what waits for another test."""
    if url in _resting:
        _resting.pop(url).engine.dispose()


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
        self._connection: psycopg.Connection[Any] | None = None
        _on_server(server, f'CREATE DATABASE "{self._template}"')
        _make_schema(_url(server, self._template), folder / STUKKEN)
        rest(_url(server, self._template))
        self._copy_template()
        self._schema = self._in_database(_schema)

    def fresh(self, start: Start, place: Path) -> str:
        """The URL of the database, now that it holds `start`, with its stukken in `place`."""
        url, stukken = _url(self._server, self._name), self._folder / start.name / STUKKEN
        if start.name not in self._kept:
            if start is not EMPTY:
                self.fresh(EMPTY, self._folder)
            with opened(url, stukken) as database:
                start.fill(database)
            self._kept[start.name] = self._in_database(_keep)
        self._put_back(self._kept[start.name])
        if stukken.exists():
            shutil.copytree(stukken, place / STUKKEN, dirs_exist_ok=True)
        return url

    def drop(self) -> None:
        self._leave()
        for name in (self._name, self._template):
            _on_server(self._server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _put_back(self, kept: Kept) -> None:
        if self._in_database(_schema) != self._schema:  # a test made the tables anew
            self._leave()
            _on_server(self._server, f'DROP DATABASE "{self._name}" WITH (FORCE)')
            self._copy_template()
        self._in_database(lambda connection: _replace(connection, kept))

    def _copy_template(self) -> None:
        _on_server(self._server, f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}"')

    def _in_database(self, act: "Callable[[psycopg.Connection[Any]], Result]") -> Result:
        """In a transaction, on one connection for all tests: a new one would have to learn all tables."""
        import psycopg

        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(_libpq(_url(self._server, self._name)))
        with self._connection.transaction():
            return act(self._connection)

    def _leave(self) -> None:
        rest(_url(self._server, self._name))
        if self._connection is not None:
            self._connection.close()


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
    """Whoever is still in a transaction holds locks, and is sent away."""
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend' AND state IS DISTINCT FROM 'idle'"
    )
    connection.execute("SET session_replication_role = replica")  # also what the database keeps from being removed
    connection.execute(";".join(f'DELETE FROM "{table}"' for table in reversed(_tables())).encode())
    connection.execute("SET session_replication_role = DEFAULT")
    for table, rows in kept.rows.items():
        with connection.cursor().copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)'.encode()) as copy:
            copy.write(rows)
    set_back = (f"setval('\"{name}\"', {last or 1}, {last is not None})" for name, last in kept.numbers.items())
    connection.execute(f"SELECT {', '.join(set_back)}".encode())


@cache
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
