"""The worker: what is due is done once, whatever dies or fails in between. Its clock is an argument."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bedrijfsbureau import worker
from bedrijfsbureau.actions.work import due_work
from bedrijfsbureau.actions.work.due_work import CLAIM, MOST_ATTEMPTS
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.errors import DatabaseUnavailable, NotFound
from bedrijfsbureau.model import SYSTEM, DueWork, Incident, WorkKind
from tests.actions.conftest import KLEIN, Scene, on_stage, say, staged
from tests.databases import Start

DUE = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
IN_TWO_DAYS = {"persoon": {"oproep_op": "2026-11-25"}}


@pytest.fixture
def start() -> Start:
    return staged(KLEIN)


@pytest.fixture
def klein(database: Database, now: datetime) -> Scene:
    return on_stage(database, now, KLEIN)


class Post:
    """Takes what is sent; refuses it as long as `broken`."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.broken = False

    def __call__(self, work: DueWork) -> None:
        if self.broken:
            raise OSError("de mailserver antwoordt niet")
        self.sent.append(work.payload["subject"])


@pytest.fixture
def post() -> Post:
    return Post()


def work_at(scene: Scene, moment: datetime, send: worker.Send) -> int:
    return worker.work_off(scene.database, lambda: moment, send)


def rows(scene: Scene, kind: WorkKind) -> list[DueWork]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return list(tx.session.scalars(select(DueWork).where(DueWork.kind == kind).order_by(DueWork.id)))


def fired(scene: Scene, dossier_id: int) -> int:
    return scene.kinds(dossier_id).count("timer_afgegaan")


def test_timers_that_were_due_during_downtime_fire_once(klein: Scene, post: Post) -> None:
    dossiers = [klein.open_dossier(IN_TWO_DAYS) for _ in range(3)]
    back = DUE + timedelta(days=3)

    for _ in range(3):
        work_at(klein, back, post)

    assert [fired(klein, dossier_id) for dossier_id in dossiers] == [1, 1, 1]
    assert all("t_oproep" in klein.tasks(dossier_id) for dossier_id in dossiers)


def test_nothing_fires_before_its_moment(klein: Scene, post: Post) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)

    work_at(klein, DUE - timedelta(seconds=1), post)
    assert fired(klein, dossier_id) == 0
    work_at(klein, DUE, post)
    assert fired(klein, dossier_id) == 1


def test_two_workers_at_once_do_each_row_once(klein: Scene, post: Post) -> None:
    dossiers = [klein.open_dossier(IN_TWO_DAYS) for _ in range(6)]
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        while work_at(klein, DUE, post):
            pass

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert [fired(klein, dossier_id) for dossier_id in dossiers] == [1] * 6


def test_the_rows_of_a_dead_worker_are_done_by_another_after_fifteen_seconds(klein: Scene, post: Post) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)
    with transaction(klein.database, SYSTEM, DUE) as tx:  # and then it dies
        due_work.claim(tx, worker.BATCH, "dies")

    work_at(klein, DUE + CLAIM - timedelta(seconds=1), post)
    assert fired(klein, dossier_id) == 0
    work_at(klein, DUE + CLAIM, post)
    assert fired(klein, dossier_id) == 1


def test_what_is_sent_is_sent_after_the_commit_and_once(klein: Scene, post: Post) -> None:
    dossier_id = klein.open_dossier()
    klein.act(say, dossier_id)
    assert post.sent == []

    for _ in range(2):
        work_at(klein, klein.now, post)

    assert post.sent == ["D-2026-00001 groet"]
    assert rows(klein, WorkKind.OUTBOX)[0].done_at == klein.now


def test_what_was_rolled_back_is_never_sent(klein: Scene, post: Post) -> None:
    dossier_id = klein.open_dossier()
    with pytest.raises(NotFound), transaction(klein.database, klein.actor, klein.now) as tx:
        say(tx, dossier_id)
        raise NotFound

    work_at(klein, klein.now, post)

    assert post.sent == []


def test_a_poisoned_row_is_retried_stops_as_an_incident_and_holds_up_nobody(klein: Scene, post: Post) -> None:
    poisoned = klein.open_dossier()
    klein.act(say, poisoned)
    dossier_id = klein.open_dossier(IN_TWO_DAYS)
    post.broken, moment = True, DUE

    for _ in range(MOST_ATTEMPTS):
        work_at(klein, moment, post)
        (letter,) = rows(klein, WorkKind.OUTBOX)
        moment = letter.next_try_at or moment

    assert (letter.attempts, letter.error) == (MOST_ATTEMPTS, "OSError: de mailserver antwoordt niet")
    assert [row.cause for row in klein.rows(Incident, poisoned)] == ["OSError: de mailserver antwoordt niet"]
    assert fired(klein, dossier_id) == 1
    post.broken = False
    work_at(klein, moment + timedelta(days=1), post)
    assert post.sent == []


def test_the_review_runs_once_per_day_and_sees_what_a_new_day_changes(klein: Scene, post: Post) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    closed_at = klein.dossier(dossier_id).changed_at
    work_at(klein, klein.now, post)  # plans the review of tonight
    tonight = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)

    work_at(klein, tonight - timedelta(seconds=1), post)
    assert klein.dossier(dossier_id).changed_at == closed_at
    for _ in range(3):
        work_at(klein, tonight, post)

    assert klein.dossier(dossier_id).changed_at == tonight
    assert [(row.reference, row.done_at) for row in rows(klein, WorkKind.REVIEW)] == [
        ("2026-11-24", tonight),
        ("2026-11-25", None),
    ]


def test_a_message_becomes_a_file_whose_name_says_which(klein: Scene, tmp_path: Path) -> None:
    klein.act(say, klein.open_dossier())

    work_at(klein, klein.now, worker.deliver_to(tmp_path / "uit"))

    (file,) = (tmp_path / "uit").iterdir()
    (letter,) = rows(klein, WorkKind.OUTBOX)
    assert file.name == f"{letter.id:08}.json"
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == "Wilt u…"


def test_a_database_that_is_away_does_not_end_the_worker(klein: Scene, post: Post) -> None:
    """The clock is asked first in every round: it says when the database is away, and stops the worker later."""
    stop, rounds = threading.Event(), []

    def clock() -> datetime:
        rounds.append("round")
        if len(rounds) == 1:
            raise DatabaseUnavailable
        stop.set()
        return klein.now

    worker.run(klein.database, clock, post, stop)

    assert len(rounds) >= 2


def test_the_moments_are_those_of_the_clock_that_was_given(database: Database, post: Post) -> None:
    worker.work_off(database, lambda: DUE, post)

    with reading(database, SYSTEM, DUE) as tx:
        planned = tx.session.execute(select(DueWork.kind, DueWork.reference).order_by(DueWork.id))
        assert [tuple(row) for row in planned] == [
            (WorkKind.REVIEW, "2026-11-26"), (WorkKind.RAPPEL, "2026-11-26")
        ]  # fmt: skip
