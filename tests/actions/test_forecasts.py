"""From the histories of dossiers to what is said of one that is open."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bedrijfsbureau.actions import dossiers, verzoeken
from bedrijfsbureau.actions.work import measuring
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, OpenPoint
from bedrijfsbureau.queries import dossier as queries
from bedrijfsbureau.queries import forecasts, measurements, most_helpful, outlooks
from bedrijfsbureau.queries.courses import courses, day_of
from bedrijfsbureau.queries.measurements import Wait
from bedrijfsbureau.queries.worklist import Queue
from tests.actions.conftest import KLEIN, Scene

NAMED = {"persoon.naam": "A. Haile"}
MANY = 22


def after(scene: Scene, days: float) -> Scene:
    return scene.by(now=scene.now + timedelta(days=days))


def spells(scene: Scene, code: str) -> list[tuple[float, float | None]]:
    """Of all dossiers, in days since the scene's moment."""
    zero = day_of(scene.now)
    with reading(scene.database, SYSTEM, scene.now) as tx:
        found = [spell for course in courses(tx, KLEIN) for spell in course.spells if spell.code == code]
    return sorted(
        (round(each.began - zero, 6), None if each.ended is None else round(each.ended - zero, 6)) for each in found
    )


def test_a_check_is_open_from_when_it_turned_red_until_it_turned_green(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    after(klein, 3).act(dossiers.change_gegevens, dossier_id, NAMED)
    after(klein, 5).act(dossiers.change_gegevens, dossier_id, {"persoon.naam": None})

    assert spells(klein, "NAM01") == [(0.0, 3.0), (5.0, None)]
    assert spells(klein, "PAS01") == [(0.0, None)]


def test_asking_for_it_does_not_make_it_open_anew(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A. Haile"}})
    after(klein, 4).act(verzoeken.ask, dossier_id, "PAS01", "Graag uw paspoort.")

    (point,) = (row for row in klein.rows(OpenPoint, dossier_id) if row.code == "PAS01")
    assert (point.state, point.since - klein.now, point.open_since) == ("wacht op", timedelta(days=4), klein.now)
    assert spells(klein, "PAS01") == [(0.0, None)]


@pytest.fixture
def measured(klein: Scene) -> Scene:
    """Names that came after 1, 2, 3 ... days; the scene is at the end of that."""
    for days in range(1, MANY + 1):
        dossier_id = klein.open_dossier()
        after(klein, days).act(dossiers.change_gegevens, dossier_id, NAMED)
    late = after(klein, MANY + 1)
    with reading(late.database, SYSTEM, late.now) as tx:
        found = measuring.learn_all(tx)
    with transaction(late.database, SYSTEM, late.now) as tx:
        measuring.keep(tx, found)
    return late


def test_a_measurement_is_kept_and_read_back(measured: Scene) -> None:
    with reading(measured.database, SYSTEM, measured.now) as tx:
        last = measurements.last(tx, KLEIN)
        learnt = measuring.learn_all(tx)[KLEIN]

    assert last is not None
    assert (last.dossiers, last.learnt) == learnt
    assert measurements.waits(last) == (Wait("NAM01", "aanvrager", MANY, 11.0, 19.0),)


def test_a_dossier_says_when_it_is_expected_and_with_what_chance_it_makes_its_dates(measured: Scene) -> None:
    dossier_id = measured.open_dossier()
    today = measured.now.date()
    targets = [forecasts.before("Gehoor", today + timedelta(days=1)), forecasts.within("Termijn", today)]
    with reading(measured.database, SYSTEM, measured.now) as tx:
        head = queries.head(tx, dossier_id)
        found = forecasts.expected(tx, KLEIN, head.locatie, head.verdicts, targets)

        named = forecasts.expected(tx, KLEIN, head.locatie, {"NAM01": head.verdicts["NAM01"]}, [])

    assert found is not None and named is not None
    assert [code for code, _ in found.slowest] == ["PAS01", "NAM01"]
    assert (found.half, found.most, found.silent) == (None, None, ())  # no passport came yet
    assert [chance for _, chance in found.chances] == [found.chances[0][1]] * 2  # the same moment, said in two ways
    days = [(day or today) - today for day in (named.half, named.most)]
    assert days == [timedelta(days=12), timedelta(days=19)]  # 11 would be a Sunday


def test_without_a_measurement_or_anything_that_blocks_nothing_is_said(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    with reading(klein.database, SYSTEM, klein.now) as tx:
        head = queries.head(tx, dossier_id)
        assert forecasts.expected(tx, KLEIN, head.locatie, head.verdicts, []) is None


def test_the_task_that_helps_most_comes_first(measured: Scene) -> None:
    """Of two dossiers with a gehoor on the same day, the one that has only its name to wait for gains more by it."""
    ids = [measured.open_dossier() for _ in range(2)]
    soon = measured.now.date() + timedelta(days=7)
    with transaction(measured.database, SYSTEM, measured.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id.in_(ids)).values(gehoor_op=soon))
        tx.session.execute(
            update(OpenPoint).where(OpenPoint.dossier_id == ids[1], OpenPoint.code == "PAS01").values(blocking=False)
        )
    with reading(measured.database, measured.actor, measured.now) as tx:
        found = most_helpful.ranked(tx, Queue.LOCATIE)
        expected = outlooks.of_open(tx)
        elsewhere = outlooks.of_open(tx, measured.locatie_id + 1)

    naming = [each for each in found if each.row.checks == ["NAM01"]]
    assert [each.row.dossier_id for each in naming] == [ids[1], ids[0]]
    assert naming[0].chance + naming[0].gain == 1.0
    listed = [line for line in expected.lines if line.target is not None]
    helpful = [(each.row.dossier_id, each.chance) for each in naming[::-1]]
    assert [(line.dossier_id, line.chance) for line in listed] == helpful
    assert (expected.silent, elsewhere.lines) == (MANY, ())  # those that wait for a paspoort longer than any did
