"""The rows that make up a dossier, read under its lock in one statement however many there are.

They belong to no SQLAlchemy session, which would cost more than all the rest of a command; `Rows` writes them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    literal_column,
    select,
    true,
    type_coerce,
    union_all,
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

Parts = Mapping[type[Base], list[Any]]

RAW = NullType()
OPEN: ColumnElement[str] = literal_column(f"'{TaskStatus.OPEN}'", String)  # no parameter: `Tx.fetch` takes one
WHOLE = aliased(Dossier)  # as the statement sees it, beside the row that it locks
OTHER = aliased(Dossier)
EACH = aliased(Stuk)
PARTS: Mapping[type[Base], Any] = {
    Dossier: WHOLE.id == Dossier.id,
    Stuk: Stuk.dossier_id == Dossier.id,
    StukVersion: StukVersion.stuk_id.in_(select(EACH.id).where(EACH.dossier_id == Dossier.id).correlate(Dossier)),
    Verzoek: Verzoek.dossier_id == Dossier.id,
    Vrijstelling: Vrijstelling.dossier_id == Dossier.id,
    Task: and_(Task.dossier_id == Dossier.id, type_coerce(Task.status, String) == OPEN),
    Termijn: Termijn.dossier_id == Dossier.id,
    Vrijgave: and_(
        Vrijgave.dossier_id == Dossier.id,
        Vrijgave.withdrawn_at.is_(None),
        Vrijgave.returned_at.is_(None),
        Vrijgave.accepted_at.is_(None),
    ),
    Relatie: Relatie.dossier_id == Dossier.id,
}
"""What is read of each: of tasks the open ones, of vrijgaven the one that counts now."""
NOT_READ = frozenset({Vrijgave.__table__.c.content})
COLUMNS = {part: tuple(c for c in part.__table__.c if c not in NOT_READ) for part in PARTS}
BEFORE = 5  # columns of the result before those of the parts
Convert = Callable[[Any], Any]


@cache
def _statement(owner: type[Base], locking: bool) -> Select[Any]:
    """Each row of the result is one row of one part: the parts stand under each other, in columns of their own."""
    table = owner.__table__
    mine: Any = bindparam("key", type_=table.c.id.type)
    if owner is not Dossier:
        mine = select(table.c.dossier_id).where(table.c.id == mine).correlate(None).scalar_subquery()
    each = union_all(*(select(literal_column(str(n), Integer).label("part")) for n in range(len(PARTS)))).subquery()
    entities = {part: WHOLE if part is Dossier else part for part in PARTS}
    columns = [type_coerce(getattr(entity, c.key), RAW) for part, entity in entities.items() for c in COLUMNS[part]]
    query = select(Dossier.version.label("locked"), each.c.part, OTHER.number, OTHER.gehoor_op, Locatie.name, *columns)
    query = query.select_from(Dossier).join(each, true())
    for number, (part, is_mine) in enumerate(PARTS.items()):
        query = query.outerjoin(entities[part], and_(each.c.part == literal_column(str(number)), is_mine))
    query = query.outerjoin(OTHER, OTHER.id == Relatie.other_id).outerjoin(Locatie, Locatie.id == OTHER.locatie_id)
    query = query.where(Dossier.id == mine)
    return query.with_for_update(of=Dossier) if locking else query


def read_parts(tx: Tx, owner: type[Base], key: int | str) -> Parts | None:
    """Lock the dossier `key`, or the one that row `key` of `owner` belongs to, and read all of it, oldest first; its
    own collections are filled. None when there is none. Nothing is locked in a transaction that only reads.

    Who had to wait for the lock sees the dossier's row as it became, and all else as it was when the waiting began:
    then everything is read once more.
    """
    tx.flush()
    tx.write()
    for _ in range(2):
        rows = tx.fetch(_statement(owner, locking=not tx.is_reading), key)
        found = _sorted_out(rows, _layout(tx.database.engine.dialect))
        if not rows or (found[Dossier] and found[Dossier][0].version == rows[0][0]):
            break
    return _put_together(found) if rows else None


@dataclass(frozen=True)
class _Place:
    """Where the columns of a part stand in a row of the result, and how the driver's values become ours: of a row only
    those of its own part are converted, the others are empty."""

    part: type[Base]
    columns: slice
    names: tuple[str, ...]
    converts: tuple[tuple[str, Convert], ...]

    def row(self, values: Any) -> Any:
        row = self.part.__mapper__.class_manager.new_instance()
        content = row.__dict__
        content.update(zip(self.names, values, strict=True))
        for name, convert in self.converts:
            content[name] = convert(content[name])
        return row


def _layout(dialect: Dialect) -> list[_Place]:
    if dialect not in _LAYOUTS:
        _LAYOUTS[dialect] = []
        start = BEFORE
        for part, columns in COLUMNS.items():
            found = ((c.key, c.type.dialect_impl(dialect).result_processor(dialect, None)) for c in columns)
            converts = tuple((name, convert) for name, convert in found if convert is not None)
            place = slice(start, start := start + len(columns))
            _LAYOUTS[dialect].append(_Place(part, place, tuple(c.key for c in columns), converts))
    return _LAYOUTS[dialect]


_LAYOUTS: WeakKeyDictionary[Dialect, list[_Place]] = WeakKeyDictionary()


def _sorted_out(rows: Any, layout: list[_Place]) -> Parts:
    """Rows of each part; of relaties what checks see of them."""
    found: dict[type[Base], list[Any]] = defaultdict(list)
    for row in rows:
        place = layout[row[1]]
        values = row[place.columns]
        if values[0] is None:
            continue
        one = place.row(values)
        if place.part is Relatie:
            on = date.fromisoformat(row[3]) if isinstance(row[3], str) else row[3]  # SQLite has no dates
            relatie = {"soort": one.kind, "dossier": row[2], "gehoor_op": on, "locatie": row[4]}
            found[Relatie].append((one.id, relatie))
        else:
            found[place.part].append(one)
    return found


def _put_together(found: Parts) -> Parts:
    dossier: Dossier = found[Dossier][0]
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
    """As checks see them."""
    return [relatie for _, relatie in sorted(parts[Relatie], key=lambda row: row[0])]
