"""The least the database can do for a completion: the same rows written by the same statements, and nothing else.

What the product writes for one dossier is taken down once. Then it is written again for other dossiers, through the
driver's own connection: nothing is read, locked, decided or built.
"""

import time
import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import psycopg
from _product import Office
from sqlalchemy import event

from bedrijfsbureau.actions.command.compiled import names_in

OF_DOSSIER = ("dossier_id", "key_dossier_id", "key_id", "id", "dossier")
READING = ("SELECT", "BEGIN")
Row = list[Any]


@dataclass(frozen=True)
class Statement:
    words: str
    names: tuple[str, ...]  # of the parameters of one row
    rows: list[Row]
    is_many: bool


class Limit:
    """Contestant: a dossier that the product opened, and all that completing its tasks writes."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.completions: list[list[Statement]] = []
        engine = office.database.engine
        event.listen(engine, "before_cursor_execute", self._take_down)
        self.is_taken_down = False
        office.before_completion, office.after_completion = self._begin, self._end
        self.dossier_id = office.open_dossier()
        self.tasks = office.open_tasks(self.dossier_id)
        office.complete_all(self.dossier_id)
        office.before_completion = office.after_completion = lambda: None
        self.version = office.version(self.dossier_id)
        event.remove(engine, "before_cursor_execute", self._take_down)

    def round(self) -> tuple[int, float]:
        new_id = self.office.open_dossier()
        tasks = self.office.open_tasks(new_id)
        names: dict[Any, Any] = {old: tasks[element] for element, old in self.tasks.items()}
        todo = [[self._of(new_id, names, each) for each in statements] for statements in self.completions]
        with self.office.database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver
            begin = time.perf_counter()
            for statements in todo:
                self._write(driver, statements)
            took = time.perf_counter() - begin
        assert self.office.version(new_id) == self.version, "what was taken down was not all written"
        return len(todo), took

    def _write(self, driver: Any, statements: list[Statement]) -> None:
        """As the product does: on PostgreSQL all in one message, the commit included."""
        is_postgresql = isinstance(driver, psycopg.Connection)
        cursor = psycopg.RawCursor(driver) if is_postgresql else driver.cursor()
        with driver.pipeline() if is_postgresql else nullcontext():
            cursor.execute("BEGIN" if is_postgresql else "BEGIN IMMEDIATE")
            for each in statements:
                if each.is_many:
                    cursor.executemany(each.words, each.rows)
                else:
                    cursor.execute(each.words, [value for row in each.rows for value in row])
            driver.commit()

    def _begin(self) -> None:
        self.completions.append([])
        self.is_taken_down = True

    def _end(self) -> None:
        self.is_taken_down = False

    def _take_down(self, connection: Any, cursor: Any, words: str, given: Any, context: Any, is_many: bool) -> None:
        if not self.is_taken_down or words.startswith(READING):
            return
        names = names_in(self.office.database.engine.dialect, words)
        rows = [*given] if is_many else [given[at : at + len(names)] for at in range(0, len(given), len(names))]
        self.completions[-1].append(Statement(words, names, rows, is_many))

    def _of(self, new_id: int, tasks: dict[Any, Any], statement: Statement) -> Statement:
        """The same for another dossier; a task that it makes gets a key of its own."""

        def other(name: str, value: Any) -> Any:
            if name in OF_DOSSIER and value == self.dossier_id:
                return new_id
            if name in ("id", "key_id") and isinstance(value, str):
                return tasks.setdefault(value, str(uuid.uuid4()))
            return value

        names = statement.names
        rows = [[other(name, value) for name, value in zip(names, row, strict=True)] for row in statement.rows]
        return Statement(statement.words, names, rows, statement.is_many)
