"""The least anyone does with SpiffWorkflow and a database: load the row, run the task, store the row, commit.

`Plain` is SpiffWorkflow 3.2.0 as its documentation shows it, with its own serializer. `Ours` is the same course through
our engine alone, with the record beside it. Neither asks who may do this, checks anything or keeps a history. `Row` is
the same without any engine.
"""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from _product import MOST, NOW, Answers, Office
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import JSON, Column, Engine, Integer, LargeBinary, MetaData, Table, Text, insert, select, update

from bedrijfsbureau import engine
from bedrijfsbureau.termijnen import functions

MODELS = Path(__file__).parent / "models"
TABLES = MetaData()
PLAIN = Table("bench_plain", TABLES, Column("id", Integer, primary_key=True), Column("workflow", Text))
OURS = Table(
    "bench_engine",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("state", LargeBinary),
    Column("gegevens", JSON),
)


class Plain:
    def __init__(self, office: Office) -> None:
        self.database: Engine = office.database.engine
        self.answers: Answers = office.answers
        self.forms = {element.id: element.form for element in office.kind.model.elements.values()}
        self.groups = [group.name for group in office.soort.record.groups]
        parser = BpmnParser()
        parser.add_bpmn_file(str(MODELS / f"{office.soort.key}.bpmn"))
        self.spec = parser.get_spec(office.soort.key)
        self.serializer = BpmnWorkflowSerializer()
        self.state_bytes: list[int] = []
        TABLES.create_all(self.database)

    def round(self) -> tuple[int, float]:
        row_id = self._begin()
        begin, done = time.perf_counter(), 0
        while done < MOST and self._complete_one(row_id):
            done += 1
        return done, time.perf_counter() - begin

    def _begin(self) -> int:
        workflow = BpmnWorkflow(self.spec)
        start = workflow.get_next_task(state=TaskState.READY)
        start.set_data(**{group: {} for group in self.groups}, instellingen={})
        workflow.do_engine_steps()
        with self.database.begin() as connection:
            made = connection.execute(insert(PLAIN).values(workflow=self.serializer.serialize_json(workflow)))
            return int(made.inserted_primary_key[0])

    def _complete_one(self, row_id: int) -> bool:
        with self.database.begin() as connection:
            mine = PLAIN.c.id == row_id
            stored = connection.execute(select(PLAIN.c.workflow).where(mine).with_for_update()).scalar_one()
            workflow = self.serializer.deserialize_json(stored)
            ready = sorted(workflow.get_tasks(state=TaskState.READY, manual=True), key=lambda t: str(t.task_spec.name))
            if not ready:
                return False
            _merge(ready[0].data, self.answers.of(self.forms.get(ready[0].task_spec.name)))
            ready[0].run()
            workflow.do_engine_steps()
            kept = self.serializer.serialize_json(workflow)
            connection.execute(update(PLAIN).where(mine).values(workflow=kept))
        self.state_bytes.append(len(kept))
        return True


class Ours:
    def __init__(self, office: Office) -> None:
        self.database: Engine = office.database.engine
        self.answers, self.kind = office.answers, office.kind
        self.key = office.database.key_for(1)
        self.all_tasks = [e.id for e in office.kind.model.elements.values() if e.type == "userTask"]
        TABLES.create_all(self.database)

    def round(self) -> tuple[int, float]:
        state = engine.start(self.kind.model, _Host(self, {})).save(self.key)
        with self.database.begin() as connection:
            made = connection.execute(insert(OURS).values(state=state, gegevens={}))
        row_id = int(made.inserted_primary_key[0])
        begin, done = time.perf_counter(), 0
        while done < MOST and self._complete_one(row_id):
            done += 1
        return done, time.perf_counter() - begin

    def _complete_one(self, row_id: int) -> bool:
        with self.database.begin() as connection:
            mine = OURS.c.id == row_id
            row = connection.execute(select(OURS.c.state, OURS.c.gegevens).where(mine).with_for_update()).one()
            instance = engine.resume(self.kind.model, row.state, _Host(self, row.gegevens), self.key)
            ready = sorted(instance.tasks, key=lambda task: task.element.id)
            if not ready:
                return False
            _merge(row.gegevens, self.answers.of(ready[0].element.form))
            instance.complete(ready[0].id)
            state = None if instance.finished else instance.save(self.key)
            connection.execute(update(OURS).where(mine).values(state=state, gegevens=row.gegevens))
        return state is not None


class Row:
    """What is left of `Ours` without an engine: the row is locked and read, and written as it was."""

    def __init__(self, office: Office) -> None:
        self.database: Engine = office.database.engine
        self.state = engine.start(office.kind.model, _Host(Ours(office), {})).save(office.database.key_for(1))

    def round(self) -> tuple[int, float]:
        with self.database.begin() as connection:
            made = connection.execute(insert(OURS).values(state=self.state, gegevens={}))
        mine = OURS.c.id == int(made.inserted_primary_key[0])
        begin = time.perf_counter()
        for number in range(MOST):
            with self.database.begin() as connection:
                row = connection.execute(select(OURS.c.state, OURS.c.gegevens).where(mine).with_for_update()).one()
                connection.execute(update(OURS).where(mine).values(state=row.state, gegevens={"number": number}))
        return MOST, time.perf_counter() - begin


class _Host:
    """Everything is still to be done, so that every task opens; service tasks and decisions do nothing."""

    functions = functions

    def __init__(self, ours: Ours, gegevens: dict[str, Any]) -> None:
        self.now: datetime = NOW
        self.ours, self.gegevens = ours, gegevens

    def context(self, local: Mapping[str, Any]) -> Mapping[str, Any]:
        record = self.ours.kind.soort.record.parse(self.gegevens)
        readiness = {"planbaar": False, "behandelklaar": False, "open_P": [], "open_B": []}
        settings = self.ours.kind.policy.instellingen
        return {
            **record,
            "instellingen": settings,
            "gereedheid": readiness,
            "open_taken": self.ours.all_tasks,
            "stukken": [],
            **local,
        }

    def handle(self, handler: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Nothing."""

    def decide(self, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Nothing."""

    def send(self, message: str, element: engine.Element, local: Mapping[str, Any], key: str | None) -> None:
        """Nothing."""

    def signal(self, signal: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Nothing."""


def _merge(gegevens: dict[str, Any], answers: Mapping[str, Any]) -> None:
    for path, value in json.loads(json.dumps(answers)).items():
        group, _, name = path.partition(".")
        if name:
            gegevens.setdefault(group, {})[name] = value
        else:
            gegevens[group] = value
