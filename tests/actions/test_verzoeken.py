"""Asking a partij, and what happens when the answer or the missing thing itself comes in."""

from datetime import date

import pytest

from bedrijfsbureau.actions import stukken, verzoeken
from bedrijfsbureau.errors import Conflict, NotAwaited, NotFound
from bedrijfsbureau.model import RappelItem, Verzoek
from tests.actions.conftest import Scene


def test_what_is_asked_waits_and_goes_with_the_next_rappel(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    klein.act(verzoeken.ask, dossier_id, "PAS01", "Wilt u uw paspoort sturen?")

    (verzoek,) = klein.rows(Verzoek, dossier_id)
    assert (verzoek.partij, verzoek.asked_on, verzoek.is_open) == ("aanvrager", date(2026, 11, 23), True)
    (item,) = klein.rows(RappelItem, dossier_id)
    assert (item.verzoek_id, item.number, item.question, item.remark, item.rappel_id) == (
        verzoek.id, 0, "Paspoort aanwezig", "Wilt u uw paspoort sturen?", None
    )  # fmt: skip
    verdict = klein.dossier(dossier_id).verdicts["PAS01"]
    assert verdict["state"] == "wacht op"
    assert "aanvrager" in verdict["message"]


def test_asking_twice_is_a_conflict_that_says_since_when(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(verzoeken.ask, dossier_id, "PAS01")

    with pytest.raises(Conflict) as error:
        klein.act(verzoeken.ask, dossier_id, "PAS01")

    assert str(error.value) == "Dit is al gevraagd aan aanvrager op 23-11-2026. Wacht op het antwoord."
    assert len(klein.rows(Verzoek, dossier_id)) == 1


@pytest.mark.parametrize("partij", ["wij", " Wij "])
def test_our_own_work_is_done_and_not_asked_for(asiel: Scene, partij: str) -> None:
    """IDE01 is AVIM's; whoever types "wij" asks nobody."""
    dossier_id = asiel.open_dossier()

    with pytest.raises(Conflict) as error:
        asiel.act(verzoeken.ask, dossier_id, "IDE01", partij=partij)

    assert str(error.value) == "Dit is ons eigen werk: doe de taak die erbij hoort, of vul in aan wie u het vraagt."
    assert asiel.rows(Verzoek, dossier_id) == []


def test_what_does_not_apply_is_not_asked(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    with pytest.raises(NotFound):
        klein.act(verzoeken.ask, dossier_id, "XXX01")


def test_a_verzoek_closes_by_itself_once_its_check_is_in_order(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(verzoeken.ask, dossier_id, "PAS01")

    klein.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=date(2026, 11, 23), source="aanvrager")

    (verzoek,) = klein.rows(Verzoek, dossier_id)
    assert (verzoek.is_open, verzoek.closed_reason) == (False, "het punt is in orde")
    assert klein.kinds(dossier_id).count("verzoek_gesloten") == 1


def test_what_was_closed_may_be_asked_again(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(verzoeken.ask, dossier_id, "PAS01")
    stuk = klein.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=date(2026, 11, 23), source="aanvrager")
    klein.act(stukken.withdraw_stuk, stuk.id, "vals gebleken")

    klein.act(verzoeken.ask, dossier_id, "PAS01")

    assert [verzoek.is_open for verzoek in klein.rows(Verzoek, dossier_id)] == [False, True]


def test_an_answer_nobody_waits_for_is_refused(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    with pytest.raises(NotAwaited):
        klein.act(verzoeken.answer, dossier_id, "PAS01")

    assert "bericht_ontvangen" not in klein.kinds(dossier_id)
