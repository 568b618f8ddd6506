"""When work is done, and by whom: backlogs, clocks that jump, hearts that beat, and the odd days of a calendar."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select, text, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions.work import due_work
from bedrijfsbureau.actions.work.due_work import CLAIM
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.model import SYSTEM, Dossier, DueWork, Event, Incident, IncidentKind, WorkKind
from tests.actions.conftest import Scene
from tests.durable.life import DUE

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = [  # beginnings of days: around both changes of the clock, leap days, ends of months and years
    *(date(2026, 3, day) for day in (28, 29, 30, 31)), *(date(2026, 10, day) for day in (24, 25, 26, 31)),
    *(date(2027, 3, day) for day in (27, 28, 29)), *(date(2027, 10, day) for day in (30, 31)),
    date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 2, 28), date(2027, 3, 1),
    date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 4, 30), date(2100, 2, 28), date(2100, 3, 1),
]  # fmt: skip


def nothing(work: DueWork) -> None:
    pass


def plan(database: Database, moments: list[datetime]) -> None:
    """Messages that are due at these moments."""
    row = {"kind": WorkKind.OUTBOX, "payload": {"subject": "x"}, "attempts": 0}
    with transaction(database, SYSTEM, DUE) as tx:
        rows = [{**row, "reference": str(number), "due_at": at} for number, at in enumerate(moments)]
        tx.session.execute(insert(DueWork), rows)


def fired(scene: Scene, dossier_id: int) -> int:
    return scene.kinds(dossier_id).count("timer_afgegaan")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_timer_fires_at_the_first_moment_of_its_day_and_not_before(klein: Scene) -> None:
    """All at once, so that each is also late for the others."""
    start = datetime(2026, 3, 1, tzinfo=UTC)
    scene = klein.by(now=start)
    dossiers = {day: scene.open_dossier({"persoon": {"oproep_op": day.isoformat()}}) for day in DAYS}
    with reading(klein.database, SYSTEM, start) as tx:
        planned = dict(
            tx.session.execute(
                select(DueWork.dossier_id, DueWork.due_at).where(DueWork.kind == WorkKind.TIMER)
            ).all()
        )
    for day, dossier_id in dossiers.items():
        local = planned[dossier_id].astimezone(AMSTERDAM)
        assert (local.date(), local.hour, local.minute) == (day, 0, 0)

    for day in sorted(DAYS):
        moment = planned[dossiers[day]]
        worker_at(klein, moment - timedelta(microseconds=1))
        assert fired(klein, dossiers[day]) == 0
        worker_at(klein, moment)
        assert fired(klein, dossiers[day]) == 1


def worker_at(scene: Scene, moment: datetime) -> None:
    """Fires timers only: the nightly reviews of all those years are another matter."""
    with transaction(scene.database, SYSTEM, moment) as tx:
        tx.session.execute(update(DueWork).where(DueWork.kind == WorkKind.REVIEW).values(done_at=moment))
    worker.work_off(scene.database, lambda: moment, nothing)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_put_back_fires_nothing_twice_and_holds_nothing_up(klein: Scene, jump: timedelta) -> None:
    done, held = (klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}}) for _ in range(2))
    with transaction(klein.database, SYSTEM, DUE + jump) as tx:
        due_work.claim(tx, 1, "dies")
    worker.work_off(klein.database, lambda: DUE + jump, nothing)
    assert sorted((fired(klein, done), fired(klein, held))) == [0, 1]

    for moment in (DUE - jump, DUE, DUE + CLAIM, DUE + jump):
        worker.work_off(klein.database, lambda moment=moment: moment, nothing)  # type: ignore[misc]

    assert (fired(klein, done), fired(klein, held)) == (1, 1)


def test_a_backlog_is_worked_off_in_order_and_what_is_new_does_not_wait_for_it(klein: Scene) -> None:
    backlog = [DUE - timedelta(days=3) + timedelta(minutes=number) for number in range(200)]
    plan(klein.database, [*reversed(backlog), DUE])
    sent: list[datetime] = []

    def send(work: DueWork) -> None:
        sent.append(work.due_at)

    worker.work_off(klein.database, lambda: DUE, send)
    assert DUE in sent
    while worker.work_off(klein.database, lambda: DUE, send):
        pass

    assert [moment for moment in sent if moment != DUE] == backlog


def test_who_works_long_keeps_its_work_while_its_heart_beats(klein: Scene) -> None:
    plan(klein.database, [DUE])
    with transaction(klein.database, SYSTEM, DUE) as tx:
        assert len(due_work.claim(tx, 1, "slow")) == 1
    for beat in range(1, 5):
        with transaction(klein.database, SYSTEM, DUE + beat * CLAIM / 2) as tx:
            due_work.keep(tx, "slow")
    last = DUE + 2 * CLAIM

    with transaction(klein.database, SYSTEM, last + CLAIM - timedelta(seconds=1)) as tx:
        assert list(due_work.claim(tx, 1, "other")) == []
    with transaction(klein.database, SYSTEM, last + CLAIM) as tx:
        assert len(due_work.claim(tx, 1, "other")) == 1
        due_work.keep(tx, "slow")
        assert tx.session.scalars(select(DueWork.claimed_by).where(DueWork.kind == WorkKind.OUTBOX)).one() == "other"


def test_what_a_dead_worker_had_in_hand_comes_one_by_one(klein: Scene) -> None:
    """One of them may have killed it; the others must not count as tried when that one does so again."""
    plan(klein.database, [DUE, DUE, DUE])
    taken = []
    for attempt in range(3):
        with transaction(klein.database, SYSTEM, DUE + attempt * CLAIM) as tx:
            taken.append([(row.reference, row.attempts) for row in due_work.claim(tx, 40, f"worker {attempt}")])

    assert taken == [[("0", 1), ("1", 1), ("2", 1)], [("0", 2)], [("0", 3)]]
    with transaction(klein.database, SYSTEM, DUE + 2 * CLAIM) as tx:
        assert [row.reference for row in due_work.claim(tx, 40, "another")] == ["1"]


def test_what_was_left_when_the_database_went_away_is_done_by_the_same_worker(
    klein: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its heart goes on beating, so that no other would ever take it."""
    plan(klein.database, [DUE, DUE, DUE])
    sent: list[str] = []

    def gone(*_: object) -> None:
        raise DatabaseUnavailable

    with monkeypatch.context() as away, pytest.raises(DatabaseUnavailable):
        away.setattr("bedrijfsbureau.worker.job.act", gone)
        worker.work_off(klein.database, lambda: DUE, nothing, "steady")
    with transaction(klein.database, SYSTEM, DUE) as tx:
        due_work.keep(tx, "steady")
    while worker.work_off(klein.database, lambda: DUE, lambda work: sent.append(work.reference), "steady"):
        pass

    assert sent == ["0", "1", "2"]


def test_work_of_a_kind_that_only_a_newer_version_knows_is_left_to_its_workers(klein: Scene) -> None:
    plan(klein.database, [DUE, DUE])
    with transaction(klein.database, SYSTEM, DUE) as tx:
        tx.connection.execute(text("UPDATE due_work SET kind = 'iets nieuws' WHERE reference = '0'"))
    sent: list[str] = []

    assert worker.work_off(klein.database, lambda: DUE, lambda work: sent.append(work.reference)) == 1
    assert sent == ["1"]


def test_a_database_that_answers_but_refuses_one_row_does_the_others(klein: Scene) -> None:
    """A full disk, a deadlock: the row waits its turn and counts as tried, for it may never go better."""
    plan(klein.database, [DUE, DUE, DUE])
    sent: list[str] = []

    def send(work: DueWork) -> None:
        if work.reference == "0" and not sent:
            raise DatabaseUnavailable from OSError("geen ruimte")
        sent.append(work.reference)

    assert worker.work_off(klein.database, lambda: DUE, send) == 3
    assert sent == ["1", "2"]
    with reading(klein.database, SYSTEM, DUE) as tx:
        assert tx.session.scalars(select(DueWork.error).where(DueWork.reference == "0")).one() == (
            "OSError: geen ruimte"
        )
    worker.work_off(klein.database, lambda: DUE + 2 * CLAIM, send)
    assert sent == ["1", "2", "0"]


def test_timers_fire_together_and_one_that_cannot_does_not_stop_the_others(klein: Scene) -> None:
    on_time = {"persoon": {"oproep_op": "2026-11-25"}}
    ids = [klein.open_dossier(on_time) for _ in range(worker.TOGETHER + 2)]
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == ids[1]).values(state=b"of another hand"))

    while worker.work_off(klein.database, lambda: DUE, nothing):
        pass

    assert [fired(klein, each) for each in ids] == [1, 0, *(1 for _ in ids[2:])]
    with reading(klein.database, SYSTEM, DUE) as tx:
        broken = tx.session.scalars(select(Incident)).all()
        assert [(each.dossier_id, each.kind) for each in broken] == [(ids[1], IncidentKind.PROCESSTAND)]


def test_a_worker_that_was_thought_dead_does_nothing_with_what_another_took(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    with transaction(klein.database, SYSTEM, DUE) as tx:
        (row,) = due_work.claim(tx, 1, "slow")
    with transaction(klein.database, SYSTEM, DUE + CLAIM) as tx:
        due_work.claim(tx, 1, "quick")

    with transaction(klein.database, SYSTEM, DUE + CLAIM) as tx:
        due_work.wake(tx, [row], "slow")
    with transaction(klein.database, SYSTEM, DUE + CLAIM) as tx:
        due_work.finish(tx, row.id, "slow")
    assert fired(klein, dossier_id) == 0
    with transaction(klein.database, SYSTEM, DUE + CLAIM) as tx:
        due_work.wake(tx, [row], "quick")
    assert fired(klein, dossier_id) == 1


def test_the_heart_beats_beside_the_work_and_stops_with_it(klein: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(klein.database, [DUE])
    monkeypatch.setattr("bedrijfsbureau.worker.heart.BEAT", 0.01)
    stop, kept, moments = threading.Event(), [], iter(DUE + timedelta(seconds=number) for number in range(100_000))
    lock = threading.Lock()

    def clock() -> datetime:
        with lock:
            return next(moments)

    def send(work: DueWork) -> None:
        while len(set(kept)) < 3:
            with reading(klein.database, SYSTEM, DUE) as tx:
                kept.append(tx.session.scalars(select(DueWork.claimed_until).where(DueWork.id == work.id)).one())
        stop.set()

    worker.run(klein.database, clock, send, stop)

    assert kept == sorted(kept)
    assert threading.active_count() == len([t for t in threading.enumerate() if t.name != "heartbeat"])
    with reading(klein.database, SYSTEM, DUE) as tx:
        undone = select(func.count()).where(DueWork.kind == WorkKind.OUTBOX, DueWork.done_at.is_(None))
        assert tx.session.scalar(undone) == 0


def test_work_that_hangs_stops_the_heart_so_that_another_worker_takes_it(
    klein: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(klein.database, [DUE])
    monkeypatch.setattr("bedrijfsbureau.worker.heart.BEAT", 0.01)
    monkeypatch.setattr("bedrijfsbureau.worker.heart.LONGEST", 0.2)
    stop, hung = threading.Event(), threading.Event()

    def send(work: DueWork) -> None:
        assert hung.wait(60)  # as long as nobody noticed it
        stop.set()

    worker.run(klein.database, lambda: DUE, send, stop, hung=hung.set)

    with transaction(klein.database, SYSTEM, DUE + CLAIM) as tx:
        until = tx.session.scalars(select(DueWork.claimed_until).where(DueWork.kind == WorkKind.OUTBOX)).one()
    assert hung.is_set()
    assert until is None or until <= DUE + CLAIM


def test_the_history_says_which_occurrence_fired(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    worker.work_off(klein.database, lambda: DUE + timedelta(days=3), nothing)

    (event,) = (event for event in klein.rows(Event, dossier_id) if event.kind == "timer_afgegaan")
    assert datetime.fromisoformat(event.data["due"]) == DUE
