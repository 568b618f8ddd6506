"""The rows that make up a dossier, read in one statement however many there are."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, literal_column, select, union_all
from sqlalchemy.orm import aliased, defer
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

MINE = bindparam("dossier_id", type_=Integer)
PARTS: Mapping[type[Base], ColumnElement[bool]] = {
    Stuk: Stuk.dossier_id == MINE,
    StukVersion: StukVersion.stuk_id.in_(select(Stuk.id).where(Stuk.dossier_id == MINE)),
    Verzoek: Verzoek.dossier_id == MINE,
    Vrijstelling: Vrijstelling.dossier_id == MINE,
    Task: and_(Task.dossier_id == MINE, Task.status == TaskStatus.OPEN),
    Termijn: Termijn.dossier_id == MINE,
    Vrijgave: and_(
        Vrijgave.dossier_id == MINE,
        Vrijgave.withdrawn_at.is_(None),
        Vrijgave.returned_at.is_(None),
        Vrijgave.accepted_at.is_(None),
    ),
    Relatie: Relatie.dossier_id == MINE,
}
"""What is read of each: of tasks the open ones, of vrijgaven the one that counts now."""

Rows = Mapping[type[Base], list[Any]]


def _statement() -> Any:
    """Each row of the result is one row of one part: the parts stand under each other, in columns of their own."""
    other = aliased(Dossier)
    each = union_all(*(select(literal_column(str(number)).label("number")) for number in range(len(PARTS)))).subquery()
    query = select(*PARTS, other.number, other.gehoor_op, Locatie.name).select_from(each)
    for number, (part, is_mine) in enumerate(PARTS.items()):
        query = query.outerjoin(part, and_(each.c.number == literal_column(str(number)), is_mine))
    query = query.outerjoin(other, other.id == Relatie.other_id).outerjoin(Locatie, Locatie.id == other.locatie_id)
    return query.options(defer(Vrijgave.content))


WHOLE = _statement()


def read_parts(tx: Tx, dossier: Dossier) -> Rows:
    """Everything that belongs to a locked dossier, oldest first; its own collections are filled."""
    found: dict[type[Base], list[Any]] = defaultdict(list)
    for row in tx.session.execute(WHOLE, {"dossier_id": dossier.id}, execution_options={"populate_existing": True}):
        part = next((part for part in row[: len(PARTS)] if part is not None), None)
        if part is not None:
            found[type(part)].append((part, *row[len(PARTS) :]) if type(part) is Relatie else part)
    versions: dict[int, list[StukVersion]] = defaultdict(list)
    for version in sorted(found[StukVersion], key=lambda version: version.number):
        versions[version.stuk_id].append(version)
    for stuk in found[Stuk]:
        set_committed_value(stuk, "versions", versions[stuk.id])
    for name, part in (("stukken", Stuk), ("verzoeken", Verzoek), ("vrijstellingen", Vrijstelling)):
        set_committed_value(dossier, name, sorted(found[part], key=lambda row: row.id))
    set_committed_value(dossier, "tasks", sorted(found[Task], key=lambda task: (task.opened_at, task.id)))
    return found


def relaties_of(rows: Rows) -> list[Json]:
    """As checks see them."""
    ordered = sorted(rows[Relatie], key=lambda row: row[0].id)
    return [
        {"soort": relatie.kind, "dossier": number, "gehoor_op": gehoor_op, "locatie": locatie}
        for relatie, number, gehoor_op, locatie in ordered
    ]
