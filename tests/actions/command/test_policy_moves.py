"""Running dossiers go over to a new policy on its day, as its rule of transition says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bedrijfsbureau import worker
from bedrijfsbureau.actions import dossiers, stukken
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, PolicyVersion, Stage, Transition, Vrijgave
from tests.actions.conftest import KLEIN, Scene
from tests.actions.drafting.test_policy_drafts import ROW, TODAY, drafted, publish

MISSING = {**ROW, "code": "AKK01"}  # blocks every dossier without akkoord


def work(scene: Scene, now: datetime | None = None) -> None:
    """Everything that is due at a moment."""
    while worker.work_off(scene.database, lambda: now or scene.now, lambda row: None):
        pass


def released(scene: Scene) -> int:
    """A dossier that is released: a name, and a paspoort."""
    dossier_id = scene.open_dossier({"persoon": {"naam": "Haile"}})
    scene.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=TODAY, source="aanvrager")
    while (open_tasks := scene.tasks(dossier_id)) and not scene.rows(Vrijgave, dossier_id):
        for element in open_tasks:
            scene.do(dossier_id, element)
    assert scene.dossier(dossier_id).stage is Stage.VRIJGEGEVEN
    return dossier_id


def policy_number(scene: Scene, dossier_id: int) -> int:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.get_one(PolicyVersion, scene.dossier(dossier_id).policy_version_id).number


def told(scene: Scene, dossier_id: int) -> list[dict[str, Any]]:
    return [event.data for event in scene.events(dossier_id) if event.kind == "beleid_gewijzigd"]


@pytest.mark.parametrize(
    ("transition", "running", "vrijgave"),
    [
        (Transition.ALL, 2, Stage.VOORBEREIDING),
        (Transition.UNRELEASED, 2, Stage.VRIJGEGEVEN),
        (Transition.NEW, 1, Stage.VRIJGEGEVEN),
    ],
)
def test_running_dossiers_follow_the_rule(klein: Scene, transition: Transition, running: int, vrijgave: Stage) -> None:
    open_one, released_one = klein.open_dossier(), released(klein)
    publish(klein, drafted(klein, {**MISSING, "fase": "P"}, transition=transition))

    work(klein)

    assert policy_number(klein, open_one) == running
    assert told(klein, open_one) == ([{"from": 1, "to": 2}] if running == 2 else [])
    assert ("AKK01" in klein.dossier(open_one).verdicts) is (running == 2)
    assert klein.dossier(released_one).stage is vrijgave
    reason = klein.rows(Vrijgave, released_one)[0].withdrawn_reason
    assert reason == ("Akkoord gegeven" if transition is Transition.ALL else None)


def test_a_dossier_that_is_no_longer_released_follows_at_the_next_review(klein: Scene) -> None:
    dossier_id = released(klein)
    publish(klein, drafted(klein, MISSING, transition=Transition.UNRELEASED))
    work(klein)
    klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": None})
    assert policy_number(klein, dossier_id) == 1

    work(klein, klein.now + timedelta(days=1))

    assert policy_number(klein, dossier_id) == 2


def test_it_holds_from_its_day_and_not_before(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    later = TODAY + timedelta(days=3)
    publish(klein, drafted(klein, MISSING, valid_from=later))

    work(klein)
    assert (policy_number(klein, dossier_id), policy_number(klein, klein.open_dossier())) == (1, 1)

    work(klein, klein.now + timedelta(days=3))
    assert (policy_number(klein, dossier_id), told(klein, dossier_id)) == (2, [{"from": 1, "to": 2}])


def test_what_was_published_ahead_holds_over_a_repair_that_began_earlier(klein: Scene) -> None:
    publish(klein, drafted(klein, MISSING, valid_from=TODAY + timedelta(days=3), transition=Transition.NEW))
    publish(klein, drafted(klein, transition=Transition.NEW))

    with reading(klein.database, SYSTEM, klein.now) as tx:
        found = [policy_on(tx, KLEIN, TODAY + timedelta(days=days)).number for days in (0, 2, 3, 9)]

    assert found == [3, 3, 2, 2]


@pytest.mark.parametrize(
    ("oproep_op", "number"), [(None, 2), ("2026-11-20", 1), ("2026-11-23", 2), ("2026-12-24", 2), ("gisteren", 2)]
)
def test_a_new_dossier_falls_under_the_policy_of_its_own_date(klein: Scene, oproep_op: str | None, number: int) -> None:
    terms = {"transition": Transition.NEW, "counts_from": "persoon.oproep_op"}
    publish(klein, drafted(klein, MISSING, **terms))

    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert policy_on(tx, KLEIN, TODAY, {"persoon": {"oproep_op": oproep_op}}).number == number


def test_a_row_holds_on_its_own_days(klein: Scene) -> None:
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    publish(klein, drafted(klein, {**ROW, "geldig_vanaf": first.isoformat(), "geldig_tot_en_met": last.isoformat()}))
    dossier_id = klein.open_dossier()

    seen = []
    for days in range(4):
        work(klein, klein.now + timedelta(days=days))
        verdict = klein.dossier(dossier_id).verdicts["AKK01"]
        seen.append((verdict["state"], verdict["message"]))

    assert seen == [
        ("niet van toepassing", "Geldt niet voor dit dossier: dit punt geldt vanaf di 24 nov. 2026."),
        ("ontbreekt", "Er is nog geen akkoord."),
        ("ontbreekt", "Er is nog geen akkoord."),
        ("niet van toepassing", "Geldt niet voor dit dossier: dit punt gold tot en met wo 25 nov. 2026."),
    ]
