"""A backlog of timers after downtime: how fast it goes, with one worker and with two, and how long new work waits."""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from _frame import QUICK, Report, main
from sqlalchemy import delete, func, insert, select

from bedrijfsbureau import dossiersoort, worker
from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.cli import schema
from bedrijfsbureau.database import Database, connect, hurry, reading, transaction
from bedrijfsbureau.model import SYSTEM, DueWork, WorkKind

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)  # the end of the downtime
BACKLOG, SMALL_BACKLOG = 100_000, 10_000  # messages, of which a worker does some
Figures = dict[str, float]


def measure(deadline: float) -> Report:
    is_quick = deadline - time.perf_counter() <= QUICK
    figures: Figures = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bb-timers-")))
        for name, url in _urls(folder, stack).items():
            database = connect(url, b"only for measuring, not for people", folder / "stukken")
            stack.callback(database.dispose)
            schema.upgrade(database.engine)
            figures |= {f"{name}: {what}": value for what, value in _measured(database, url, is_quick).items()}
    ratios = {
        f"{name}: two workers against one": figures[f"{name}: timers/s, two workers"]
        / figures[f"{name}: timers/s, one worker"]
        for name in {key.partition(":")[0] for key in figures}
    }
    return Report(figures, ratios)


def _measured(database: Database, url: str, is_quick: bool) -> Figures:
    count, backlog = (160, SMALL_BACKLOG) if is_quick else (1_000, BACKLOG)
    rates = [_drain(database, url, count, workers) for workers in (1, 2)]
    found: Figures = {
        "timers/s, one worker": rates[0],
        "timers/s, two workers": rates[1],
        "minutes for 100,000 timers, two workers": 100_000 / rates[1] / 60,
    }
    return found | _beside_a_backlog(database, backlog)


def _drain(database: Database, url: str, count: int, workers: int) -> float:
    """Dossiers with a timer that became due during the downtime; how many per second go on."""
    _open(url, count)
    children = []
    begin = time.perf_counter()
    for _ in range(workers):
        if not (child := os.fork()):
            database.engine.dispose(close=False)
            while worker.work_off(database, lambda: LATER, lambda work: None, str(os.getpid())):
                pass
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    took = time.perf_counter() - begin
    with reading(database, SYSTEM, LATER) as tx:
        timers = select(func.count()).where(DueWork.kind == WorkKind.TIMER, DueWork.done_at.is_(None))
        assert tx.session.scalar(timers) == 0, "timers were lost"
    return count / took


def _open(url: str, count: int) -> None:
    """Through a connection of its own that does not wait for the disk: this is not what is measured."""
    database = connect(url, b"only for measuring, not for people", Path())
    hurry(database.engine)
    soort = dossiersoort.read(ROOT / "tests" / "actions" / "klein")
    perform(database, SYSTEM, NOW, processes.publish_dossiersoort, soort)
    with transaction(database, SYSTEM, NOW) as tx:
        locatie_id = people.add_locatie(tx, "Ter Apel").id
    what: Mapping[str, Any] = {"soort": "klein", "locatie_id": locatie_id}
    for _ in range(count):
        gegevens = {"persoon": {"oproep_op": "2026-11-25"}}
        perform(database, SYSTEM, NOW, dossiers.open_dossier, **what, gegevens=gegevens)
    database.dispose()


def _beside_a_backlog(database: Database, backlog: int) -> Figures:
    """So many messages wait and one more becomes due: how soon it goes out, and how fast the others follow."""
    row = {"kind": WorkKind.OUTBOX, "payload": {"subject": "x"}, "attempts": 0}
    with transaction(database, SYSTEM, NOW) as tx:
        old = [{**row, "reference": f"old {n}", "due_at": NOW + timedelta(seconds=n)} for n in range(backlog)]
        tx.session.execute(insert(DueWork), [*old, {**row, "reference": "new", "due_at": LATER}])
    sent: list[tuple[str, float]] = []
    begin = time.perf_counter()
    for _ in range(10):
        worker.work_off(database, lambda: LATER, lambda work: sent.append((work.reference, time.perf_counter())))
    took = time.perf_counter() - begin
    order = [int(name.split()[1]) for name, _ in sent if name != "new"]
    assert order == list(range(len(order))), "the backlog was not worked off in order"
    with transaction(database, SYSTEM, NOW) as tx:
        tx.session.execute(delete(DueWork).where(DueWork.kind == WorkKind.OUTBOX))
    return {
        f"messages/s with {backlog:,} waiting": len(sent) / took,
        f"seconds that new work waits behind {backlog:,}": dict(sent)["new"] - begin,
    }


def _urls(folder: Path, stack: ExitStack) -> dict[str, str]:
    urls = {"sqlite": f"sqlite:///{folder / 'timers.sqlite'}"}
    if server := os.environ.get("TEST_DATABASE_URL"):
        libpq, name = server.replace("postgresql+psycopg:", "postgresql:", 1), f"bb_timers_{os.getpid()}"
        with psycopg.connect(libpq, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        stack.callback(_drop, libpq, name)
        base, _, query = server.partition("?")
        urls["postgresql"] = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    else:
        print("There is no PostgreSQL; set TEST_DATABASE_URL.", file=sys.stderr)
    return urls


def _drop(libpq: str, name: str) -> None:
    with psycopg.connect(libpq, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


if __name__ == "__main__":
    main(measure, (__doc__ or "").strip())
