"""One dossier, from the file it is imported from to a hearing officer who accepts it, by three people in a browser."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions.command.history import is_unbroken
from bedrijfsbureau.actions.command.vrijgave import is_sealed, reevaluate
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Event, Vrijgave
from tests.e2e.conftest import SignIn
from tests.e2e.filling import work_through
from tests.e2e.office import complete_dossier
from tests.e2e.released import open_dossier
from tests.intake.files import pdf

PDF = pdf("uitnodiging")
SETTLED = ("voldaan", "niet van toepassing", "vrijgesteld")
WITHOUT_THE_LETTER = "Uitnodigen en informeren"  # the task that waits for the stuk


def vrijgaven(database: Database, now: datetime) -> list[Vrijgave]:
    with reading(database, SYSTEM, now) as tx:
        return list(tx.session.scalars(select(Vrijgave).order_by(Vrijgave.number)))


def history(database: Database, now: datetime) -> list[Event]:
    with reading(database, SYSTEM, now) as tx:
        events = list(tx.session.scalars(select(Event).order_by(Event.number)))
        assert is_unbroken(tx.session.scalars(select(Dossier)).one(), events)
        return events


def open_points(database: Database, now: datetime) -> list[str]:
    """Codes of the checks that block."""
    with reading(database, SYSTEM, now) as tx:
        verdicts = tx.session.scalars(select(Dossier)).one().verdicts
    return [code for code, v in verdicts.items() if v["blocking"] and v["state"] not in SETTLED]


def test_three_people_bring_a_dossier_to_its_gehoor(
    office: Database, dossier: Dossier, sign_in: SignIn, now: datetime, address: str, run: Callable[..., str]
) -> None:
    gegevens = complete_dossier(now)["gegevens"]

    anna = sign_in("anna")
    by_anna = work_through(anna, gegevens, until=WITHOUT_THE_LETTER)
    assert "Nog niet ontvangen." in anna.locator(".pieces").inner_text()
    anna.get_by_role("button", name="Terug naar team").click()

    bram = sign_in("bram")
    bram.goto(f"{address}/dossiers/{dossier.id}/stukken")
    bram.get_by_label("Soort stuk").select_option(label="Uitnodiging gehoor")
    file = {"name": "uitnodiging.pdf", "mimeType": "application/pdf", "buffer": PDF}
    bram.get_by_label("Bestanden").set_input_files(file)  # type: ignore[arg-type]
    bram.get_by_role("button", name="Toevoegen").click()
    assert "Het stuk is toegevoegd." in bram.locator(".chosen .done").inner_text()
    bram.goto(f"{address}/werkvoorraad")
    by_bram = work_through(bram, gegevens)
    bram.goto(f"{address}/dossiers/{dossier.id}")
    assert "Vrijgegeven voor het gehoor: niets blokkeert" in bram.locator("main").inner_text()

    hana = sign_in("hana")
    hana.get_by_role("link", name="Gehoren").click()
    hana.get_by_role("link", name="Eerste gehoor openen").click()
    assert "Behandelklaar vrijgegeven" in hana.locator(".seal").inner_text()
    hana.get_by_role("button", name="Aanvaarden").click()
    assert "U hebt het dossier aanvaard." in hana.locator(".flash").inner_text()
    assert not hana.get_by_role("button", name="Terugzenden").is_visible()

    (vrijgave,) = vrijgaven(office, now)
    assert (vrijgave.number, vrijgave.by, vrijgave.accepted_by) == (1, "Bram Postma", "Hana Vermeer")
    assert (vrijgave.withdrawn_at, vrijgave.returned_at) == (None, None)
    assert is_sealed(vrijgave, office.secret)
    with reading(office, SYSTEM, now) as tx:
        again = {verdict.code: verdict.state.value for verdict in reevaluate(tx, vrijgave)}
        assert again == {verdict["code"]: verdict["state"] for verdict in vrijgave.content["verdicts"]}
    assert {verdict["title"] for verdict in vrijgave.content["verdicts"] if verdict["state"] not in SETTLED} == {
        "Document van de verzoeker afgegeven"  # advises only: nothing waits for it
    }
    letter = [stuk for stuk in vrijgave.content["stukken"] if stuk["soort"] == "uitnodiging_gehoor"]
    assert [stuk["versions"] for stuk in letter] == [
        [{"number": 1, "sha256": hashlib.sha256(PDF).hexdigest(), "filename": "uitnodiging.pdf"}]
    ]

    events = history(office, now)
    done = [event.actor for event in events if event.kind == "taak_afgerond"]
    assert Counter(done) == {"Anna de Wit": len(by_anna), "Bram Postma": len(by_bram)}
    ends = [(event.kind, event.actor) for event in events if event.kind in ("geopend", "vrijgegeven", "aanvaard")]
    assert ends == [("geopend", SYSTEM.name), ("vrijgegeven", "Bram Postma"), ("aanvaard", "Hana Vermeer")]
    assert json.loads(run("dossier", "check", dossier.number, "--json"))["behandelklaar"] is True


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_sent_back_is_repaired_and_released_again(
    office: Database, sign_in: SignIn, now: datetime, address: str
) -> None:
    dossier_id = open_dossier(office, now, "Tesfay Haile")
    reason, note = "onjuist", "Boek een tolk voor het Arabisch uit Soedan."

    hana = sign_in("hana")
    hana.goto(f"{address}/gehoren/{dossier_id}")
    hana.get_by_label("Welk punt klopt niet?").select_option(label="Tolk geboekt en bevestigd")
    hana.get_by_label("Reden").select_option(reason)
    hana.get_by_label("Wat is er nodig?").fill(note)
    hana.get_by_role("button", name="Terugzenden").click()
    assert "U hebt het dossier teruggezonden." in hana.locator(".flash").inner_text()
    assert not hana.get_by_role("button", name="Aanvaarden").is_visible()
    assert open_points(office, now) == ["TAL02"]

    bram = sign_in("bram")
    bram.get_by_role("link", name="Teruggezonden").click()
    bram.get_by_role("link", name="Terugzending beoordelen: Tolk geboekt en bevestigd").click()
    assert f"Niet juist. {note.rstrip('.')}" in bram.locator(".points").inner_text()
    bram.get_by_role("button", name="Taak nemen").click()
    bram.get_by_label("Punt heropend").check()
    bram.get_by_role("button", name="Afronden en volgende").click()
    assert "is afgerond in D-2026-00001." in bram.locator(".flash").inner_text()
    bram.goto(f"{address}/werkvoorraad")
    again = work_through(bram, complete_dossier(now)["gegevens"])
    assert [name.partition(":")[0] for name in again] == ["Tolk boeken (opnieuw)", "Dossier vrijgeven"]

    hana.goto(f"{address}/gehoren/{dossier_id}")
    hana.get_by_role("button", name="Aanvaarden").click()
    told = [
        (v.number, v.returned_by, v.return_code, v.return_reason, v.return_note, v.accepted_by)
        for v in vrijgaven(office, now)
    ]
    assert told == [
        (1, "Hana Vermeer", "TAL02", reason, note, None),
        (2, None, None, None, None, "Hana Vermeer"),
    ]
    assert open_points(office, now) == []
