"""Stukken that arrive, are replaced, go out of date or are taken back."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import stukken
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Stuk, StukState, StukVersion
from tests.actions.conftest import Scene

RECEIVED = {"soort": "paspoort", "received_on": date(2026, 11, 20), "source": "aanvrager"}


def versions(scene: Scene, stuk_id: int) -> list[tuple[int, str, str]]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        mine = select(StukVersion).where(StukVersion.stuk_id == stuk_id).order_by(StukVersion.number)
        return [(row.number, row.filename, row.sha256) for row in tx.session.scalars(mine)]


def test_a_stuk_that_arrives_is_in_the_dossier_the_history_and_the_verdicts(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    stuk = klein.act(stukken.add_stuk, dossier_id, **RECEIVED, gegevens={"nationaliteit": "SYR"})

    (row,) = klein.rows(Stuk, dossier_id)
    assert (row.state, row.gegevens, row.source) == (StukState.AANWEZIG, {"nationaliteit": "SYR"}, "aanvrager")
    added = next(event for event in klein.events(dossier_id) if event.kind == "stuk_toegevoegd")
    assert added.data == {"soort": "paspoort", "stuk": stuk.id, "version": 0, "source": "aanvrager"}
    assert klein.dossier(dossier_id).verdicts["PAS01"]["state"] == "voldaan"


def test_replacing_adds_a_version_and_keeps_the_old_bytes(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    first, second = (klein.database.storage.put(io.BytesIO(content)) for content in (b"eerste", b"tweede"))
    pdf = "application/pdf"

    stuk = klein.act(
        stukken.add_stuk, dossier_id, **RECEIVED, stored=first, filename="1.pdf", media_type=pdf
    )
    klein.act(
        stukken.add_stuk, dossier_id, **RECEIVED, stored=second, filename="2.pdf", media_type=pdf, replaces=stuk.id
    )

    assert [row.id for row in klein.rows(Stuk, dossier_id)] == [stuk.id]
    assert versions(klein, stuk.id) == [(1, "1.pdf", first.sha256), (2, "2.pdf", second.sha256)]
    assert klein.database.storage.path(first.sha256).read_bytes() == b"eerste"


def test_a_kind_that_the_dossiersoort_does_not_know_is_refused(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    with pytest.raises(InvalidInput) as error:
        klein.act(stukken.add_stuk, dossier_id, **{**RECEIVED, "soort": "rijbewijs"})

    assert (list(error.value.fields), klein.rows(Stuk, dossier_id)) == (["soort"], [])


def test_only_a_stuk_of_this_dossier_is_replaced(klein: Scene) -> None:
    mine, other = klein.open_dossier(), klein.open_dossier()
    stuk = klein.act(stukken.add_stuk, other, **RECEIVED)

    with pytest.raises(NotFound):
        klein.act(stukken.add_stuk, mine, **RECEIVED, replaces=stuk.id)


def test_withdrawing_opens_what_rested_on_the_stuk(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    stuk = klein.act(stukken.add_stuk, dossier_id, **RECEIVED)

    klein.act(stukken.withdraw_stuk, stuk.id, "vals gebleken")

    (row,) = klein.rows(Stuk, dossier_id)
    assert (row.state, row.reason, row.in_use) == (StukState.INGETROKKEN, "vals gebleken", True)
    assert klein.dossier(dossier_id).verdicts["PAS01"]["state"] == "ontbreekt"


def test_withdrawing_twice_says_it_once(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    stuk = klein.act(stukken.add_stuk, dossier_id, **RECEIVED)

    for reason in ("vals gebleken", "nog eens"):
        klein.act(stukken.withdraw_stuk, stuk.id, reason)

    assert klein.kinds(dossier_id).count("stuk_ingetrokken") == 1
    assert klein.rows(Stuk, dossier_id)[0].reason == "vals gebleken"


def test_withdrawing_needs_a_reason_and_a_stuk_one_may_see(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    stuk = klein.act(stukken.add_stuk, dossier_id, **RECEIVED)

    with pytest.raises(InvalidInput):
        klein.act(stukken.withdraw_stuk, stuk.id, "  ")
    with pytest.raises(NotFound):
        klein.act(stukken.withdraw_stuk, stuk.id + 1, "weg")
    with pytest.raises(NotFound):
        klein.by(locatie_id=klein.locatie_id + 1).act(stukken.withdraw_stuk, stuk.id, "weg")

    assert klein.rows(Stuk, dossier_id)[0].state == StukState.AANWEZIG
