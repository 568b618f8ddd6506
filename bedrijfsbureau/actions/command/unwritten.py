"""What a command changed and made, written once at its end: only the rows and columns that differ."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Integer,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    literal_column,
    update,
)
from sqlalchemy.orm.attributes import instance_state

from bedrijfsbureau.actions.command.compiled import Statement, write
from bedrijfsbureau.errors import Conflict
from bedrijfsbureau.model import Base, Dossier

ONE: ColumnElement[int] = literal_column("1", Integer)  # no parameter
KEY = "key_"  # prefix of parameters that say which row, beside those that say what it becomes
Values = dict[str, Any]
Aimed = TypeVar("Aimed", Update, Delete)


class Unwritten:
    """Rows that belong to no session: those that were read (`known`), and those that come and go."""

    def __init__(self, known: Iterable[Base] = ()) -> None:
        self._known = list(known)
        self._new: dict[type[Base], list[Base]] = defaultdict(list)
        self._values: dict[type[Base], list[Values]] = defaultdict(list)
        self._gone: list[Base] = []
        self._statements: list[tuple[Statement, list[Values]]] = []

    def add(self, row: Base) -> None:
        """A new row whose key is known; what is set on it later counts too."""
        self._new[type(row)].append(row)

    def add_values(self, model: type[Base], values: Values) -> None:
        """A new row of which nobody needs more than that it is written: a value for each column."""
        self._values[model].append(values)

    def remove(self, row: Base) -> None:
        if row in (new := self._new[type(row)]):
            new.remove(row)
        else:
            self._gone.append(row)

    def run(self, statement: Statement, rows: list[Values]) -> None:
        """Execute this too, last."""
        self._statements.append((statement, rows))

    def write(self, connection: Connection) -> None:
        """Raises Conflict when another command changed the dossier, which the lock should have made impossible. Where
        statements go together nobody counts rows; then the next number in the history is taken already."""
        for (model, changed), rows in self._changed().items():
            written = write(connection, _update(model, changed), rows)
            if model is Dossier and written.rowcount == 0:
                raise Conflict
        for row in self._gone:
            write(connection, _delete(type(row)), [_key_of(row)])
        for model, new in self._new.items():
            if new:
                write(connection, _insert(model), [{n: getattr(row, n) for n in _columns(model)} for row in new])
        for model, rows in self._values.items():
            write(connection, _insert(model), rows)
        for statement, rows in self._statements:
            write(connection, statement, rows)

    def _changed(self) -> dict[tuple[type[Base], tuple[str, ...]], list[Values]]:
        """By table and columns that changed, so that equal changes of several rows go together."""
        changed: dict[tuple[type[Base], tuple[str, ...]], list[Values]] = defaultdict(list)
        for row in self._known:
            was: Values = instance_state(row).committed_state
            names = tuple(n for n in _columns(type(row)) if n in was and was[n] != getattr(row, n)) if was else ()
            if names:
                changed[type(row), names].append({n: getattr(row, n) for n in names} | _key_of(row))
                if isinstance(row, Dossier):
                    row.version += 1
        return changed


def table_of(model: type[Base]) -> Table:
    assert isinstance(model.__table__, Table)
    return model.__table__


@cache
def _columns(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.key for column in table_of(model).c)


def _key_of(row: Base) -> Values:
    names = [column.key for column in table_of(type(row)).primary_key]
    if isinstance(row, Dossier):
        names.append("version")
    return {KEY + name: getattr(row, name) for name in names}


@cache
def _update(model: type[Base], names: tuple[str, ...]) -> Update:
    """A dossier's version goes up, and must be what it was when it was read."""
    table = table_of(model)
    new = {name: bindparam(name, type_=table.c[name].type) for name in names}
    statement = _of_key(update(table_of(model)), model).values(new)
    if model is Dossier:
        version = table.c.version
        statement = statement.values(version=version + ONE).where(version == bindparam(KEY + "version"))
    return statement


@cache
def _delete(model: type[Base]) -> Delete:
    return _of_key(delete(table_of(model)), model)


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(table_of(model)).inline()


def _of_key(statement: Aimed, model: type[Base]) -> Aimed:
    keys = table_of(model).primary_key
    return statement.where(*(column == bindparam(KEY + column.key, type_=column.type) for column in keys))
