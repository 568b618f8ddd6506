"""Work at a moment: claimed by one, freed when the worker dies, retried, and an incident when it keeps failing."""

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.work import due_work, reviewing, rounds
from bedrijfsbureau.actions.work.due_work import CLAIM, MOST_ATTEMPTS
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, DueWork, Incident, WorkKind
from tests.actions.conftest import Scene

Result = TypeVar("Result")
IN_TWO_DAYS = {"persoon": {"oproep_op": "2026-11-25"}}
DUE = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)  # the 25th begins in Amsterdam


@pytest.fixture
def system(klein: Scene) -> Scene:
    return klein.by(role=None, id=None, locatie_id=None, name="systeem")


def timers(scene: Scene, dossier_id: int) -> list[DueWork]:
    return [row for row in scene.rows(DueWork, dossier_id) if row.kind == WorkKind.TIMER]


def claim_at(scene: Scene, moment: datetime, most: int = 10) -> list[int]:
    """Ids of what a new worker gets."""
    with transaction(scene.database, SYSTEM, moment) as tx:
        return [row.id for row in due_work.claim(tx, most, secrets.token_hex(4))]


def at_once(work: Callable[[], Result]) -> list[Result]:
    """What two workers get that begin at the same moment. Raises what one of them raised."""
    start = threading.Barrier(2)

    def begin() -> Result:
        start.wait()
        return work()

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(begin) for _ in range(2)]]


def test_a_timer_is_a_row_at_its_moment(klein: Scene) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)

    (timer,) = timers(klein, dossier_id)
    assert (timer.due_at, timer.done_at, timer.attempts) == (DUE, None, 0)


def test_a_timer_that_never_fires_is_no_row(klein: Scene) -> None:
    assert timers(klein, klein.open_dossier()) == []


def test_only_what_is_due_is_claimed_and_by_one_worker(klein: Scene) -> None:
    (timer,) = timers(klein, klein.open_dossier(IN_TWO_DAYS))

    before, first, second = (
        claim_at(klein, moment) for moment in (DUE - timedelta(seconds=1), DUE, DUE + timedelta(seconds=1))
    )

    assert (before, first, second) == ([], [timer.id], [])


def test_the_row_of_a_dead_worker_is_free_after_fifteen_seconds(klein: Scene) -> None:
    (timer,) = timers(klein, klein.open_dossier(IN_TWO_DAYS))
    claim_at(klein, DUE)

    assert timedelta(seconds=15) == CLAIM
    assert claim_at(klein, DUE + CLAIM - timedelta(milliseconds=1)) == []
    assert claim_at(klein, DUE + CLAIM) == [timer.id]


def test_two_workers_at_the_same_moment_share_the_rows(klein: Scene) -> None:
    ids = [timers(klein, klein.open_dossier(IN_TWO_DAYS))[0].id for _ in range(4)]

    claimed = at_once(lambda: claim_at(klein, DUE, most=2))

    assert sorted(claimed[0] + claimed[1]) == ids


def test_the_oldest_come_first(klein: Scene) -> None:
    later, sooner = (
        timers(klein, klein.open_dossier({"persoon": {"oproep_op": day}}))[0].id for day in ("2026-11-27", "2026-11-26")
    )

    assert claim_at(klein, DUE + timedelta(days=5), most=1) == [sooner]
    assert claim_at(klein, DUE + timedelta(days=5)) == [later]


def test_waking_moves_the_process_once(klein: Scene, system: Scene) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)
    (timer,) = timers(klein, dossier_id)
    fires = system.by(now=DUE)

    for _ in range(2):
        fires.act(due_work.wake, [timer])

    assert klein.kinds(dossier_id).count("timer_afgegaan") == 1
    assert "t_oproep" in klein.tasks(dossier_id)
    assert timers(klein, dossier_id) == []


def test_a_timer_keeps_the_moment_it_had_when_its_token_arrived(klein: Scene) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)

    klein.act(dossiers.change_gegevens, dossier_id, {"persoon.oproep_op": "2027-01-01"})

    assert [timer.due_at for timer in timers(klein, dossier_id)] == [DUE]


def test_what_fails_is_tried_again_ever_later_and_then_is_an_incident(klein: Scene, system: Scene) -> None:
    dossier_id = klein.open_dossier(IN_TWO_DAYS)
    (timer,) = timers(klein, dossier_id)
    moment, waits = DUE, []
    for _ in range(MOST_ATTEMPTS):
        assert claim_at(klein, moment) == [timer.id]
        system.by(now=moment).act(due_work.fail, timer.id, "OSError: de schijf is vol")
        (row,) = timers(klein, dossier_id)
        waits.append((row.next_try_at - moment) / CLAIM)
        moment = row.next_try_at

    assert waits == [2, 4, 8, 16, 32]
    assert claim_at(klein, moment + timedelta(days=9)) == []
    (incident,) = klein.rows(Incident, dossier_id)
    assert (incident.element, incident.cause) == ("tm_oproep", "OSError: de schijf is vol")


def test_the_nightly_review_is_planned_once_per_day_in_amsterdam(klein: Scene) -> None:
    moments = [klein.now, klein.now + timedelta(hours=1), klein.now + timedelta(days=1)]
    for moment in moments:
        with transaction(klein.database, SYSTEM, moment) as tx:
            reviewing.plan_review(tx)

    with reading(klein.database, SYSTEM, klein.now) as tx:
        planned = tx.session.scalars(select(DueWork).where(DueWork.kind == WorkKind.REVIEW).order_by(DueWork.due_at))
        assert [(row.reference, row.due_at) for row in planned] == [
            ("2026-11-24", datetime(2026, 11, 23, 23, 5, tzinfo=UTC)),
            ("2026-11-25", datetime(2026, 11, 24, 23, 5, tzinfo=UTC)),
        ]


def test_two_workers_plan_the_same_review_once(klein: Scene) -> None:
    def plan() -> None:
        with transaction(klein.database, SYSTEM, klein.now) as tx:
            reviewing.plan_review(tx)

    at_once(plan)

    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert len(tx.session.scalars(select(DueWork).where(DueWork.kind == WorkKind.REVIEW)).all()) == 1


def test_a_review_looks_at_open_dossiers_page_by_page(klein: Scene) -> None:
    ids = [klein.open_dossier() for _ in range(3)]

    with transaction(klein.database, SYSTEM, klein.now) as tx:
        assert list(rounds.open_dossiers(tx, 0, 2)) == ids[:2]
        assert list(rounds.open_dossiers(tx, ids[1], 2)) == ids[2:]
