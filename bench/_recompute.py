"""How long it takes to recompute one rule for many dossiers: the general extension of 2024, withdrawn for them all."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select, text

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.recompute import recompute_runs
from bedrijfsbureau.cli import schema
from bedrijfsbureau.database import Database, connect, hurry, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, RunStatus, Termijn

BPMN = Path(__file__).parent.parent / "bpmn"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
RULE, OLD_VERSION = "beslistermijn-vw2000", 3  # 6 and 9 months
FIRST = date(2024, 1, 1)
DAYS = 500  # the days of lodging over which the dossiers are spread
AT_ONCE = 2_000
SECRET = b"only for measuring, not for people"


def recompute_seconds(url: str, count: int) -> float:
    """Seconds to recompute `count` dossiers in this database, which is filled with them first; it must be empty."""
    with TemporaryDirectory(prefix="bb-recompute-") as folder:
        database = connect(url, SECRET, Path(folder) / "stukken")
        try:
            schema.upgrade(database.engine)
            fill(database, count)
            return run(database)[0]
        finally:
            database.dispose()


def run(database: Database) -> tuple[float, int]:
    """Seconds, and how many dossiers changed."""
    begin = time.perf_counter()
    started = perform(database, SYSTEM, NOW, recompute_runs.start, RULE, by_worker=False)
    known: dict[object, object] = {}
    while started.status is RunStatus.RUNNING:
        started = perform(database, SYSTEM, NOW, recompute_runs.do_page, started.id, known=known)
    return time.perf_counter() - begin, started.changed


def fill(database: Database, count: int) -> None:
    """As many copies of one complete dossier, lodged on different days, with the term of 15 months they had."""
    hurry(database.engine)
    soort = dossiersoort.read(BPMN / "asiel-aa")
    with transaction(database, SYSTEM, NOW) as tx:
        locaties = [people.add_locatie(tx, name).id for name in ("Ter Apel", "Den Bosch", "Zevenaar", "Schiphol")]
    perform(database, SYSTEM, NOW, processes.publish_dossiersoort, soort)
    gegevens = soort.basisdossier["gegevens"]
    first = perform(
        database, SYSTEM, NOW, dossiers.open_dossier, soort="asiel-aa", locatie_id=locaties[0], gegevens=gegevens
    )
    with transaction(database, SYSTEM, NOW) as tx:
        row: dict[str, Any] = dict(tx.connection.execute(select(Dossier.__table__)).mappings().one())
        term = dict(
            tx.connection.execute(select(Termijn.__table__).where(Termijn.kind == "beslistermijn")).mappings().one()
        )
        for start in range(1, count, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count))
            tx.connection.execute(insert(Dossier), [_dossier(row, n, locaties) for n in numbers])
            tx.connection.execute(insert(Termijn), [_term(term, row["id"] + n, n) for n in numbers])
    with transaction(database, SYSTEM, NOW) as tx:
        tx.connection.execute(
            Termijn.__table__.update()
            .where(Termijn.dossier_id == first.id, Termijn.kind == "beslistermijn")
            .values(rule_version=OLD_VERSION)
        )
        tx.connection.execute(text("ANALYZE"))


def _lodged(number: int) -> date:
    return FIRST + timedelta(days=number % DAYS)


def _dossier(row: dict[str, Any], number: int, locaties: list[int]) -> dict[str, Any]:
    gegevens = {**row["gegevens"]}
    gegevens["aanvraag"] = {**gegevens["aanvraag"], "datum_indiening": _lodged(number).isoformat()}
    mine = {"id": row["id"] + number, "number": f"B-{number:07}", "locatie_id": locaties[number % len(locaties)]}
    return {**row, **mine, "source_key": None, "gegevens": gegevens, "state": None}


def _term(row: dict[str, Any], dossier_id: int, number: int) -> dict[str, Any]:
    due_on = _lodged(number) + timedelta(days=457)
    return {**row, "dossier_id": dossier_id, "due_on": due_on, "rule_version": OLD_VERSION, "warn_on": None}
