"""Thousands of rows of one table written together: one statement on PostgreSQL, which reads them from one JSON text;
on SQLite, which has no turns to save, one after the other."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Dialect, Table, Update, bindparam, insert, literal_column, update

from bedrijfsbureau.actions import compiled

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Rows that all name the same columns."""
    if connection.dialect.name == "postgresql":
        _send(connection, _insert_text(connection.dialect, table, tuple(rows[0])), rows)
    else:
        compiled.write(connection, insert(table).inline(), rows)


def update_all(
    connection: Connection, table: Table, key: tuple[str, ...], rows: Sequence[Row], count_up: str = ""
) -> None:  # fmt: skip
    """Rows found by their columns `key`; every other column they name is set, and `count_up` becomes one more."""
    names = tuple(name for name in rows[0] if name not in key)
    if connection.dialect.name == "postgresql":
        _send(connection, _update_text(connection.dialect, table, key, names, count_up), rows)
    else:
        named = [{**row, **{f"of_{name}": row[name] for name in key}} for row in rows]
        compiled.write(connection, _update(table, key, names, count_up), named)


@lru_cache
def _update(table: Table, key: tuple[str, ...], names: tuple[str, ...], count_up: str) -> Update:
    values: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in names}
    if count_up:
        values[count_up] = table.c[count_up] + literal_column("1")
    mine = (table.c[name] == bindparam(f"of_{name}", type_=table.c[name].type) for name in key)
    return update(table).where(*mine).values(values)


def _send(connection: Connection, text: str, rows: Sequence[Row]) -> None:
    connection.exec_driver_sql(text, {"rows": orjson.dumps(rows).decode()})


@lru_cache
def _insert_text(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {_records(dialect, table, names)}'


@lru_cache
def _update_text(dialect: Dialect, table: Table, key: tuple[str, ...], names: tuple[str, ...], count_up: str) -> str:
    changes = [f'"{name}" = given."{name}"' for name in names]
    changes += [f'"{count_up}" = mine."{count_up}" + 1'] if count_up else []
    found = " AND ".join(f'mine."{name}" = given."{name}"' for name in key)
    records = _records(dialect, table, (*key, *names))
    return f'UPDATE "{table.name}" AS mine SET {", ".join(changes)} FROM {records} WHERE {found}'


def _records(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    types = ", ".join(f'"{name}" {table.c[name].type.compile(dialect)}' for name in names)
    return f"jsonb_to_recordset(CAST(%(rows)s AS JSONB)) AS given({types})"
