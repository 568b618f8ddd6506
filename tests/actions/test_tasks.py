"""Doing a task: all of it or nothing, by one person."""

import threading
from collections import Counter

import pytest
from sqlalchemy import event

from bedrijfsbureau.actions import tasks
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.errors import BedrijfsbureauError, Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Role
from tests.actions.conftest import Scene

RECEIVED = {"aanvraag.kanaal": "internet", "aanvraag.ontvangen_op": "2026-11-20"}


def test_completing_moves_the_process_and_keeps_what_was_filled_in(receipt: Scene) -> None:
    dossier_id = receipt.open_dossier()
    assert list(receipt.tasks(dossier_id)) == ["t01_ontvangst"]

    receipt.act(tasks.complete, receipt.tasks(dossier_id)["t01_ontvangst"], RECEIVED)

    assert sorted(receipt.tasks(dossier_id)) == ["t02_controleren", "t06_stopadvies"]
    gegevens = receipt.dossier(dossier_id).gegevens["aanvraag"]
    assert (gegevens["kanaal"], gegevens["ontvangen_op"]) == ("internet", "2026-11-20")
    changed = next(event for event in receipt.events(dossier_id) if event.kind == "gegevens_gewijzigd")
    assert changed.data["changes"][0] == {"path": "aanvraag.kanaal", "old": None, "new": "internet"}
    assert changed.actor == "Anna"


def test_a_mistake_names_the_field_and_changes_nothing(receipt: Scene) -> None:
    dossier_id = receipt.open_dossier()
    before = receipt.kinds(dossier_id)

    with pytest.raises(InvalidInput) as error:
        receipt.act(tasks.complete, receipt.tasks(dossier_id)["t01_ontvangst"], {**RECEIVED, "aanvraag.onbekend": "x"})

    assert list(error.value.fields) == ["aanvraag.onbekend"]
    assert (receipt.kinds(dossier_id), list(receipt.tasks(dossier_id))) == (before, ["t01_ontvangst"])


def test_a_task_is_done_once(receipt: Scene) -> None:
    dossier_id = receipt.open_dossier()
    task_id = receipt.tasks(dossier_id)["t01_ontvangst"]
    receipt.act(tasks.complete, task_id, RECEIVED)

    with pytest.raises(Conflict) as error:
        receipt.act(tasks.complete, task_id, RECEIVED)

    assert "afgerond door Anna" in str(error.value)


def test_of_twelve_at_the_same_moment_one_wins(receipt: Scene) -> None:
    dossier_id = receipt.open_dossier()
    task_id = receipt.tasks(dossier_id)["t01_ontvangst"]
    start, outcomes = threading.Barrier(12), []

    def complete() -> None:
        start.wait()
        try:
            receipt.act(tasks.complete, task_id, RECEIVED)
            outcomes.append("done")
        except BedrijfsbureauError as error:
            outcomes.append(type(error).__name__)

    racers = [threading.Thread(target=complete) for _ in range(12)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert Counter(outcomes) == {"done": 1, "Conflict": 11}
    assert receipt.kinds(dossier_id).count("taak_afgerond") == 1
    assert sorted(receipt.tasks(dossier_id)) == ["t02_controleren", "t06_stopadvies"]


def test_a_claimed_task_is_left_to_the_colleague_until_it_is_given_back(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]
    receipt.act(tasks.claim, task_id)
    colleague = receipt.by(id=None, name="Bas")

    with pytest.raises(Conflict) as error:
        colleague.act(tasks.complete, task_id, RECEIVED)
    assert "Anna is met deze taak bezig" in str(error.value)

    receipt.act(tasks.give_back, task_id)
    colleague.act(tasks.complete, task_id, RECEIVED)


def test_a_draft_is_kept_as_it_was_typed(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]

    task = receipt.act(tasks.save_draft, task_id, {"aanvraag.ontvangen_op": "morgen"})

    assert (task.draft, task.draft_at) == ({"aanvraag.ontvangen_op": "morgen"}, receipt.now)


def test_another_locatie_does_not_know_the_task(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]

    with pytest.raises(NotFound):
        receipt.by(locatie_id=receipt.locatie_id + 1).act(tasks.complete, task_id, RECEIVED)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROCESEIGENAAR, Role.BEHEERDER])
def test_a_role_without_dossiers_changes_none(receipt: Scene, role: Role) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]

    with pytest.raises((Forbidden, NotFound)):
        receipt.by(role=role, locatie_id=None).act(tasks.complete, task_id, RECEIVED)


def test_one_completion_is_one_commit(receipt: Scene) -> None:
    task_id = receipt.tasks(receipt.open_dossier())["t01_ontvangst"]
    commits: list[object] = []
    event.listen(receipt.database.engine, "commit", commits.append)

    perform(receipt.database, SYSTEM, receipt.now, tasks.complete, task_id, RECEIVED)

    assert len(commits) == 1
