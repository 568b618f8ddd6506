"""Thousands of rows of one table written together: one statement on PostgreSQL, which reads them from one JSON text; on
SQLite, which has no turns to save, one after the other. What many rows share is made into the driver's once."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Connection, Dialect, Table

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Rows that all name the same columns."""
    dialect, names = connection.dialect, tuple(rows[0])
    text = _insert_text(dialect, table, names)
    if dialect.name == "postgresql":
        connection.exec_driver_sql(text, {"rows": orjson.dumps(rows).decode()})
    else:
        connection.exec_driver_sql(text, list(_given(dialect, table, names, rows)))


def update_all(
    connection: Connection, table: Table, rows: Sequence[tuple[Row, Row]], count_up: str = ""
) -> None:  # fmt: skip
    """Each row: the columns it is found by, and what others are set to, one mapping for all rows that are set to the
    same; `count_up` becomes one more."""
    dialect, names = connection.dialect, (tuple(rows[0][0]), tuple(rows[0][1]))
    text = _update_text(dialect, table, *names, count_up)
    alike: dict[int, tuple[Row, list[Row]]] = {}  # by identity: they live as long as `rows`
    for key, values in rows:
        alike.setdefault(id(values), (values, []))[1].append(key)
    if dialect.name == "postgresql":
        arrays = ({name: [key[name] for key in keys] for name in names[0]} for _, keys in alike.values())
        made = [{**values, **array} for (values, _), array in zip(alike.values(), arrays, strict=True)]
        connection.exec_driver_sql(text, {"rows": orjson.dumps(made).decode()})
    else:
        sets = _given(dialect, table, names[1], [values for values, _ in alike.values()])
        found = (_given(dialect, table, names[0], keys) for _, keys in alike.values())
        given = [(*made, *key) for made, mine in zip(sets, found, strict=True) for key in mine]
        connection.exec_driver_sql(text, given)


def _given(dialect: Dialect, table: Table, names: Sequence[str], rows: Sequence[Row]) -> Any:
    """The values of each row as the driver takes them, in the order of `names`."""
    return zip(*(_column(dialect, table.c[name], [row[name] for row in rows]) for name in names), strict=True)


def _column(dialect: Dialect, column: Column[Any], values: list[Any]) -> list[Any]:
    kind = column.type
    if isinstance(kind, JSON):
        nothing = None if kind.none_as_null else "null"
        return [nothing if value is None else orjson.dumps(value).decode() for value in values]
    convert = _converter(dialect, column)
    if convert is None:
        return values
    made = {value: convert(value) for value in set(values)}
    return [made[value] for value in values]


@lru_cache
def _converter(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


@lru_cache
def _insert_text(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    if dialect.name != "postgresql":
        return f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {_records(_types(dialect, table, names))}'


@lru_cache
def _update_text(dialect: Dialect, table: Table, key: tuple[str, ...], names: tuple[str, ...], count_up: str) -> str:
    at_once = dialect.name == "postgresql"
    changes = [f'"{name}" = ' + (f'given."{name}"' if at_once else "?") for name in names]
    changes += [f'"{count_up}" = mine."{count_up}" + 1'] if count_up else []
    wanted = " AND ".join(f'mine."{name}" = ' + (f'found."{name}"' if at_once else "?") for name in key)
    source = ""
    if at_once:  # an array of each column of the key, for all that are set to the same
        given = _records([*_types(dialect, table, names), *(f"{each}[]" for each in _types(dialect, table, key))])
        keys = ", ".join(f'"{name}"' for name in key)
        arrays = ", ".join(f'given."{name}"' for name in key)
        source = f" FROM {given} CROSS JOIN LATERAL unnest({arrays}) AS found({keys})"
    return f'UPDATE "{table.name}" AS mine SET {", ".join(changes)}{source} WHERE {wanted}'


def _types(dialect: Dialect, table: Table, names: tuple[str, ...]) -> list[str]:
    return [f'"{name}" {table.c[name].type.compile(dialect)}' for name in names]


def _records(types: Sequence[str]) -> str:
    return f"jsonb_to_recordset(CAST(%(rows)s AS JSONB)) AS given({', '.join(types)})"
