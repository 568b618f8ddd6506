"""A stock of running dossiers, made from a few real ones: as many rows as an office has, without the time it took."""

from typing import Any

import orjson
from _product import NOW, Office
from sqlalchemy import Connection, String, Table, cast, func, insert, literal, select, text

from bedrijfsbureau.actions import dossiers, stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import transaction
from bedrijfsbureau.model import SYSTEM, Base, Dossier, OpenPoint, Stuk

KINDS = 10  # real dossiers, each one step more complete than the one before
STUKKEN = 12  # in the most complete one
OF_A_VERZOEK = ("antwoord", "escalatie")


def fill(office: Office, count: int) -> int:
    """At least `count` running dossiers, all judged today. How many there are."""
    basis = office.soort.basisdossier
    assert basis is not None
    gegevens = orjson.loads(orjson.dumps(basis["gegevens"]))  # dates as text
    rows = list(basis.get("stukken") or ())
    first, *_ = [_open(office, gegevens, rows, step) for step in range(KINDS)]
    times = -(-count // KINDS) - 1
    with transaction(office.database, SYSTEM, NOW) as tx:
        for model in (Dossier, Stuk, OpenPoint) if times else ():
            tx.connection.execute(_clones(tx.connection, model, first, times))
        total = tx.connection.scalar(select(func.count()).select_from(Dossier)) or 0
    if office.database.engine.dialect.name == "postgresql":
        with office.database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    return int(total)


def _open(office: Office, gegevens: dict[str, Any], basis: list[Any], step: int) -> int:
    """With the first part of what the complete dossier says, and of its stukken."""
    groups = [group for group in gegevens if group not in OF_A_VERZOEK]
    known = {group: gegevens[group] for group in groups[: 2 + step * len(groups) // KINDS]}
    about: dict[str, Any] = {"soort": office.soort.key, "locatie_id": office.locatie_id, "gegevens": known}
    opened: Dossier = perform(office.database, office.actor, NOW, dossiers.open_dossier, **about)
    for stuk in basis[: step * STUKKEN // KINDS]:
        arrived: dict[str, Any] = {"soort": stuk["soort"], "received_on": NOW.date(), "source": "AVIM"}
        perform(office.database, office.actor, NOW, stukken.add_stuk, opened.id, **arrived)
    return opened.id


def _clones(connection: Connection, model: type[Base], first: int, times: int) -> Any:
    """`times` copies of the rows of the real dossiers; a copy belongs to a dossier a multiple of KINDS further on."""
    table = model.__table__
    assert isinstance(table, Table)
    turn = _turns(connection, times)
    further = {
        "dossier_id": lambda column: column + turn.c.n * KINDS,
        "number": lambda column: column + literal("-") + cast(turn.c.n, String),
    }
    if model is Dossier:
        further["id"] = further["dossier_id"]
    columns = [column for column in table.c if column.key != "id" or model is Dossier]
    owner = table.c.id if model is Dossier else table.c.dossier_id
    values = [further.get(column.key, lambda column: column)(column) for column in columns]
    query = select(*values).select_from(table.join(turn, owner.between(first, first + KINDS - 1)))
    return insert(table).from_select([column.key for column in columns], query)


def _turns(connection: Connection, times: int) -> Any:
    """1 up to and including `times`."""
    if connection.dialect.name == "postgresql":
        return select(func.generate_series(1, times).label("n")).subquery()
    first = select(literal(1).label("n")).cte("turns", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < times))
