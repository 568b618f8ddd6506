"""Straight to the driver, for what runs at every command: statements as text, several in one message."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import ClauseElement, Connection, Dialect

BY_PLACE = {"postgresql": "numeric_dollar", "sqlite": "qmark"}


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


@contextmanager
def together(connection: Connection) -> Iterator[psycopg.Connection[Any] | None]:
    """Statements of which no result is asked meanwhile: to PostgreSQL, by the connection that is given, they go in one
    message, together with what begins or ends the transaction."""
    driver = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection):
        with driver.pipeline():
            yield driver
    else:
        yield None
