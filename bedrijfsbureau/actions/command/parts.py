"""The rows that make up a dossier, read under its lock in one statement of one row, however many there are.

They belong to no SQLAlchemy session, which would cost more than all the rest of a command; `Unwritten` writes them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Dialect,
    Enum,
    FromClause,
    ScalarSelect,
    Select,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import NullType

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import (
    Base,
    Dossier,
    Json,
    Locatie,
    Relatie,
    Stuk,
    StukVersion,
    Task,
    TaskStatus,
    Termijn,
    Verzoek,
    Vrijgave,
    Vrijstelling,
)
from bedrijfsbureau.model.base import Moment

Parts = Mapping[type[Base], list[Any]]
Convert = Callable[[Any], Any]

RAW = NullType()
OPEN: ColumnElement[str] = literal_column(f"'{TaskStatus.OPEN}'", String)  # no parameter: `Tx.fetch` takes one
SEEN = aliased(Dossier)  # as the statement sees it, beside the row that it locks
OTHER = aliased(Dossier)
PARTS: Mapping[type[Base], Any] = {
    Stuk: Stuk.dossier_id == Dossier.id,
    StukVersion: Stuk.dossier_id == Dossier.id,
    Verzoek: Verzoek.dossier_id == Dossier.id,
    Vrijstelling: Vrijstelling.dossier_id == Dossier.id,
    Task: (Task.dossier_id == Dossier.id) & (type_coerce(Task.status, String) == OPEN),
    Termijn: Termijn.dossier_id == Dossier.id,
    Vrijgave: (Vrijgave.dossier_id == Dossier.id)
    & Vrijgave.withdrawn_at.is_(None)
    & Vrijgave.returned_at.is_(None)
    & Vrijgave.accepted_at.is_(None),
}
"""What is read of each: of tasks the open ones, of vrijgaven the one that counts now."""
NOT_READ = frozenset({Vrijgave.__table__.c.content})
COLUMNS = {part: tuple(c for c in part.__table__.c if c not in NOT_READ) for part in PARTS}
OWN = tuple(Dossier.__table__.c)
JSON_ROWS = {"postgresql": (func.json_agg, func.json_build_array), "sqlite": (func.json_group_array, func.json_array)}


@cache
def _statement(owner: type[Base], locking: bool, dialect: str) -> Select[Any]:
    """One row: the version that the statement sees, the dossier's own columns, each part as a list of rows in JSON."""
    table = owner.__table__
    mine: Any = bindparam("key", type_=table.c.id.type)
    if owner is not Dossier:
        mine = select(table.c.dossier_id).where(table.c.id == mine).correlate(None).scalar_subquery()
    seen = select(SEEN.version).where(SEEN.id == Dossier.id).correlate(Dossier).scalar_subquery()
    origins: dict[type[Base], FromClause] = {StukVersion: StukVersion.__table__.join(Stuk.__table__)}
    parts = [_rows(dialect, COLUMNS[part], origins.get(part, part.__table__), where) for part, where in PARTS.items()]
    others = Relatie.__table__.outerjoin(OTHER, OTHER.id == Relatie.other_id)
    others = others.outerjoin(Locatie, Locatie.id == OTHER.locatie_id)
    relatie = (Relatie.id, Relatie.kind, OTHER.number, OTHER.gehoor_op, Locatie.name)
    related = _rows(dialect, relatie, others, Relatie.dossier_id == Dossier.id)
    query = select(seen, *(type_coerce(c, RAW) for c in OWN), *parts, related).where(Dossier.id == mine)
    return query.with_for_update(of=Dossier) if locking else query


def _rows(dialect: str, columns: Sequence[Any], origin: FromClause, is_mine: Any) -> ScalarSelect[str]:
    gather, row = JSON_ROWS[dialect]
    values = [func.json(c) if dialect == "sqlite" and isinstance(c.type, JSON) else c for c in columns]
    gathered = cast(gather(row(*(type_coerce(value, RAW) for value in values))), Text)
    return select(gathered).select_from(origin).where(is_mine).correlate(Dossier).scalar_subquery()


def read_parts(tx: Tx, owner: type[Base], key: int | str) -> Parts | None:
    """Lock the dossier `key`, or the one that row `key` of `owner` belongs to, and read all of it, oldest first; its
    own collections are filled. None when there is none. Nothing is locked in a transaction that only reads.

    Who had to wait for the lock sees the dossier's row as it became, and all else as it was when the waiting began:
    then everything is read once more.
    """
    tx.flush()
    tx.write()
    dialect = tx.database.engine.dialect
    for _ in range(2):
        rows = tx.fetch(_statement(owner, not tx.is_reading, dialect.name), key)
        if not rows:
            return None
        seen, *own = rows[0]
        dossier: Dossier = _own(dialect).row(own[: len(OWN)])
        if dossier.version == seen:
            break
    return _put_together(dossier, own[len(OWN) :])


@dataclass(frozen=True)
class _Shape:
    """How values in the order of the columns become a row: the names, and what becomes of those that differ."""

    model: type[Base]
    names: tuple[str, ...]
    converts: tuple[tuple[str, Convert], ...]

    def row(self, values: Sequence[Any]) -> Any:
        row = self.model.__mapper__.class_manager.new_instance()
        content = row.__dict__
        content.update(zip(self.names, values, strict=True))
        for name, convert in self.converts:
            if content[name] is not None:
                content[name] = convert(content[name])
        return row


def _own(dialect: Dialect) -> _Shape:
    """Of the dossier's own row, as the driver gives it."""
    if dialect not in _OWN:
        found = ((c.key, c.type.dialect_impl(dialect).result_processor(dialect, None)) for c in OWN)
        _OWN[dialect] = _Shape(Dossier, tuple(c.key for c in OWN), tuple((n, f) for n, f in found if f is not None))
    return _OWN[dialect]


_OWN: WeakKeyDictionary[Dialect, _Shape] = WeakKeyDictionary()


def _from_json(column: ColumnElement[Any]) -> Convert | None:
    """What a value of the column is, from what JSON has for it."""
    if isinstance(column.type, Moment):
        return _moment
    if isinstance(column.type, Date):
        return date.fromisoformat
    if isinstance(column.type, Boolean):
        return bool
    return column.type.enum_class if isinstance(column.type, Enum) else None


def _moment(text: str) -> datetime:
    """SQLite's has no zone and is UTC by agreement."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


@cache
def _part(model: type[Base]) -> _Shape:
    found = ((c.key, _from_json(c)) for c in COLUMNS[model])
    return _Shape(model, tuple(c.key for c in COLUMNS[model]), tuple((n, f) for n, f in found if f is not None))


def _put_together(dossier: Dossier, gathered: Sequence[str | None]) -> Parts:
    *parts, relaties = (orjson.loads(text) if text else [] for text in gathered)
    found: dict[type[Base], list[Any]] = {Dossier: [dossier], Relatie: sorted(relaties)}
    for model, rows in zip(PARTS, parts, strict=True):
        found[model] = [_part(model).row(values) for values in rows]
    versions: dict[int, list[StukVersion]] = defaultdict(list)
    for version in sorted(found[StukVersion], key=lambda version: version.number):
        versions[version.stuk_id].append(version)
    for stuk in found[Stuk]:
        set_committed_value(stuk, "versions", versions[stuk.id])
    for name, part in (("stukken", Stuk), ("verzoeken", Verzoek), ("vrijstellingen", Vrijstelling)):
        set_committed_value(dossier, name, sorted(found[part], key=lambda row: row.id))
    set_committed_value(dossier, "tasks", sorted(found[Task], key=lambda task: (task.opened_at, task.id)))
    return found


def relaties_of(parts: Parts) -> list[Json]:
    """As checks see them, the oldest first."""
    return [
        {"soort": kind, "dossier": number, "gehoor_op": on and date.fromisoformat(on), "locatie": locatie}
        for _, kind, number, on, locatie in parts[Relatie]
    ]
