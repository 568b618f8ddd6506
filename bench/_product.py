"""Completing tasks as the product does: authorisation, form, process, every check, history, worklist, one commit."""

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import event, select

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people, tasks
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.cli import UNTIL_COLLECTED, schema
from bedrijfsbureau.database import Database, connect, reading, transaction
from bedrijfsbureau.model import SYSTEM, Actor, Competence, Dossier, Role, Task, TaskStatus

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MOST = 24  # completions per round: all that plain SpiffWorkflow's models have, with one to nine tasks open


class Answers:
    """What the complete dossier of a dossiersoort says, for the form of each task."""

    def __init__(self, soort: dossiersoort.Dossiersoort, kind: Kind) -> None:
        assert soort.basisdossier is not None
        self.gegevens = orjson.loads(orjson.dumps(soort.basisdossier["gegevens"]))  # dates as text
        self.kind = kind

    def of(self, form: str | None) -> dict[str, Any]:
        found = {}
        for field in self.kind.forms[form].fields if form else ():
            group, _, name = field.path.partition(".")
            value = (self.gegevens.get(group) or {}).get(name) if name else self.gegevens.get(group)
            if value is not None and not field.computed:
                found[field.path] = value
        return found


class Office:
    """A database with one dossiersoort in force, and a colleague who does tasks in the order of their names."""

    def __init__(self, url: str, folder: Path, key: str) -> None:
        gc.set_threshold(UNTIL_COLLECTED)  # as the program does
        self.soort = dossiersoort.read(ROOT / "bpmn" / key)
        self.database: Database = connect(url, b"only for measuring, not for people", folder)
        schema.upgrade(self.database.engine)
        self.locatie_id, self.actor = self._colleague()
        process, policy = perform(self.database, SYSTEM, NOW, processes.publish_dossiersoort, self.soort)
        with reading(self.database, SYSTEM, NOW) as tx:
            self.kind = load_kind(tx, process.id, policy.id)
        self.answers = Answers(self.soort, self.kind)
        self.statements: list[int] = []
        self.commits: list[int] = []
        self.state_bytes: list[int] = []
        self._counted = {"statements": 0, "commits": 0}
        self.before_completion: Callable[[], None] = lambda: None
        self.after_completion: Callable[[], None] = lambda: None
        event.listen(self.database.engine, "before_cursor_execute", self._count_statement)
        event.listen(self.database.engine, "commit", self._count_commit)

    def round(self) -> tuple[int, float]:
        """One new dossier, and the seconds its completions took; opening it and looking for a task do not count."""
        return self.complete_all(self.open_dossier())

    def open_dossier(self) -> int:
        what: dict[str, Any] = {"soort": self.soort.key, "locatie_id": self.locatie_id, "gegevens": {}}
        opened: Dossier = perform(self.database, self.actor, NOW, dossiers.open_dossier, **what)
        return opened.id

    def open_tasks(self, dossier_id: int) -> dict[str, str]:
        """The key of each, by its element."""
        with reading(self.database, SYSTEM, NOW) as tx:
            is_open = select(Task).where(Task.dossier_id == dossier_id, Task.status == TaskStatus.OPEN)
            return {task.element: task.id for task in tx.session.scalars(is_open)}

    def version(self, dossier_id: int) -> int:
        with reading(self.database, SYSTEM, NOW) as tx:
            return tx.session.get_one(Dossier, dossier_id).version

    def complete_all(self, dossier_id: int) -> tuple[int, float]:
        done, took = 0, 0.0
        while done < MOST and (task := self._first_task(dossier_id)) is not None:
            data = self.answers.of(task.form)
            self._counted |= {"statements": 0, "commits": 0}
            self.before_completion()
            begin = time.perf_counter()
            dossier: Dossier = perform(self.database, self.actor, NOW, tasks.complete, task.id, data)
            took, done = took + time.perf_counter() - begin, done + 1
            self.after_completion()
            self.statements.append(self._counted["statements"])
            self.commits.append(self._counted["commits"])
            if dossier.state is not None:
                self.state_bytes.append(len(dossier.state))
        return done, took

    def _first_task(self, dossier_id: int) -> Task | None:
        with reading(self.database, SYSTEM, NOW) as tx:
            is_open = select(Task).where(Task.dossier_id == dossier_id, Task.status == TaskStatus.OPEN)
            return tx.session.scalar(is_open.order_by(Task.element, Task.id).limit(1))

    def _colleague(self) -> tuple[int, Actor]:
        with transaction(self.database, SYSTEM, NOW) as tx:
            locatie_id = people.add_locatie(tx, "Ter Apel").id
            for code, name in self.soort.teams.items():
                people.add_team(tx, code, name)
            teams, competences = tuple(self.soort.teams), tuple(Competence)
            row = people.add_medewerker(
                tx,
                username="anna",
                name="Anna",
                role=Role.MEDEWERKER,
                locatie_id=locatie_id,
                teams=teams,
                competences=competences,
            )
            return locatie_id, row.as_actor()

    def _count_statement(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):  # SQLite's way to begin; PostgreSQL's driver does so unseen
            self._counted["statements"] += 1

    def _count_commit(self, connection: Any) -> None:
        self._counted["commits"] += 1
