"""Statements as the driver takes them, made once per database: for SQLAlchemy to look at one again at every command
costs more than for the database to run it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Delete, Dialect, Insert, Update, bindparam

from bedrijfsbureau.database import execute

Statement = Insert | Update | Delete
Row = Mapping[str, Any]
Convert = Callable[[Any], Any]
MOST_AT_ONCE = 16  # rows in one insert


@dataclass(frozen=True)
class Compiled:
    """names: the driver's name of every parameter, row after row. converts: how ours become the driver's, by our name,
    of those where they differ."""

    text: str
    names: tuple[tuple[tuple[str, str], ...], ...]
    converts: tuple[tuple[str, Convert], ...]

    def run(self, connection: Connection, rows: Sequence[Row]) -> Any:
        """All rows at once where the text has room for them, else one after the other."""
        if len(self.names) == len(rows):
            return execute(connection, self.text, self._given(rows))
        return execute(connection, self.text, [self._given([row]) for row in rows])

    def _given(self, rows: Sequence[Row]) -> dict[str, Any]:
        given = {}
        for names, row in zip(self.names, rows, strict=True):
            values = dict(row)
            for name, convert in self.converts:
                values[name] = convert(values[name])
            for name, theirs in names:
                given[theirs] = values[name]
        return given


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
        each = [[(name, f"{name}_{row}" if row else name) for name in columns] for row in range(rows)]
        values = [{name: bindparam(theirs, type_=types[name]) for name, theirs in names} for names in each]
        made = statement.values(values if rows > 1 else values[0]).compile(dialect=dialect)
        if unsaid := set(made.bind_names.values()) - {theirs for names in each for _, theirs in names}:
            raise ValueError(f"{statement.table.name}: say what {', '.join(unsaid)} is")
    else:
        made = statement.compile(dialect=dialect)
        types = {name: bind.type for bind, name in made.bind_names.items()}
        each = [[(name, name) for name in types]]
    converts = {name: kind.dialect_impl(dialect).bind_processor(dialect) for name, kind in types.items()}
    different = tuple((name, convert) for name, convert in converts.items() if convert is not None)
    return Compiled(str(made), tuple(tuple(names) for names in each), different)
