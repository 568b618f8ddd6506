"""Messages from outside: to who waits for them, and never lost."""

import pytest

from bedrijfsbureau.actions import messages
from bedrijfsbureau.errors import NotAwaited, NotFound
from tests.actions.conftest import Scene


def test_a_message_nobody_waits_for_is_refused_in_words_and_changes_nothing(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    before = (klein.kinds(dossier_id), klein.dossier(dossier_id).version)

    with pytest.raises(NotAwaited) as error:
        klein.act(messages.receive, dossier_id, "gehoor_aanvaard")

    assert str(error.value) == (
        "Dossier D-2026-00001 wacht nu niet op het bericht 'gehoor_aanvaard'. Het is niet verwerkt."
    )
    assert (klein.kinds(dossier_id), klein.dossier(dossier_id).version) == before


def test_a_refused_message_is_kept_in_the_history(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    tasks = klein.tasks(dossier_id)

    klein.act(messages.keep_refused, dossier_id, "gehoor_aanvaard", "sleutel", {"van": "keten"})

    kept = klein.events(dossier_id)[-1]
    assert (kept.kind, kept.actor) == ("bericht_geweigerd", "Anna")
    assert kept.data == {"message": "gehoor_aanvaard", "key": "sleutel", "content": {"van": "keten"}}
    assert klein.tasks(dossier_id) == tasks


def test_a_message_the_process_knows_starts_what_it_starts(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})

    klein.act(messages.receive, dossier_id, "punt_open", content={"taak": "t_naam", "code": "NAM01"})

    received = next(event for event in klein.events(dossier_id) if event.kind == "bericht_ontvangen")
    assert received.data["content"] == {"taak": "t_naam", "code": "NAM01"}
    assert sorted(klein.tasks(dossier_id)) == ["t_naam", "t_punt"]


def test_a_message_for_a_dossier_of_another_locatie_finds_nothing(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    elsewhere = klein.by(locatie_id=klein.locatie_id + 1)

    with pytest.raises(NotFound):
        elsewhere.act(messages.receive, dossier_id, "punt_open")
    with pytest.raises(NotFound):
        elsewhere.act(messages.keep_refused, dossier_id, "punt_open")

    assert "bericht_geweigerd" not in klein.kinds(dossier_id)
