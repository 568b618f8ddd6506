"""What completing a task costs the database, exactly."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bedrijfsbureau.actions import tasks
from bedrijfsbureau.errors import Conflict
from tests.actions.conftest import Scene

RECEIVED = {"aanvraag.kanaal": "internet", "aanvraag.ontvangen_op": "2026-11-20"}
IN_PARALLEL = {"bevestiging.akkoord_controle": "ja"}


@contextmanager
def counted(scene: Scene) -> Iterator[dict[str, int]]:
    """Statements and commits inside the block; SQLite begins a transaction by a statement, which does not count."""
    found = {"statements": 0, "commits": 0}

    def statement(connection: Any, cursor: Any, text: str, *_: Any) -> None:
        found["statements"] += not text.startswith("BEGIN")

    def commit(connection: Any) -> None:
        found["commits"] += 1

    event.listen(scene.database.engine, "before_cursor_execute", statement)
    event.listen(scene.database.engine, "commit", commit)
    yield found
    event.remove(scene.database.engine, "before_cursor_execute", statement)
    event.remove(scene.database.engine, "commit", commit)


def test_an_ordinary_completion_is_five_statements_and_one_commit(receipt: Scene) -> None:
    """Lock and read, dossier, the task that is done, the task that opens, events."""
    dossier_id = receipt.open_dossier()
    receipt.do(dossier_id, "t01_ontvangst", RECEIVED)
    open_tasks = receipt.tasks(dossier_id)

    with counted(receipt) as cost:
        receipt.act(tasks.complete, open_tasks["t02_controleren"], IN_PARALLEL)

    assert cost == {"statements": 5, "commits": 1}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has no wire
def test_a_completion_is_two_turns_to_postgresql(receipt: Scene, tmp_path: Path) -> None:
    """Begin, lock and read; all that is written, with the commit. Seen on the wire, so that nothing the driver adds of
    its own is forgotten."""
    engine = receipt.database.engine
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]
    engine.dispose()  # of other connections that lie ready
    with engine.connect() as connection:
        wire: Any = connection.connection.driver_connection  # the next command takes it too

    with (tmp_path / "wire.txt").open("w+") as seen:
        wire.pgconn.trace(seen.fileno())
        receipt.act(tasks.complete, task_id, RECEIVED)
        wire.pgconn.untrace()
        seen.seek(0)
        directions = [line.split("\t")[1] for line in seen if "\t" in line]

    turns = [one for one, before in zip(directions, ["", *directions], strict=False) if (before, one) != ("F", "F")]
    assert turns.count("F") == 2


def test_verdicts_that_change_add_the_open_points_that_go_and_come(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]

    with counted(receipt) as cost:
        receipt.act(tasks.complete, task_id, RECEIVED)

    assert cost == {"statements": 6, "commits": 1}


def test_the_number_of_open_tasks_changes_nothing(receipt: Scene) -> None:
    costs = []
    for aspects in ([1], [1, 2, 3]):
        dossier_id = receipt.open_dossier()
        receipt.do(dossier_id, "t01_ontvangst", RECEIVED)
        receipt.do(dossier_id, "t02_controleren", IN_PARALLEL)
        receipt.do(dossier_id, "t06_stopadvies", {"advies.nodig": "ja", "advies.aspecten": aspects})
        open_tasks = receipt.tasks(dossier_id)
        assert len(open_tasks) == len(aspects) + 1
        with counted(receipt) as cost:
            receipt.act(tasks.complete, open_tasks["t04_vaststellen"], {"bevestiging.vastgesteld": "ja"})
        costs.append(cost)

    assert costs == [{"statements": 5, "commits": 1}] * 2


def test_what_was_done_before_changes_nothing(klein: Scene) -> None:
    """A dossier of which a check was repaired time and again has closed tasks and a history; neither is read."""
    dossier_id = klein.open_dossier()
    costs = []
    for _ in range(3):
        with counted(klein) as cost:
            klein.act(tasks.complete, klein.tasks(dossier_id)["t_punt"], {})
        costs.append(cost["statements"] - 1)  # one to look for the task

    assert len(set(costs)) == 1, costs


def test_a_lost_completion_costs_no_more(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]
    receipt.act(tasks.complete, task_id, RECEIVED)

    with counted(receipt) as cost, pytest.raises(Conflict):
        receipt.act(tasks.complete, task_id, RECEIVED)

    assert (cost["commits"], cost["statements"] <= 6) == (0, True)
