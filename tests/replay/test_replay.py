"""A replayed log: dossiers at the log's own times by its own people, every event a completed task or a deviation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.cli import receipt_log
from bedrijfsbureau.cli.receipt_log import Trace
from bedrijfsbureau.cli.replay import Outcome, play_all, replay
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Event, Medewerker, Task, TaskStatus
from tests.replay.receipt import LOG, MODEL, needs_log, trace
from tests.replay.token_game import TokenGame

SOORT = "ontvangst-omgevingsvergunning"
NAMES = {activity.split(" ", 1)[0]: activity for activity in TokenGame(MODEL).tasks}
WHOLE = trace("T02 T03 T02 T04 T06 T07-1 T08 T09-2 T06 T10 T05 T16 T17 T19 T20", NAMES)
DEVIATING = trace("T02 T05 T06", NAMES)
LATER = datetime(2012, 1, 1, tzinfo=UTC)


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    return outcome.dossiers, outcome.events, outcome.completed_tasks, outcome.deviations, outcome.finished


def test_a_whole_course_ends_the_dossier(database: Database) -> None:
    assert counts(play_all(database, SOORT, [WHOLE])) == (1, 16, 16, 0, 1)
    with reading(database, SYSTEM, LATER) as tx:
        dossier = tx.session.scalars(select(Dossier).options(selectinload(Dossier.tasks))).one()
        moments = [event.at for event in WHOLE.events]
        assert (dossier.number, dossier.opened_at, dossier.closed_at) == ("case-1", moments[0], moments[-1])
        assert sorted(task.closed_at for task in dossier.tasks if task.closed_at) == moments
        assert dossier.gegevens["rapport_y"] == {
            "akkoord": True,
            "vastgesteld_op": "2011-10-12",
            "verzonden_op": "2011-10-12",
        }
        people = tx.session.scalars(select(Event.actor).where(Event.kind == "taak_afgerond").distinct()).all()
        assert people == ["Resource01"]


def test_an_event_without_an_open_task_is_kept_as_a_deviation(database: Database) -> None:
    assert counts(play_all(database, SOORT, [DEVIATING])) == (1, 4, 3, 1, 0)
    with reading(database, SYSTEM, LATER) as tx:
        event = tx.session.scalars(select(Event).where(Event.kind == "afwijking")).one()
        assert (event.at, event.actor) == (DEVIATING.events[2].at, "Resource01")
        assert event.data == {
            "activity": "T05 Print and send confirmation of receipt",
            "open": ["Bepalen of advies over aanhouden nodig is", "Ontvangstbevestiging vaststellen"],
        }
        still_open = select(Task.element).where(Task.status == TaskStatus.OPEN).order_by(Task.element)
        assert tx.session.scalars(still_open).all() == ["t04_vaststellen", "t10_stopindicatie"]


def test_playing_twice_changes_nothing(database: Database) -> None:
    first = play_all(database, SOORT, [WHOLE])
    with reading(database, SYSTEM, LATER) as tx:
        events = tx.session.scalar(select(func.count()).select_from(Event))
        people = tx.session.scalar(select(func.count()).select_from(Medewerker))
    second = play_all(database, SOORT, [WHOLE])
    assert counts(second) == counts(first)
    with reading(database, SYSTEM, LATER) as tx:
        assert tx.session.scalar(select(func.count()).select_from(Event)) == events
        assert tx.session.scalar(select(func.count()).select_from(Medewerker)) == people


def test_the_outcome_as_json() -> None:
    assert Outcome(3, 12, 11, 1, 2, 0.5).to_json() == {
        "cases": 3,
        "events": 12,
        "completed_tasks": 11,
        "deviations": 1,
        "finished": 2,
        "seconds": 0.5,
    }


def test_a_log_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    missing = tmp_path / "log.csv"
    result = CliRunner().invoke(replay, [str(missing), "--data", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, f"Het logboek {missing} is er niet. Er is niets nagespeeld.\n")


@needs_log
def test_the_first_traces_of_the_real_log_fit(database: Database) -> None:
    traces: tuple[Trace, ...] = receipt_log.read(LOG)[:20]
    outcome = play_all(database, SOORT, traces)
    assert outcome.dossiers == 20
    assert (outcome.completed_tasks, outcome.deviations) == (outcome.events, 0)


@needs_log
@pytest.mark.parametrize("key", ["case-7917"])
def test_the_one_trace_that_does_not_fit_is_told(database: Database, key: str) -> None:
    (one,) = [trace for trace in receipt_log.read(LOG) if trace.key == key]
    assert counts(play_all(database, SOORT, [one])) == (1, 5, 4, 1, 0)
