"""A stock of running dossiers, made from a few real ones: as many rows as an office has, in the time of a coffee."""

from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, Table, func, insert, literal, select, text

from _product import NOW, Office
from bedrijfsbureau.actions import dossiers, reviewing, stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.rounds import review
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Base, Dossier, Locatie, OpenPoint, Stuk

KINDS = 10  # real dossiers, each one step more complete than the one before
STUKKEN = 12  # in the most complete one
CLONED = (Dossier, Stuk, OpenPoint)


def fill(office: Office, count: int) -> int:
    """At least `count` running dossiers, all judged today. How many there are."""
    basis = office.soort.basisdossier
    assert basis is not None
    gegevens = orjson.loads(orjson.dumps(basis["gegevens"]))
    ids = [_open(office, gegevens, list(basis.get("stukken") or ()), step) for step in range(KINDS)]
    with transaction(office.database, SYSTEM, NOW) as tx:
        times = -(-count // KINDS) - 1
        assert ids == list(range(ids[0], ids[0] + KINDS))
        for model in CLONED:
            tx.connection.execute(_clones(tx.connection, model, ids, times))
        if not _is_sqlite(tx.connection):
            tx.connection.execute(
                text("SELECT setval(pg_get_serial_sequence('dossier', 'id'), (SELECT max(id) FROM dossier))")
            )
        total = tx.connection.scalar(select(func.count()).select_from(Dossier)) or 0
    if not _is_sqlite_url(office):
        with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return int(total)


def _open(office: Office, gegevens: dict[str, Any], kept: list[Any], step: int) -> int:
    """With the first part of what the complete dossier says, and of its stukken."""
    groups = list(gegevens)
    known = {group: gegevens[group] for group in groups[: 2 + step * len(groups) // KINDS]}
    known = {name: content for name, content in known.items() if name not in ("antwoord", "escalatie")}
    opened = perform(
        office.database, office.actor, NOW, dossiers.open_dossier, soort=office.soort.key,
        locatie_id=office.locatie_id, gegevens=known,
    )  # fmt: skip
    for stuk in kept[: step * STUKKEN // KINDS]:
        about = {"soort": stuk["soort"], "received_on": NOW.date(), "source": "AVIM"}
        perform(office.database, office.actor, NOW, stukken.add_stuk, opened.id, **about)
    return int(opened.id)


def _clones(connection: Connection, model: type[Base], ids: list[int], times: int) -> Any:
    """`times` copies of the rows of these dossiers; the copy of dossier n has a number n further by a multiple."""
    table = model.__table__
    assert isinstance(table, Table)
    turn = _turns(connection, times)
    shift = turn.c.n * len(ids)
    columns = []
    for column in table.c:
        key = column.key
        if model is Dossier and key == "id":
            columns.append((key, column + shift))
        elif key == "dossier_id":
            columns.append((key, column + shift))
        elif key == "number":
            columns.append((key, literal("B-") .concat(func.cast(column + literal("")) if False else column).concat(literal("-")).concat(_as_text(turn.c.n))))
        elif key != "id":
            columns.append((key, column))
    owner = table.c.id if model is Dossier else table.c.dossier_id
    query = select(*(value for _, value in columns)).select_from(table.join(turn, owner.in_(ids)))
    return insert(table).from_select([key for key, _ in columns], query)


def _turns(connection: Connection, times: int) -> Any:
    if not _is_sqlite(connection):
        return select(func.generate_series(1, times).label("n")).subquery()
    first = select(literal(1).label("n")).cte("turns", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < times))


def _as_text(column: Any) -> Any:
    from sqlalchemy import String, cast

    return cast(column, String)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _is_sqlite_url(office: Office) -> bool:
    return office.database.engine.dialect.name == "sqlite"
