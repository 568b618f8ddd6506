"""Statements as the driver takes them, made once per database: for SQLAlchemy to look at one again at every command
costs more than for the database to run it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Connection, Delete, Dialect, Insert, Update, bindparam
from sqlalchemy.sql.visitors import iterate

from bedrijfsbureau.database import execute, text_of

Statement = Insert | Update | Delete
Row = Mapping[str, Any]
Convert = Callable[[Any], Any]
MOST_AT_ONCE = 16  # rows in one insert


@dataclass(frozen=True)
class Compiled:
    """rows: how many there is room for. names: of the parameters of one row, by their place. converts: how ours become
    the driver's, of those where they differ."""

    words: str
    rows: int
    names: tuple[str, ...]
    converts: tuple[tuple[str, Convert], ...]

    def run(self, connection: Connection, rows: Sequence[Row]) -> Any:
        """All rows at once where there is room for them, else one after the other."""
        given = [self._given(row) for row in rows]
        if self.rows == len(rows):
            return execute(connection, self.words, [value for values in given for value in values])
        return execute(connection, self.words, given, many=True)

    def _given(self, row: Row) -> list[Any]:
        values = dict(row)
        for name, convert in self.converts:
            values[name] = convert(values[name])
        return [values[name] for name in self.names]


def write(connection: Connection, statement: Statement, rows: Sequence[Row]) -> Any:
    """The driver's cursor, having run a statement for each row, one after the other or at once. A row says what each
    parameter is; that of an insert names every column, but for those that the database fills in."""
    known = _KNOWN.setdefault(connection.dialect, {})
    names: tuple[str, ...] = ()
    together = 1
    if isinstance(statement, Insert):
        names, together = tuple(rows[0]), len(rows) if len(rows) <= MOST_AT_ONCE else 1
    key = statement, names, together
    if key not in known:
        known[key] = _compile(connection.dialect, *key)
    return known[key].run(connection, rows)


Key = tuple[Statement, tuple[str, ...], int]
_KNOWN: WeakKeyDictionary[Dialect, dict[Key, Compiled]] = WeakKeyDictionary()


def _compile(dialect: Dialect, statement: Statement, columns: tuple[str, ...], rows: int) -> Compiled:
    if isinstance(statement, Insert):
        types = {name: statement.table.c[name].type for name in columns}
        each = [{name: bindparam(f"{name}_{row}", type_=kind) for name, kind in types.items()} for row in range(rows)]
        words, places = text_of(statement.values(each if rows > 1 else each[0]), dialect)
        names = tuple(place.removesuffix("_0") for place in places[: len(places) // rows])
        if unsaid := set(names) - set(columns):
            raise ValueError(f"{statement.table.name}: say what {', '.join(unsaid)} is")
    else:
        types = {bind.key: bind.type for bind in iterate(statement) if isinstance(bind, BindParameter)}
        words, names = text_of(statement, dialect)
    converts = {name: kind.dialect_impl(dialect).bind_processor(dialect) for name, kind in types.items()}
    different = tuple((name, convert) for name, convert in converts.items() if convert is not None)
    return Compiled(words, rows, names, different)


def names_in(dialect: Dialect, words: str) -> tuple[str, ...]:
    """Of a statement that was run here: the names of the parameters of one row."""
    return next(each.names for each in _KNOWN[dialect].values() if each.words == words)
