"""The rows that make up a dossier, read under its lock in one statement however many there are.

They belong to no SQLAlchemy session, which would cost more than all the rest of a command; `Rows` writes them.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Integer, Select, and_, bindparam, literal_column, select, true, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

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

Row = TypeVar("Row", bound=Base)
Parts = Mapping[type[Base], list[Any]]

WHOLE = aliased(Dossier)  # as the statement sees it, beside the row that it locks
OTHER = aliased(Dossier)
EACH = aliased(Stuk)
PARTS: Mapping[type[Base], Any] = {
    Dossier: WHOLE.id == Dossier.id,
    Stuk: Stuk.dossier_id == Dossier.id,
    StukVersion: StukVersion.stuk_id.in_(select(EACH.id).where(EACH.dossier_id == Dossier.id).correlate(Dossier)),
    Verzoek: Verzoek.dossier_id == Dossier.id,
    Vrijstelling: Vrijstelling.dossier_id == Dossier.id,
    Task: and_(Task.dossier_id == Dossier.id, Task.status == TaskStatus.OPEN),
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
COLUMNS = {part: tuple(c.key for c in part.__table__.c if c not in NOT_READ) for part in PARTS}


@cache
def _statement(owner: type[Base]) -> Select[Any]:
    """Each row of the result is one row of one part: the parts stand under each other, in columns of their own."""
    table = owner.__table__
    mine: Any = bindparam("id", type_=table.c.id.type)
    if owner is not Dossier:
        mine = select(table.c.dossier_id).where(table.c.id == mine).correlate(None).scalar_subquery()
    each = union_all(*(select(literal_column(str(n), Integer).label("part")) for n in range(len(PARTS)))).subquery()
    entities = {part: WHOLE if part is Dossier else part for part in PARTS}
    columns = [getattr(entity, name) for part, entity in entities.items() for name in COLUMNS[part]]
    query = select(Dossier.version.label("locked"), each.c.part, OTHER.number, OTHER.gehoor_op, Locatie.name, *columns)
    query = query.select_from(Dossier).join(each, true())
    for number, (part, is_mine) in enumerate(PARTS.items()):
        query = query.outerjoin(entities[part], and_(each.c.part == literal_column(str(number)), is_mine))
    query = query.outerjoin(OTHER, OTHER.id == Relatie.other_id).outerjoin(Locatie, Locatie.id == OTHER.locatie_id)
    return query.where(Dossier.id == mine).with_for_update(of=Dossier)


def read_parts(tx: Tx, owner: type[Base], key: int | str) -> Parts | None:
    """Lock the dossier `key`, or the one that row `key` of `owner` belongs to, and read all of it, oldest first; its
    own collections are filled. None when there is none.

    Who had to wait for the lock sees the dossier's row as it became, and all else as it was when the waiting began:
    then everything is read once more.
    """
    tx.flush()
    tx.write()
    for _ in range(2):
        rows = tx.connection.execute(_statement(owner), {"id": key}).all()
        found = _sorted_out(rows)
        if not rows or (found[Dossier] and found[Dossier][0].version == rows[0].locked):
            break
    return _put_together(found) if rows else None


def _sorted_out(rows: Any) -> Parts:
    """Rows of each part; of relaties what checks see of them."""
    found: dict[type[Base], list[Any]] = defaultdict(list)
    layout, start = [], 5
    for part, names in COLUMNS.items():
        layout.append((part, slice(start, start + len(names))))
        start += len(names)
    for row in rows:
        part, place = layout[row[1]]
        values = row[place]
        if values[0] is None:
            continue
        if part is Relatie:
            kind = values[COLUMNS[Relatie].index("kind")]
            relatie = {"soort": kind, "dossier": row[2], "gehoor_op": row[3], "locatie": row[4]}
            found[part].append((values[0], relatie))
        else:
            found[part].append(_row(part, COLUMNS[part], values))
    return found


def _row(part: type[Row], names: tuple[str, ...], values: Any) -> Row:
    row: Row = part.__mapper__.class_manager.new_instance()
    row.__dict__.update(zip(names, values, strict=True))
    return row


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
