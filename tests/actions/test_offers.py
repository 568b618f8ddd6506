"""Free-form work on a dossier: what is offered, to whom, and that a dossier with an offer is not stuck."""

import pytest

from bedrijfsbureau.actions import offers, tasks
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import Forbidden, NotAwaited
from bedrijfsbureau.model import SYSTEM, Role
from tests.actions.conftest import Scene
from tests.actions.free_form import free_form
from tests.durable.test_stuck import found, strand


def publish(scene: Scene, ordering: str = "Parallel") -> int:
    """A dossier with free-form work."""
    perform(scene.database, SYSTEM, scene.now, processes.publish_dossiersoort, free_form(ordering))
    return scene.open_dossier()


def offered(scene: Scene, dossier_id: int) -> list[str]:
    dossier = scene.dossier(dossier_id)
    with reading(scene.database, scene.actor, scene.now) as tx:
        kind = load_kind(tx, dossier.process_version_id, dossier.policy_version_id)
        return [each.name for each in offers.offers(tx, dossier_id, kind)]


def test_what_is_offered_becomes_a_task_and_stays_on_offer(klein: Scene) -> None:
    dossier_id = publish(klein)
    assert offered(klein, dossier_id) == ["Nabellen", "Arts vragen"]

    for _ in range(2):
        klein.act(tasks.begin, dossier_id, "t_bellen")

    assert [event.data["task"] for event in klein.events(dossier_id) if event.kind == "werk_begonnen"] == [
        "Nabellen"
    ] * 2
    assert "t_bellen" in klein.tasks(dossier_id)
    assert offered(klein, dossier_id) == ["Nabellen", "Arts vragen"]


def test_in_order_one_at_a_time_and_nothing_when_it_is_over(klein: Scene) -> None:
    dossier_id = publish(klein, "Sequential")
    klein.act(tasks.begin, dossier_id, "t_bellen")
    assert offered(klein, dossier_id) == []
    with pytest.raises(NotAwaited):
        klein.act(tasks.begin, dossier_id, "t_arts")

    klein.do(dossier_id, "t_bellen")
    assert offered(klein, dossier_id) == ["Nabellen", "Arts vragen"]
    klein.do(dossier_id, "t_naam", {"persoon.naam": "B"})
    klein.act(tasks.begin, dossier_id, "t_bellen")
    klein.do(dossier_id, "t_bellen")

    assert offered(klein, dossier_id) == []


def test_who_lacks_the_competence_or_the_dossier_begins_nothing(klein: Scene) -> None:
    dossier_id = publish(klein)
    with pytest.raises(Forbidden):
        klein.by(competences=frozenset()).act(tasks.begin, dossier_id, "t_arts")
    assert offered(klein.by(role=Role.PROCESEIGENAAR), dossier_id) == []


@pytest.mark.parametrize(("ordering", "is_stuck"), [("Parallel", False), ("Sequential", True)])
def test_a_dossier_with_an_offer_is_not_stuck_and_one_without_is(klein: Scene, ordering: str, is_stuck: bool) -> None:
    dossier_id = publish(klein, ordering)
    klein.act(tasks.begin, dossier_id, "t_bellen")

    strand(klein, dossier_id)

    assert found(klein) == ([dossier_id] if is_stuck else [])
