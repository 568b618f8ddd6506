"""`python3 bb torture`: the program under load while its processes are killed at random, for as long as one likes.

A round: web, worker and (when it is ours) the database run; colleagues complete tasks over HTTP and press the button
again until they are answered; every moment something is killed -9 and started again. At the end of the round everything
must be sound, and everything that was acknowledged must be there, once.
"""

import argparse
import contextlib
import http.client
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, delete, select, update
from waitress.server import create_server

from bedrijfsbureau import worker
from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.cli import schema
from bedrijfsbureau.cli.scenario.soundness import faults
from bedrijfsbureau.database import Database, connect, reading, transaction
from bedrijfsbureau.errors import BedrijfsbureauError
from bedrijfsbureau.model import (
    SYSTEM,
    Dossier,
    DueWork,
    Event,
    Incident,
    LoginGuard,
    Medewerker,
    Task,
    TaskStatus,
    WorkKind,
)
from bedrijfsbureau.web import Config, create_app
from tests.actions.conftest import KLEIN, Scene, stage
from tests.databases import SECRET
from tests.durable.server import Server, own_server
from tests.e2e.client import Answer, Client
from tests.e2e.office import hashed

COLLEAGUES, OPEN = 4, 12  # people at work, and tasks that wait for them
ROUND = 40.0  # seconds
PROCESSES = ("serve", "worker", "worker 2")
KEY = re.compile(r'name="sleutel" value="([^"]+)"')


@dataclass
class Office:
    scene: Scene
    folder: Path
    url: str
    server: Server | None
    port: int
    nursery: subprocess.Popen[str]
    acknowledged: list[str] = field(default_factory=list)  # ids of tasks
    answers: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> int:
        """Have the nursery bring a process to life; its id."""
        assert self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.write(f"{name}\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())


def nurse(url: str, folder: Path, port: int) -> None:
    """A process that has loaded everything and does nothing but make children, so that they are at work at once."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    database = connect(url, SECRET, folder / "stukken")
    app = create_app(database, Config(https=False))
    app.test_client().get("/inloggen")
    children = []
    for line in sys.stdin:
        child = os.fork()
        if not child:
            database.engine.dispose(close=False)
            if line.startswith("serve"):
                create_server(app, host="127.0.0.1", port=port, threads=8).run()
            send = worker.deliver_to(folder / "outbox")
            worker.run(database, lambda: datetime.now(UTC), send, threading.Event())
        children.append(child)
        print(child, flush=True)
    for child in children:
        _kill(child)


def main() -> int:
    if sys.argv[1:2] == ["--nursery"]:
        nurse(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwinds, so that all we started ends with us
    parser = argparse.ArgumentParser(prog="bb torture", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--database-url", metavar="URL", help="without: SQLite, and a PostgreSQL of its own")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    chance, failed = random.Random(wanted.seed), False
    kinds = [wanted.database_url] if wanted.database_url else ["sqlite", "postgresql"]
    for kind in kinds:
        with _office(kind) as office:
            until = time.monotonic() + wanted.minutes * 60 / len(kinds)
            while not failed and time.monotonic() < until:
                _round(office, chance, min(ROUND, until - time.monotonic()))
                failed = _report(office, _wrong(office))
    return 1 if failed else 0


@contextmanager
def _office(kind: str) -> Iterator[Office]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bb-torture-")))
        server = stack.enter_context(own_server()) if kind == "postgresql" else None
        url = server.url if server else f"sqlite:///{folder / 'torture.sqlite'}" if kind == "sqlite" else kind
        database = connect(url, SECRET, folder / "stukken")
        stack.callback(database.dispose)
        schema.upgrade(database.engine)
        scene = stage(database, datetime.now(UTC), KLEIN)
        with transaction(database, SYSTEM, scene.now) as tx:
            tx.session.execute(update(Medewerker).values(password_hash=hashed()))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        nursery = stack.enter_context(_nursery(url, folder, port))
        yield Office(scene, folder, url, server, port, nursery)


@contextmanager
def _nursery(url: str, folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, __file__, "--nursery", url, str(folder), str(port)]
    with (folder / "log").open("ab") as log:
        pipe = subprocess.PIPE
        running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, text=True)
    try:
        yield running
    finally:
        running.communicate()


def _round(office: Office, chance: random.Random, seconds: float) -> None:
    processes = {name: office.start(name) for name in PROCESSES}
    _wait_for(office)
    stop = threading.Event()
    people = [threading.Thread(target=_work, args=(office, number, stop)) for number in range(COLLEAGUES)]
    people.append(threading.Thread(target=_fill, args=(office, stop)))
    for each in people:
        each.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.1, 2.0))
        victim = chance.choice([*processes, *(["database"] if office.server else [])])
        office.kills[victim.split()[0]] += 1
        if victim == "database":
            assert office.server is not None
            chance.choice([office.server.kill, office.server.stop])()
            time.sleep(chance.uniform(0.0, 1.0))
            office.server.start()
        else:
            _kill(processes[victim])
            processes[victim] = office.start(victim)
            if victim == "serve":
                _wait_for(office)
    stop.set()
    for each in people:
        each.join()
    for process in processes.values():
        _kill(process)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
        while True:
            os.kill(process, 0)
            time.sleep(0.01)


def _wait_for(office: Office) -> None:
    """Until the web listens again: only what runs can be killed at work."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", office.port), 1):
            return
        time.sleep(0.1)


def _fill(office: Office, stop: threading.Event) -> None:
    """Keeps tasks coming, some with a timer that is due at once."""
    while not stop.wait(0.2):
        try:
            with reading(office.scene.database, SYSTEM, datetime.now(UTC)) as tx:
                waiting = len(tx.session.scalars(_open_tasks()).all())
            for number in range(OPEN - waiting):
                today = datetime.now(UTC).date().isoformat()
                gegevens = {"persoon": {"oproep_op": today}} if number % 2 else {}
                now = office.scene.by(now=datetime.now(UTC))
                now.act(dossiers.open_dossier, soort=KLEIN, locatie_id=now.locatie_id, gegevens=gegevens)
        except BedrijfsbureauError as error:
            office.answers[type(error).__name__] += 1


def _work(office: Office, number: int, stop: threading.Event) -> None:
    """One colleague: log in, take the number-th open task, fill it in, press until there is an answer."""
    client = None
    while not stop.is_set():
        try:
            client = client or _logged_in(office)
            with reading(office.scene.database, SYSTEM, datetime.now(UTC)) as tx:
                mine = tx.session.scalars(_open_tasks()).all()[number::COLLEAGUES]
            if not mine:
                stop.wait(0.1)
                continue
            client.post(f"/taken/{mine[0]}/nemen")
            keys = KEY.findall(client.get(f"/taken/{mine[0]}").text)
            answer = _press(client, mine[0], keys[-1] if keys else "", stop)
            office.answers[str(answer.status)] += 1
            if answer.status == 302:
                office.acknowledged.append(mine[0])
        except (OSError, AssertionError, http.client.HTTPException, BedrijfsbureauError) as error:
            office.answers[type(error).__name__] += 1
            stop.wait(0.1)


def _logged_in(office: Office) -> Client:
    """An attempt of which nobody saw the outcome counts as a wrong password: here there are too many of those."""
    with transaction(office.scene.database, SYSTEM, datetime.now(UTC)) as tx:
        tx.session.execute(delete(LoginGuard))
    return Client(f"http://127.0.0.1:{office.port}", "anna")


def _press(client: Client, task_id: str, key: str, stop: threading.Event) -> Answer:
    """The same form again after a time-out or a 503, as a person does."""
    for _ in range(100):
        try:
            answer = client.post(f"/taken/{task_id}", actie="afronden", sleutel=key, **{"persoon.naam": "A"})
            if answer.status != 503:
                return answer
        except (OSError, http.client.HTTPException):
            pass
        if stop.wait(0.2):
            break
    return Answer(0, "", "")


def _open_tasks() -> Select[str]:
    return select(Task.id).where(Task.status == TaskStatus.OPEN, Task.element == "t_naam").order_by(Task.id)


def _wrong(office: Office) -> list[str]:
    """What may not be so, after the claims of the dead are over and one more worker had its turn."""
    database, later = office.scene.database, datetime.now(UTC) + timedelta(seconds=16)
    while worker.work_off(database, lambda: later, lambda work: None, "the last one"):
        pass
    with reading(database, SYSTEM, later) as tx:
        ids = list(tx.session.scalars(select(Dossier.id)))
        done = Counter(
            (event.dossier_id, event.data.get("element"))
            for event in tx.session.scalars(select(Event).where(Event.kind == "taak_afgerond"))
        )
        fired = Counter(
            (event.dossier_id, event.data["timer"])
            for event in tx.session.scalars(select(Event).where(Event.kind == "timer_afgegaan"))
        )
        states = dict(tx.session.execute(select(Task.id, Task.status)).all())
        left = tx.session.scalars(
            select(DueWork.id).where(DueWork.kind == WorkKind.TIMER, DueWork.done_at.is_(None), DueWork.due_at <= later)
        ).all()
        incidents = tx.session.scalars(select(Incident.cause)).all()
    wrong = [f"{what} {count} keer" for what, count in (done + fired).items() if count > 1]
    lost = [task for task in office.acknowledged if states[task] != TaskStatus.DONE]
    wrong += [f"taak {task} was afgerond en is {states[task]}" for task in lost]
    wrong += [f"timer {row} is blijven liggen" for row in left] + [f"storing: {cause}" for cause in incidents]
    return wrong + [fault for dossier_id in ids for fault in faults(database, later, dossier_id)]


def _report(office: Office, wrong: list[str]) -> bool:
    database: Database = office.scene.database
    print(
        f"{database.engine.dialect.name}: kills {dict(office.kills)}, answers {dict(office.answers)}, "
        f"{len(office.acknowledged)} acknowledged, {len(wrong)} wrong"
    )
    for each in wrong[:20]:
        print(f"  {each}")
    sys.stdout.flush()
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
