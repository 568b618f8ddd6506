from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Actor, Dossier, Stage, Vrijgave
from bedrijfsbureau.queries import dossiers, overview
from bedrijfsbureau.queries.dossiers import Filter, Happened, Lateness
from tests.queries.conftest import actor_of, counting

RETURNED = "D-2026-04127"


@pytest.fixture
def spread(office: Database, now: datetime) -> Database:
    """The seeded office, in more stages, ages and places of the diagram."""
    with transaction(office, SYSTEM, now) as tx:
        changes = {
            "D-2026-04711": {"stage": Stage.PLANNING, "opened_at": now - timedelta(days=3), "active": {"t_tolk": 2}},
            "D-2026-04698": {"opened_at": now - timedelta(days=90), "gehoor_op": None},
            RETURNED: {"beslistermijn": now.date() - timedelta(days=2), "gehoor_op": now.date()},
            "D-2026-04671": {"stage": Stage.BEHANDELKLAAR},
            "D-2026-04650": {"stage": Stage.AANVAARD, "closed_at": now},
        }
        for number, values in changes.items():
            tx.session.execute(update(Dossier).where(Dossier.number == number).values(**values))
    return office


def numbers(database: Database, actor: Actor, now: datetime, wanted: Filter) -> list[str]:
    with reading(database, actor, now) as tx:
        found = [row.number for row in dossiers.page(tx, wanted).rows]
        assert dossiers.count(tx, wanted) == len(found)
        return found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(stage=Stage.BEHANDELKLAAR), ["D-2026-04671"]),
        (Filter(element="t_tolk"), ["D-2026-04711"]),
        (Filter(element="t_onzin"), []),
        (Filter(age=0), ["D-2026-04711"]),
        (Filter(age=3), ["D-2026-04698"]),
        (Filter(team="TP", lateness=Lateness.TODAY), ["D-2026-04711"]),
        (Filter(lateness=Lateness.LATE), [RETURNED]),
        (Filter(happened=Happened.RETURNED, week=date(2026, 11, 16)), [RETURNED]),
        (Filter(happened=Happened.RETURNED, week=date(2026, 11, 23)), []),
        (Filter(waits_on="KMar"), ["D-2026-04711"]),
        (Filter(waits_on="KMar", asked=True), ["D-2026-04711"]),
        (Filter(waits_on="tolkenplanning", asked=True), []),
        (Filter(soort="asiel-pact"), []),
        (Filter(soort="asiel-aa", version=2), []),
    ],
)
def test_a_filter_narrows_the_list(spread: Database, now: datetime, wanted: Filter, expected: list[str]) -> None:
    assert numbers(spread, actor_of(spread, "noor", now), now, wanted) == expected


def test_what_is_planned_first_comes_first_and_what_is_closed_is_left_out(spread: Database, now: datetime) -> None:
    found = numbers(spread, actor_of(spread, "noor", now), now, Filter())
    assert (found[0], found[-1]) == (RETURNED, "D-2026-04698")
    assert "D-2026-04650" not in found


def test_at_risk_is_what_comes_soon_and_is_not_ready(spread: Database, now: datetime) -> None:
    noor = actor_of(spread, "noor", now)
    everything, risky = (numbers(spread, noor, now, Filter(at_risk=risk)) for risk in (False, True))
    assert set(everything) - set(risky) == {"D-2026-04671", "D-2026-04698"}


@pytest.mark.parametrize(("username", "elsewhere"), [("noor", 0), ("zeger", 1), ("manon", 1), ("aad", 1), ("petra", 0)])
def test_only_what_someone_may_see_is_listed(spread: Database, now: datetime, username: str, elsewhere: int) -> None:
    found = numbers(spread, actor_of(spread, username, now), now, Filter())
    assert found.count("D-2026-09001") == elsewhere
    assert bool(found) is (username != "petra")


def test_pages_follow_each_other_without_gap_or_overlap(spread: Database, now: datetime) -> None:
    with reading(spread, actor_of(spread, "noor", now), now) as tx:
        whole, parts, after = dossiers.page(tx, Filter()).rows, [], None
        while True:
            page = dossiers.page(tx, Filter(), after, size=4)
            parts += page.rows
            after = page.after
            if after is None:
                break
    assert tuple(parts) == whole


@pytest.mark.parametrize("username", ["pim", "manon", "aad"])
def test_every_number_of_the_overview_is_the_length_of_its_list(
    spread: Database, now: datetime, username: str
) -> None:
    with transaction(spread, SYSTEM, now) as tx:
        tx.session.execute(update(Vrijgave).values(accepted_at=None))
    with reading(spread, actor_of(spread, username, now), now) as tx:
        for locatie_id in (None, *dossiers.locaties(tx)):
            here = Filter(locatie_id=locatie_id)
            for stage, bands in overview.stages(tx, locatie_id).items():
                lists = [dossiers.count(tx, replace(here, stage=stage, age=age)) for age in range(len(bands))]
                assert list(bands) == lists
            for partij in overview.partijen(tx, locatie_id):
                waiting = replace(here, waits_on=partij.name)
                lists = [dossiers.count(tx, waiting), dossiers.count(tx, replace(waiting, asked=True))]
                assert [partij.blocking, partij.asked] == lists
            for team, counts in overview.teams(tx, locatie_id).items():
                lists = [dossiers.count(tx, replace(here, team=team, lateness=late)) for late in Lateness]
                assert list(counts.values()) == lists
            for week in overview.weeks(tx, locatie_id):
                lists = [dossiers.count(tx, replace(here, happened=each, week=week.monday)) for each in Happened]
                assert list(week.counts.values()) == lists
            assert overview.at_risk(tx, locatie_id) == dossiers.count(tx, replace(here, at_risk=True))


def test_a_process_owner_counts_what_others_list(spread: Database, now: datetime) -> None:
    counted = []
    for username in ("petra", "manon"):
        with reading(spread, actor_of(spread, username, now), now) as tx:
            counted.append((overview.stages(tx, None), overview.partijen(tx, None), overview.at_risk(tx, None)))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_is_one_statement_whatever_its_size(spread: Database, now: datetime, size: int) -> None:
    everything = Filter(
        stage=Stage.VOORBEREIDING, locatie_id=1, soort="asiel-aa", version=1, element="x", waits_on="wij", asked=True,
        age=1, team="BB", lateness=Lateness.TODAY, at_risk=True, happened=Happened.OPENED, week=date(2026, 11, 2),
    )  # fmt: skip
    with reading(spread, actor_of(spread, "noor", now), now) as tx, counting(tx) as statements:
        dossiers.page(tx, Filter(), size=size)
        dossiers.page(tx, everything, size=size)
        assert len(statements) == 2
