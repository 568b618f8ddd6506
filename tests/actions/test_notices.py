"""Who is told that a dossier came back, who has seen it, and when that is over."""

from datetime import date, timedelta

import pytest

from bedrijfsbureau.actions import dossiers, gehoren, notices, stukken
from bedrijfsbureau.errors import Conflict, Forbidden
from bedrijfsbureau.model import DueWork, Notice, Role, Stage, WorkKind
from bedrijfsbureau.worker import work_off
from tests.actions.command.test_vrijgave import add_paspoort, ready, released
from tests.actions.conftest import Scene

LAST_DAY = date(2026, 11, 25)


def test_what_the_hearing_officer_returns_is_told_to_the_planner(klein: Scene) -> None:
    dossier_id, _ = released(klein)

    klein.by(role=Role.HOORMEDEWERKER, name="Hana").act(gehoren.send_back, dossier_id, "PAS01", "onleesbaar", "blz. 2")

    assert klein.dossier(dossier_id).setback == {
        "at": klein.now.isoformat(),
        "was": "vrijgegeven",
        "sentence": "Hana zond het dossier terug (Niet leesbaar); daardoor is 'Paspoort aanwezig' weer open.",
        "codes": ["PAS01"],
    }
    told = [(notice.role, notice.seen_by) for notice in klein.rows(Notice, dossier_id)]
    assert told == [(Role.HOORMEDEWERKER, "Hana"), (Role.PLANNER, None)]
    assert set(klein.tasks(dossier_id)) == {"t_retour", "t_punt"}
    sent = [work.payload["text"] for work in klein.rows(DueWork, dossier_id) if work.kind is WorkKind.OUTBOX]
    assert sent == [f"Dossier {klein.dossier(dossier_id).number} is niet meer behandelklaar: PAS01."] * 2


def test_without_a_gehoor_only_the_dossier_itself_says_why(klein: Scene) -> None:
    dossier_id, stuk_id = ready(klein)

    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken.")

    setback = klein.dossier(dossier_id).setback
    assert setback is not None
    assert setback["sentence"] == (
        "Het stuk 'Paspoort' is ingetrokken (vals gebleken); daardoor is 'Paspoort aanwezig' weer open."
    )
    assert klein.rows(Notice, dossier_id) == []


def test_repaired_it_is_as_far_as_it_was_and_nobody_need_look_any_more(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")

    add_paspoort(klein, dossier_id)

    assert klein.dossier(dossier_id).setback is None
    assert [notice.over_at for notice in klein.rows(Notice, dossier_id)] == [klein.now, klein.now]
    assert "weer_gereed" in klein.kinds(dossier_id)


def test_one_of_a_role_says_to_have_seen_it_for_all(klein: Scene) -> None:
    dossier_id, stuk_id = released(klein)
    klein.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")
    for_officer, for_planner = klein.rows(Notice, dossier_id)
    planner = klein.by(role=Role.PLANNER, name="Pim")

    with pytest.raises(Forbidden):
        planner.act(notices.acknowledge, for_officer.id)
    planner.act(notices.acknowledge, for_planner.id)
    planner.by(name="Piet").act(notices.acknowledge, for_planner.id)

    assert [notice.seen_by for notice in klein.rows(Notice, dossier_id)] == [None, "Pim"]


def test_what_went_out_of_date_while_the_worker_was_down_is_not_accepted(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    add_paspoort(klein, dossier_id, valid_until=LAST_DAY)
    klein.do(dossier_id, "t_naam")
    klein.do(dossier_id, "t_vrijgeven")
    late = klein.by(role=Role.HOORMEDEWERKER, name="Hana", now=klein.now + timedelta(days=4))

    with pytest.raises(Conflict) as error:
        late.act(gehoren.accept, dossier_id)
    assert "vandaag niet meer behandelklaar: Paspoort aanwezig" in str(error.value)

    while work_off(late.database, lambda: late.now, lambda work: None):
        pass
    setback = late.dossier(dossier_id).setback
    assert setback is not None and setback["sentence"] == (
        "Het stuk 'Paspoort' was geldig tot en met wo 25 nov. 2026; daardoor is 'Paspoort aanwezig' weer open."
    )


def test_a_dossier_is_looked_at_by_itself_the_moment_a_day_is_over(klein: Scene) -> None:
    """Not only by the round of the night: it is work of its own, planned once."""
    dossier_id, _ = released(klein)
    for _ in range(2):
        add_paspoort(klein, dossier_id, valid_until=LAST_DAY)

    (work,) = klein.rows(DueWork, dossier_id)

    assert (work.kind, work.due_at.isoformat()) == (WorkKind.REVIEW, "2026-11-25T23:00:00+00:00")


def test_a_date_of_the_record_that_can_lapse_is_looked_at_the_day_after(asiel: Scene) -> None:
    dossier_id = asiel.open_dossier()
    paspoort = {"soort": "paspoort", "geldig_tot": LAST_DAY.isoformat(), "onderzoek": "echt", "kopie": True}

    asiel.act(dossiers.change_gegevens, dossier_id, {"documenten": [paspoort]})

    due = [w.due_at.isoformat() for w in asiel.rows(DueWork, dossier_id) if w.reference == "verloopt 2026-11-25"]
    assert due == ["2026-11-25T23:00:00+00:00"]
    assert asiel.dossier(dossier_id).stage is Stage.VOORBEREIDING
