"""Asked twice under one key: one effect, and the first answer again."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bedrijfsbureau.actions import dossiers, gehoren, messages, stukken, tasks, verzoeken
from bedrijfsbureau.actions.perform import perform_once
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import BedrijfsbureauError, Conflict, InvalidInput, NotAwaited, StepFailed
from bedrijfsbureau.model import SYSTEM, Command, Dossier, Event, Incident, Role, Stuk, Verzoek
from tests.actions.command.test_costs import counted
from tests.actions.conftest import Scene

NAME = {"persoon.naam": "A. Voorbeeld"}


def once(scene: Scene, key: str, action: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    return perform_once(scene.database, scene.actor, scene.now, key, action, *arguments, **more)


def count(scene: Scene, table: type[Any]) -> int:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_task_that_is_completed_twice_is_done_once_and_answered_twice(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    task_id = klein.tasks(dossier_id)["t_naam"]

    first = once(klein, "k", tasks.complete, task_id, NAME)
    before = klein.kinds(dossier_id)
    second = once(klein, "k", tasks.complete, task_id, NAME)

    assert (first.id, second.id) == (dossier_id, dossier_id)
    assert klein.kinds(dossier_id) == before


def test_what_nothing_else_would_hold_back_is_done_once_too(klein: Scene) -> None:
    """Opening a dossier, adding a stuk and asking a partij again would each succeed."""
    opened = [
        once(klein, "a", dossiers.open_dossier, soort=klein.soort, locatie_id=klein.locatie_id, gegevens={}).id
        for _ in range(2)
    ]
    paspoort = {"soort": "paspoort", "received_on": date(2026, 11, 20), "source": "aanvrager"}
    added = [once(klein, "b", stukken.add_stuk, opened[0], **paspoort).id for _ in range(2)]
    for _ in range(2):
        once(klein, "c", verzoeken.ask, opened[0], "NAM01")

    assert (opened[0], added[0]) == (opened[1], added[1])
    assert [count(klein, table) for table in (Dossier, Stuk, Verzoek)] == [1, 1, 1]


def test_six_at_once_are_one(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    task_id = klein.tasks(dossier_id)["t_naam"]
    start, outcomes = threading.Barrier(6), []

    def complete() -> None:
        start.wait()
        try:
            outcomes.append(once(klein, "k", tasks.complete, task_id, NAME).id)
        except BedrijfsbureauError as error:
            outcomes.append(type(error).__name__)

    racers = [threading.Thread(target=complete) for _ in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert Counter(outcomes) == {dossier_id: 6}
    assert klein.kinds(dossier_id).count("taak_afgerond") == 1


def test_the_same_key_for_something_else_is_refused(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})

    with pytest.raises(Conflict) as error:
        once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.naam": "B"})

    assert "Dit formulier is al verwerkt" in str(error.value)
    assert klein.dossier(dossier_id).gegevens == {"persoon": {"naam": "A"}}


def test_the_key_of_a_colleague_is_another_key(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})

    system = klein.by(role=None, id=None, locatie_id=None)
    once(system, "k", dossiers.change_gegevens, dossier_id, {"persoon.naam": "B"})

    assert klein.dossier(dossier_id).gegevens == {"persoon": {"naam": "B"}}


def test_what_was_refused_leaves_its_key_free(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    with pytest.raises(InvalidInput):
        once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.oproep_op": "morgen"})

    once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.oproep_op": "2026-12-01"})

    assert klein.dossier(dossier_id).gegevens == {"persoon": {"oproep_op": "2026-12-01"}}


def test_a_message_that_arrives_twice_is_one_and_not_refused(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    content = {"bepaalt_op": "2026-12-01"}
    for _ in range(2):
        with pytest.raises(StepFailed):  # nothing was done, so nothing may be answered for
            once(klein, "k", messages.receive, dossier_id, "rechter_bepaalt")
    with pytest.raises(NotAwaited):
        once(klein, "m", messages.receive, dossier_id, "gehoor_aanvaard", None, content)

    assert (count(klein, Incident), count(klein, Command)) == (1, 0)


def test_accepting_twice_is_one_event(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    klein.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=date(2026, 11, 20), source="aanvrager")
    klein.do(dossier_id, "t_naam", NAME)
    klein.do(dossier_id, "t_vrijgeven")
    hears = klein.by(role=Role.HOORMEDEWERKER)

    for _ in range(2):
        once(hears, "k", gehoren.accept, dossier_id)

    assert klein.kinds(dossier_id).count("aanvaard") == 1


def test_the_result_is_found_again_much_later(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    task_id = klein.tasks(dossier_id)["t_naam"]
    once(klein, "k", tasks.complete, task_id, NAME)

    again = once(klein.by(now=klein.now + timedelta(days=3)), "k", tasks.complete, task_id, NAME)

    assert again.number == klein.dossier(dossier_id).number
    with reading(klein.database, SYSTEM, klein.now) as tx:
        kept = tx.session.scalars(select(Command)).one()
        assert (kept.result, kept.at) == (f"Dossier:[{dossier_id}]", klein.now)
        assert tx.session.scalar(select(func.count()).where(Event.kind == "taak_afgerond")) == 1


def test_a_key_costs_one_row(klein: Scene) -> None:
    dossier_id, other = klein.open_dossier(), klein.open_dossier()
    with counted(klein) as without:
        klein.act(dossiers.change_gegevens, other, {"persoon.naam": "A"})

    with counted(klein) as cost:
        once(klein, "k", dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})

    assert cost == {"statements": without["statements"] + 1, "commits": 1}
