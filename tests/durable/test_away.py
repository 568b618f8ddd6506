"""The database goes away, or its disk is full: a clear page, nothing half done, well again by itself."""

import os
import re
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.cli import schema
from bedrijfsbureau.database import Database, connect, reading, transaction
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.model import SYSTEM, Command, Medewerker
from tests.actions.conftest import KLEIN, Scene, stage
from tests.databases import SECRET
from tests.durable.crashing import everything
from tests.durable.life import DUE, NAME
from tests.durable.server import Server, own_server
from tests.durable.test_killed import unsound
from tests.e2e.client import Client
from tests.e2e.office import hashed
from tests.e2e.server import serving

KEY = re.compile(r'name="sleutel" value="([^"]+)"')


@pytest.fixture
def server() -> Iterator[Server]:
    with own_server() as running:
        yield running


@pytest.fixture
def scene(server: Server, tmp_path: Path, now: datetime) -> Iterator[Scene]:
    database = connect(server.url, SECRET, tmp_path / "files")
    try:
        schema.upgrade(database.engine)
        yield stage(database, now, KLEIN)
    finally:
        database.dispose()


def let_anna_in(scene: Scene) -> None:
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(Medewerker).values(password_hash=hashed()))


def until(holds: Any, stop: threading.Event) -> None:
    """Wait for what must come; the test runner has the last word when it does not."""
    while not holds():
        assert not stop.wait(0.05)


def test_the_web_says_so_and_goes_on_by_itself(server: Server, scene: Scene) -> None:
    dossier_id = scene.open_dossier()
    task_id = scene.tasks(dossier_id)["t_naam"]
    let_anna_in(scene)
    with serving(scene.database, lambda: scene.now) as address:
        anna = Client(address, "anna")
        anna.post(f"/taken/{task_id}/nemen")
        found = KEY.findall(anna.get(f"/taken/{task_id}").text)
        post = {"actie": "afronden", "sleutel": found[-1], **NAME}
        before = everything(scene.database)

        server.stop()
        away = [anna.get("/werkvoorraad"), anna.post(f"/taken/{task_id}", **post)]
        server.start()
        assert everything(scene.database) == before
        back = [anna.get("/werkvoorraad").status, *(anna.post(f"/taken/{task_id}", **post).status for _ in range(2))]

    assert [(each.status, each.retry_after) for each in away] == [(503, "30")] * 2
    assert all("De database is even niet bereikbaar. Er is niets verloren gegaan." in each.text for each in away)
    assert back == [200, 302, 302]
    assert scene.kinds(dossier_id).count("taak_afgerond") == 1


def test_a_worker_waits_for_a_server_that_was_killed_and_does_what_was_due(server: Server, scene: Scene) -> None:
    dossier_id = scene.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    moment, stop = [scene.now], threading.Event()
    working = threading.Thread(target=worker.run, args=(scene.database, lambda: moment[0], lambda work: None, stop))
    working.start()
    try:
        server.kill()
        moment[0] = DUE
        server.start()
        until(lambda: "timer_afgegaan" in scene.kinds(dossier_id), threading.Event())
    finally:
        stop.set()
        working.join()

    assert scene.kinds(dossier_id).count("timer_afgegaan") == 1
    assert unsound(scene, DUE) == []


def test_who_never_lets_go_does_not_hold_up_others_for_ever(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("bedrijfsbureau.database.engines.LOCKED", 100)
    same = insert(Command).values(actor=0, key="k", asked="", result="", at=now)
    database = connect(database_url, SECRET, tmp_path / "files")
    try:
        with transaction(database, SYSTEM, now) as holding:
            holding.connection.execute(same)
            with pytest.raises(DatabaseUnavailable), transaction(database, SYSTEM, now) as tx:
                tx.connection.execute(same)
    finally:
        database.dispose()


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """SQLite may not grow beyond what it is."""

    def limit(connection: Any, record: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", limit)
        database.engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_refuses_the_whole_command(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    with full_disk(klein.database):
        before = everything(klein.database)
        with pytest.raises(DatabaseUnavailable):
            for number in range(200):
                before = everything(klein.database)
                klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": f"{number} {'x' * 3_000}"})
        assert everything(klein.database) == before
        assert unsound(klein, klein.now) == []

    klein.do(dossier_id, "t_naam", NAME)
    assert unsound(klein, klein.now) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_is_a_clear_page(klein: Scene) -> None:
    let_anna_in(klein)
    dossier_id = klein.open_dossier()
    with full_disk(klein.database), serving(klein.database, lambda: klein.now) as address:
        anna = Client(address, "anna")
        for number in range(200):
            version = klein.dossier(dossier_id).version
            posted = {"versie": version, "persoon.naam": f"{number} {'x' * 3_000}"}
            answer = anna.post(f"/dossiers/{dossier_id}/gegevens/persoon", **posted)
            if answer.status != 302:
                break
        looked = anna.get(f"/dossiers/{dossier_id}")

    assert (answer.status, answer.retry_after, looked.status) == (503, "30", 200)
    assert unsound(klein, klein.now) == []


def test_a_stuk_that_does_not_fit_leaves_nothing_behind(klein: Scene) -> None:
    """In a process of its own, whose files may not become larger than a page or two."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        try:
            klein.database.storage.put(BytesIO(b"x" * 100_000))
        except DatabaseUnavailable:
            os._exit(0 if list(klein.database.storage.root.iterdir()) == [] else 2)
        os._exit(1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert tx.session.scalars(select(Medewerker.username)).all() == ["anna"]
