from datetime import datetime

import pytest

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Actor, Locatie, Role
from bedrijfsbureau.queries import worklist
from bedrijfsbureau.queries.worklist import Position, Queue
from tests.queries.conftest import actor_of, counting
from tests.web.office import MISSING, Planted, add_dossier, add_versions


def numbers(page: worklist.Page) -> list[str]:
    return [row.number for row in page.rows]


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        (Queue.MINE, ["04127", "04698", "04711", "04671", "18230", "04650", "04533", "04702", "04725", "04740"]),
        (Queue.TEAM, ["04619", "04588", "04600"]),
        (Queue.WAITING, ["04711", "04671", "18230", "04533", "04702"]),
        (Queue.THIS_WEEK, ["04127", "04698", "04619", "04711", "04671", "18230", "04650", "04588", "04533"]),
        (Queue.RETURNED, ["04127"]),
    ],
)
def test_a_queue_holds_its_tasks_by_date_then_priority(
    office: Database, now: datetime, queue: Queue, expected: list[str]
) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        found = worklist.page(tx, queue)
    assert [number[-5:] for number in numbers(found)] == expected
    assert found.after is None


def test_counts_are_the_lengths_of_the_queues(office: Database, now: datetime) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        lengths = {queue: len(worklist.page(tx, queue).rows) for queue in Queue}
        found = worklist.counts(tx)
    assert found.queues == lengths
    assert (found.mine_today, found.mine_last_step) == (3, 4)


def test_pages_follow_each_other_without_gap_or_overlap(office: Database, now: datetime) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        whole = numbers(worklist.page(tx, Queue.LOCATIE))
        pieces: list[str] = []
        after: Position | None = None
        for _ in range(5):
            piece = worklist.page(tx, Queue.LOCATIE, after=after, size=3)
            pieces += numbers(piece)
            after = piece.after
    assert pieces == whole
    assert len(whole) == 14
    assert after is None


def test_a_filter_keeps_one_kind_of_task(office: Database, now: datetime) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        assert numbers(worklist.page(tx, Queue.LOCATIE, "Samenloop nagaan")) == ["D-2026-04619", "D-2026-04740"]
        assert worklist.names(tx, Queue.TEAM) == ("Samenloop nagaan", "Tolk boeken", "Uitnodiging versturen")


@pytest.mark.parametrize(
    ("username", "visible"),
    [("noor", 14), ("zeger", 1), ("hanna", 14), ("manon", 15), ("aad", 15), ("bea", 0)],
)
def test_a_role_sees_the_tasks_of_its_locatie(office: Database, now: datetime, username: str, visible: int) -> None:
    with reading(office, actor_of(office, username, now), now) as tx:
        assert len(worklist.page(tx, Queue.LOCATIE).rows) == visible
        assert worklist.counts(tx).queues[Queue.LOCATIE] == visible


def test_the_next_task_is_my_first_then_the_first_of_my_team(office: Database, now: datetime) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        assert worklist.next_task(tx) == "D-2026-04127-1"
        assert worklist.next_task(tx, but="D-2026-04127-1") == "D-2026-04698-1"
    with reading(office, actor_of(office, "hanna", now), now) as tx:
        assert worklist.next_task(tx) is None


def test_a_count_stops_at_its_cap(office: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "CAP", 5)
    with reading(office, actor_of(office, "noor", now), now) as tx:
        assert worklist.counts(tx).queues[Queue.LOCATIE] == 5


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_one_row_as_for_three(database: Database, now: datetime, rows: int) -> None:
    with transaction(database, SYSTEM, now) as tx:
        add_versions(tx)
        locatie = Locatie(name="Ter Apel")
        tx.session.add(locatie)
        tx.session.flush()
        for number in range(rows):
            planted = Planted(f"D-2026-0000{number}", "(naam)", "Tolk boeken", 1, None, ("TAL02",), {"TAL02": MISSING})
            add_dossier(tx, locatie.id, planted)
        locatie_id = locatie.id
    actor = Actor(id=1, name="Noor", role=Role.MEDEWERKER, locatie_id=locatie_id, teams=frozenset({"BB"}))
    with reading(database, actor, now) as tx, counting(tx) as statements:
        found = worklist.page(tx, Queue.TEAM)
        counts = worklist.counts(tx)
        names = worklist.names(tx, Queue.TEAM)
    assert (len(found.rows), counts.queues[Queue.TEAM], names) == (rows, rows, ("Tolk boeken",))
    assert len(statements) == 3
