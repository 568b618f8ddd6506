"""A published dossiersoort, colleagues, and dossiers to work on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people, tasks
from bedrijfsbureau.actions.command import outbox
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, Tx, reading, transaction
from bedrijfsbureau.model import SYSTEM, Actor, Competence, Dossier, Event, Locatie, Medewerker, Role, Task, TaskStatus
from tests.databases import EMPTY, NOW, Start

ROOT = Path(__file__).parent.parent.parent
RECEIPT = "ontvangst-omgevingsvergunning"
KLEIN = "klein"
ASIEL = "asiel-aa"
SCENES = {"receipt": RECEIPT, "klein": KLEIN, "asiel": ASIEL}


@cache
def shipped(soort: str) -> dossiersoort.Dossiersoort:
    own = Path(__file__).parent / soort
    return dossiersoort.read(own if own.is_dir() else ROOT / "bpmn" / soort)


@dataclass(frozen=True)
class Scene:
    """One database with one published dossiersoort, seen at one moment by one colleague."""

    database: Database
    now: datetime
    locatie_id: int
    actor: Actor
    soort: str

    def act(self, action: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        return perform(self.database, self.actor, self.now, action, *arguments, **more)

    def by(self, **changes: Any) -> "Scene":
        """The same scene with another colleague or moment."""
        actor = replace(self.actor, **{name: value for name, value in changes.items() if name != "now"})
        return replace(self, actor=actor, now=changes.get("now", self.now))

    def open_dossier(self, gegevens: dict[str, Any] | None = None) -> int:
        opened: Dossier = self.act(
            dossiers.open_dossier, soort=self.soort, locatie_id=self.locatie_id, gegevens=gegevens or {}
        )
        return opened.id

    def dossier(self, dossier_id: int) -> Dossier:
        with reading(self.database, SYSTEM, self.now) as tx:
            return tx.session.get_one(Dossier, dossier_id)

    def do(self, dossier_id: int, element: str, data: dict[str, Any] | None = None) -> None:
        """Complete the open task of this element."""
        self.act(tasks.complete, self.tasks(dossier_id)[element], data or {})

    def rows(self, table: type[Any], dossier_id: int) -> list[Any]:
        """What this dossier has in a table, in order."""
        with reading(self.database, SYSTEM, self.now) as tx:
            mine = select(table).where(table.dossier_id == dossier_id)
            return list(tx.session.scalars(mine.order_by(*inspect(table).primary_key)))

    def tasks(self, dossier_id: int) -> dict[str, str]:
        """Element -> task id of what is open."""
        with reading(self.database, SYSTEM, self.now) as tx:
            is_open = select(Task).where(Task.dossier_id == dossier_id, Task.status == TaskStatus.OPEN)
            return {task.element: task.id for task in tx.session.scalars(is_open)}

    def events(self, dossier_id: int) -> list[Event]:
        with reading(self.database, SYSTEM, self.now) as tx:
            mine = select(Event).where(Event.dossier_id == dossier_id).order_by(Event.number)
            return list(tx.session.scalars(mine))

    def kinds(self, dossier_id: int) -> list[str]:
        return [event.kind for event in self.events(dossier_id)]


def stage(database: Database, now: datetime, soort: str) -> Scene:
    """Publish a dossiersoort, and let a colleague with every competence work on it."""
    with transaction(database, SYSTEM, now) as tx:
        locatie_id = people.add_locatie(tx, "Ter Apel").id
        for code, name in shipped(soort).teams.items():
            people.add_team(tx, code, name)
        people.add_medewerker(
            tx, username="anna", name="Anna", role=Role.MEDEWERKER, locatie_id=locatie_id,
            teams=tuple(shipped(soort).teams), competences=tuple(Competence),
        )
    perform(database, SYSTEM, now, processes.publish_dossiersoort, shipped(soort))
    return on_stage(database, now, soort)


def staged(soort: str) -> Start:
    def fill(database: Database) -> None:
        stage(database, NOW, soort)

    return Start(f"stage-{soort}", fill)


def on_stage(database: Database, now: datetime, soort: str) -> Scene:
    """The scene of a database that starts with `staged(soort)`."""
    with reading(database, SYSTEM, now) as tx:
        anna = tx.session.scalars(select(Medewerker).options(selectinload(Medewerker.teams))).one()
        locatie_id = tx.session.scalars(select(Locatie.id)).one()
        return Scene(database, now, locatie_id, anna.as_actor(), soort)


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    """Staged as the test asks: by a fixture of SCENES."""
    asked = [staged(soort) for name, soort in SCENES.items() if name in request.fixturenames]
    return asked[0] if asked else EMPTY


@pytest.fixture
def receipt(database: Database, now: datetime) -> Scene:
    """The smallest shipped dossiersoort: the receipt of an omgevingsvergunning."""
    return on_stage(database, now, RECEIPT)


@pytest.fixture
def klein(database: Database, now: datetime) -> Scene:
    """A dossiersoort made for tests: one task, two checks, a vrijgave, a timer."""
    return on_stage(database, now, KLEIN)


@pytest.fixture
def asiel(database: Database, now: datetime) -> Scene:
    """The largest shipped dossiersoort."""
    return on_stage(database, now, ASIEL)


def say(tx: Tx, dossier_id: int, text: str = "Wilt u…") -> Dossier:
    """Have a message lie in the outbox, as processes do."""
    with handling(tx, dossier_id) as at_hand:
        outbox.send(at_hand, "groet", to="aanvrager", subject=f"{at_hand.dossier.number} groet", text=text)
    return at_hand.dossier
