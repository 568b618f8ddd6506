"""Twelve people press the same button at the same moment, each over a connection of their own."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import select

from bedrijfsbureau.actions.command.history import is_unbroken
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Event, Locatie, Role, Task, TaskStatus
from tests.e2e.client import Client
from tests.e2e.office import LOCATIE, hire
from tests.e2e.server import serving

RACERS = 12
FIRST, DONE = "t_screening", "Screeningsformulier opnemen"


def hire_racers(database: Database, now: datetime) -> list[str]:
    """Colleagues of the same team; their usernames."""
    names = [f"racer{number}" for number in range(RACERS)]
    with transaction(database, SYSTEM, now) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id).where(Locatie.name == LOCATIE)).one()
        for name in names:
            hire(tx, name, name, Role.MEDEWERKER, locatie_id)
    return names


def test_of_twelve_who_complete_a_task_at_once_one_succeeds(office: Database, dossier: Dossier, now: datetime) -> None:
    with reading(office, SYSTEM, now) as tx:
        task_id = tx.session.scalars(select(Task.id).where(Task.element == FIRST)).one()
    with serving(office, lambda: now, threads=RACERS + 2) as address, ThreadPoolExecutor(RACERS) as pool:
        clients = list(pool.map(lambda username: Client(address, username), hire_racers(office, now)))
        start = threading.Barrier(RACERS)

        def complete(client: Client) -> tuple[int, str]:
            start.wait()
            answer = client.post(f"/taken/{task_id}", actie="afronden", **{"screening.nodig": "ja"})
            return answer.status, "afgerond door" if "afgerond door" in answer.text else ""

        outcomes = Counter(pool.map(complete, clients))

    assert outcomes == {(302, ""): 1, (409, "afgerond door"): RACERS - 1}
    with reading(office, SYSTEM, now) as tx:
        events = list(tx.session.scalars(select(Event).order_by(Event.number)))
        assert [event.data["task"] for event in events if event.kind == "taak_afgerond"] == [DONE]
        assert is_unbroken(tx.session.get_one(Dossier, dossier.id), events)
        again = select(Task.id).where(Task.element == FIRST, Task.status == TaskStatus.OPEN)
        assert tx.session.scalars(again).all() == []
