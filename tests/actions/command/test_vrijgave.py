"""The vrijgave: given only when nothing blocks, sealed, and taken back in the transaction that shows why."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from bedrijfsbureau.actions import dossiers, gehoren, stukken
from bedrijfsbureau.actions.command.incidents import open_incident, resolve_incident
from bedrijfsbureau.actions.command.vrijgave import is_sealed, reevaluate
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Incident, Role, Stage, Vrijgave
from tests.actions.conftest import Scene


@pytest.fixture
def officer(klein: Scene) -> Scene:
    return klein.by(role=Role.HOORMEDEWERKER, name="Hana")


def add_paspoort(scene: Scene, dossier_id: int, valid_until: date | None = None) -> int:
    added = scene.act(
        stukken.add_stuk,
        dossier_id,
        soort="paspoort",
        received_on=date(2026, 11, 20),
        source="aanvrager",
        valid_until=valid_until,
    )
    return int(added.id)


def ready(scene: Scene) -> tuple[int, int]:
    """A dossier with everything there, waiting for its vrijgave, and the stuk it rests on."""
    dossier_id = scene.open_dossier({"persoon": {"naam": "A"}})
    stuk_id = add_paspoort(scene, dossier_id)
    scene.do(dossier_id, "t_naam")
    return dossier_id, stuk_id


def released(scene: Scene) -> tuple[int, int]:
    dossier_id, stuk_id = ready(scene)
    scene.do(dossier_id, "t_vrijgeven")
    return dossier_id, stuk_id


def only_vrijgave(scene: Scene, dossier_id: int) -> Vrijgave:
    (vrijgave,) = scene.rows(Vrijgave, dossier_id)
    assert isinstance(vrijgave, Vrijgave)
    return vrijgave


def test_nothing_is_released_while_something_blocks(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    klein.do(dossier_id, "t_naam")

    assert "t_vrijgeven" not in klein.tasks(dossier_id)

    add_paspoort(klein, dossier_id)

    assert (klein.dossier(dossier_id).stage, "t_vrijgeven" in klein.tasks(dossier_id)) == (Stage.BEHANDELKLAAR, True)


def test_what_turned_red_just_before_the_vrijgave_stops_it(klein: Scene) -> None:
    dossier_id, stuk_id = ready(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")

    klein.do(dossier_id, "t_vrijgeven")

    assert klein.rows(Vrijgave, dossier_id) == []
    assert "t_vrijgeven" not in klein.tasks(dossier_id)
    assert klein.dossier(dossier_id).stage == Stage.PLANNING


def test_a_vrijgave_holds_what_was_green_and_why(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)

    content = only_vrijgave(klein, dossier_id).content
    assert {v["code"]: v["state"] for v in content["verdicts"]} == {"NAM01": "voldaan", "PAS01": "voldaan"}
    assert [(stuk["id"], stuk["soort"]) for stuk in content["stukken"]] == [(stuk_id, "paspoort")]
    assert (content["by"], content["policy_version"], content["gegevens"]) == ("Anna", 1, {"persoon": {"naam": "A"}})
    assert klein.dossier(dossier_id).stage == Stage.VRIJGEGEVEN


def test_a_vrijgave_evaluated_again_says_the_same_whatever_happened_since(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")

    with reading(klein.database, SYSTEM, klein.now) as tx:
        again = reevaluate(tx, only_vrijgave(klein, dossier_id))

    assert {verdict.code: verdict.state for verdict in again} == {"NAM01": "voldaan", "PAS01": "voldaan"}


@pytest.mark.parametrize(
    "tampered",
    [
        {"gegevens": {"persoon": {"naam": "B"}}},
        {"verdicts": []},
        {"by": "iemand anders"},
        {"today": "2026-11-22"},
        {"stukken": []},
    ],
)
def test_tampering_shows(klein: Scene, tampered: dict[str, Any]) -> None:
    dossier_id, _ = released(klein)
    vrijgave = only_vrijgave(klein, dossier_id)
    assert is_sealed(vrijgave, klein.database.secret)

    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(
            update(Vrijgave).where(Vrijgave.id == vrijgave.id).values(content={**vrijgave.content, **tampered})
        )

    assert not is_sealed(only_vrijgave(klein, dossier_id), klein.database.secret)


def test_a_seal_of_another_installation_does_not_fit(klein: Scene) -> None:
    dossier_id, _ = released(klein)

    assert not is_sealed(only_vrijgave(klein, dossier_id), b"another secret")


def test_withdrawing_a_stuk_takes_the_vrijgave_back_at_once(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    before = len(klein.events(dossier_id))

    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")

    vrijgave = only_vrijgave(klein, dossier_id)
    assert (vrijgave.withdrawn_at, vrijgave.withdrawn_reason) == (klein.now, "Paspoort aanwezig")
    assert klein.dossier(dossier_id).stage == Stage.PLANNING
    kinds = klein.kinds(dossier_id)[before:]
    assert kinds[:2] == ["stuk_ingetrokken", "vrijgave_ingetrokken"]
    assert "oordeel_gewijzigd" in kinds


def test_a_stuk_that_goes_out_of_date_takes_the_vrijgave_back(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    add_paspoort(klein, dossier_id, valid_until=date(2026, 11, 24))
    klein.do(dossier_id, "t_naam")
    klein.do(dossier_id, "t_vrijgeven")
    later = klein.by(now=klein.now.replace(day=25))

    later.act(dossiers.change_gegevens, dossier_id, {"persoon.akkoord": True})

    assert only_vrijgave(klein, dossier_id).withdrawn_at == later.now


def test_what_is_repaired_is_released_again_as_number_two(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")
    add_paspoort(klein, dossier_id)

    klein.do(dossier_id, "t_vrijgeven")

    numbered = [(v.number, v.withdrawn_at is None) for v in klein.rows(Vrijgave, dossier_id)]
    assert (numbered, klein.dossier(dossier_id).stage) == ([(1, False), (2, True)], Stage.VRIJGEGEVEN)


def test_an_open_incident_holds_the_vrijgave_back_until_it_is_resolved(klein: Scene) -> None:
    dossier_id, _ = ready(klein)
    klein.by(role=None).act(open_incident, dossier_id, "sv_iets", "stuk")

    klein.do(dossier_id, "t_vrijgeven")
    assert klein.rows(Vrijgave, dossier_id) == []

    (incident,) = klein.rows(Incident, dossier_id)
    klein.by(role=Role.BEHEERDER).act(resolve_incident, incident.id, "nagekeken")
    klein.do(dossier_id, "t_vrijgeven")
    assert only_vrijgave(klein, dossier_id).withdrawn_at is None


def test_accepting_ends_the_preparation(klein: Scene, officer: Scene) -> None:
    dossier_id, _ = released(klein)

    officer.act(gehoren.accept, dossier_id)

    dossier, vrijgave = klein.dossier(dossier_id), only_vrijgave(klein, dossier_id)
    assert (dossier.stage, dossier.closed_reason, dossier.state) == (Stage.AANVAARD, "einde_aanvaard", None)
    assert (vrijgave.accepted_by, vrijgave.accepted_at) == ("Hana", klein.now)
    assert klein.tasks(dossier_id) == {}


def test_accepting_what_was_withdrawn_is_a_conflict_that_says_so(klein: Scene, officer: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")

    with pytest.raises(Conflict) as error:
        officer.act(gehoren.accept, dossier_id)

    assert "niet (meer) vrijgegeven" in str(error.value)
    assert only_vrijgave(klein, dossier_id).accepted_at is None


def test_sending_back_opens_the_check_until_it_was_judged_again(klein: Scene, officer: Scene) -> None:
    dossier_id, _ = released(klein)

    officer.act(gehoren.send_back, dossier_id, "PAS01", "onleesbaar", "bladzijde 2")

    dossier, vrijgave = klein.dossier(dossier_id), only_vrijgave(klein, dossier_id)
    assert (vrijgave.returned_by, vrijgave.return_code, vrijgave.return_note) == ("Hana", "PAS01", "bladzijde 2")
    assert "Niet leesbaar. bladzijde 2" in dossier.verdicts["PAS01"]["message"]
    assert (dossier.stage, "t_retour" in klein.tasks(dossier_id)) == (Stage.PLANNING, True)

    klein.do(dossier_id, "t_retour")

    dossier = klein.dossier(dossier_id)
    assert (dossier.verdicts["PAS01"]["state"], dossier.reopened) == ("voldaan", {})
    assert "t_vrijgeven" in klein.tasks(dossier_id)


def test_sending_back_after_accepting_says_who_accepted(klein: Scene, officer: Scene) -> None:
    dossier_id, _ = released(klein)
    officer.act(gehoren.accept, dossier_id)

    with pytest.raises(Conflict) as error:
        officer.by(name="Ilse").act(gehoren.send_back, dossier_id, "PAS01", "onjuist", "x")

    assert str(error.value).startswith("Hana heeft dit dossier al aanvaard.")


@pytest.mark.parametrize(
    ("code", "reason", "note", "refused"),
    [
        ("PAS01", "zomaar", "x", InvalidInput),
        ("PAS01", "onjuist", " ", InvalidInput),
        ("XXX01", "onjuist", "x", NotFound),
    ],
)
def test_sending_back_needs_a_reason_of_the_list_a_note_and_a_check(
    klein: Scene, officer: Scene, code: str, reason: str, note: str, refused: type[Exception]
) -> None:
    dossier_id, _ = released(klein)

    with pytest.raises(refused):
        officer.act(gehoren.send_back, dossier_id, code, reason, note)

    assert only_vrijgave(klein, dossier_id).returned_at is None


def test_only_a_hearing_officer_accepts_and_sends_back(klein: Scene) -> None:
    dossier_id, _ = released(klein)

    with pytest.raises(Forbidden):
        klein.act(gehoren.accept, dossier_id)
    with pytest.raises(Forbidden):
        klein.act(gehoren.send_back, dossier_id, "PAS01", "onjuist", "x")
