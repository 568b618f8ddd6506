"""How soon a worker and the web application are at work beside very many open dossiers."""

import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path

from _frame import QUICK, Report, main
from _fresh import fresh, has
from _product import NOW, Office
from sqlalchemy import Integer, Select, String, cast, func, insert, join, literal, select, true

from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM, Base, Dossier, DueWork, Medewerker, OpenPoint, Task, WorkKind

MANY, FEWER = 100_000, 20_000
LONG_AGO = NOW - timedelta(days=365)
PAGES = {"worklist_s": "/werkvoorraad/mijn-team", "dossiers_s": "/dossiers", "search_s": "/zoeken?q=2026"}
PORT = 8931
PATIENCE = 60  # seconds
PAUSE = 0.02  # between two looks whether it is there


def measure(deadline: float) -> Report:
    count = FEWER if deadline - time.perf_counter() <= QUICK else MANY
    figures: dict[str, float] = {"dossiers": count}
    for database in ("sqlite", "postgresql"):
        if has(database):
            with fresh(database) as (url, folder):
                figures |= {f"{database}.{name}": value for name, value in _measured(url, folder, count).items()}
    return Report(figures, {})


def _measured(url: str, folder: Path, count: int) -> dict[str, float]:
    office = Office(url, folder / "stukken", "ontvangst-omgevingsvergunning")
    copy(office.database, office.open_dossier(), count)
    with transaction(office.database, SYSTEM, NOW) as tx:
        tx.session.add(DueWork(kind=WorkKind.OUTBOX, reference="x", payload={"subject": "x"}, due_at=LONG_AGO))
        anna = tx.session.scalars(select(Medewerker.id).where(Medewerker.username == "anna")).one()
    link = perform(office.database, SYSTEM, NOW, people.create_login_link, anna, timedelta(days=3650))
    office.database.dispose()
    return _worker(url, folder) | _web(url, folder, link)


def copy(database: Database, dossier_id: int, count: int) -> None:
    """So many dossiers like this one, with its open tasks and points; nobody can work on them, but they all count."""
    numbers = select(literal(1, Integer).label("n")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))
    with transaction(database, SYSTEM, NOW) as tx:
        last = tx.session.scalars(select(func.max(Dossier.id))).one()
        for model, own in ((Dossier, Dossier.id), (Task, Task.dossier_id), (OpenPoint, OpenPoint.dossier_id)):
            names, rows = _copies(model, last + numbers.c.n, cast(numbers.c.n, String))
            copies = rows.select_from(join(model, numbers, true())).where(own == dossier_id)
            tx.session.execute(insert(model).from_select(names, copies))


def _copies(model: type[Base], dossier_id: object, text: object) -> tuple[list[str], Select[tuple[object, ...]]]:
    new = {
        Dossier: {"id": dossier_id, "number": Dossier.number + "-" + text},
        Task: {"id": Task.id + text, "dossier_id": dossier_id},
        OpenPoint: {"dossier_id": dossier_id},
    }[model]
    names = [column.key for column in model.__table__.c]
    return names, select(*(new.get(name, model.__table__.c[name]) for name in names))


def _worker(url: str, folder: Path) -> dict[str, float]:
    sent = folder / "outbox"
    begin = time.perf_counter()
    with _running(url, folder, "worker"):
        _wait(lambda: sent.exists() and any(sent.glob("*.json")))
        return {"worker_start_s": time.perf_counter() - begin}


def _web(url: str, folder: Path, token: str) -> dict[str, float]:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def page(path: str, form: Mapping[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        with browser.open(f"http://127.0.0.1:{PORT}{path}", data, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def answers() -> bool:
        try:
            return bool(page("/inloggen"))
        except OSError:
            return False

    begin = time.perf_counter()
    with _running(url, folder, "serve", "--port", str(PORT), "--plain-http"):
        _wait(answers)
        found = {"first_page_s": time.perf_counter() - begin}
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page(f"/inloggen/{token}"))
        assert csrf
        page(f"/inloggen/{token}", {"csrf_token": csrf[1]})
        for name, path in PAGES.items():
            begin = time.perf_counter()
            page(path)
            found[name] = time.perf_counter() - begin
        return found


@contextmanager
def _running(url: str, folder: Path, *command: str) -> Iterator[None]:
    environment = {**os.environ, "BEDRIJFSBUREAU_DATABASE_URL": url, "BEDRIJFSBUREAU_DATA": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", "from bedrijfsbureau.cli import main; main()", *command],
        env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(is_there: Callable[[], bool]) -> None:
    begin = time.perf_counter()
    while not is_there():
        if time.perf_counter() - begin > PATIENCE:
            raise TimeoutError(f"not there after {PATIENCE} seconds")
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(measure, (__doc__ or "").strip())
