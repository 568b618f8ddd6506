"""What partijen owe us on the screen: per partij, each message, on the dossier; where it goes and in what words."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.actions import rappel_setup, rappels
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Channel, Dossier, Rappel, RappelRoute, RappelState, RappelText
from tests.web.conftest import OPENED, post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
QUESTION = "Aanvraag compleet en ondertekend"


@pytest.fixture
def asked(log_in: LogIn, office: Database, now: datetime, task_path: str) -> int:
    """Noor asks AVIM, on the page of a real dossier: its id."""
    with reading(office, SYSTEM, now) as tx:
        dossier_id = tx.session.scalars(select(Dossier.id).where(Dossier.number == OPENED)).one()
    page = f"/dossiers/{dossier_id}"
    fields = {"partij": "avim", "tekst": "Graag voor vrijdag."}
    assert post(log_in("noor"), f"{page}/punten/AAN01/opvragen", page, **fields).status_code == 302
    return dossier_id


def only(office: Database, now: datetime, table: type) -> object:  # type: ignore[type-arg]
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(table)).one()


def test_what_was_asked_is_followed_until_the_list_is_handed_over(
    log_in: LogIn, asked: int, office: Database, now: datetime
) -> None:
    noor = log_in("noor")
    assert "AVIM 1" in text_of(noor.get("/rappel").text)
    assert "Ons eigen werk staat hier niet: daar vragen wij niemand om. 6 dossiers wachten op ons" in text_of(
        noor.get("/rappel").text
    )
    partij = text_of(noor.get("/rappel/partij?naam=AVIM").text)
    assert "1 vraag staat open." in partij
    assert "Graag voor vrijdag." in partij
    assert "Niemand heeft ingesteld hoe deze partij bericht krijgt." in partij
    assert "gaat mee met het volgende bericht" in text_of(noor.get(f"/dossiers/{asked}/verzoeken").text)

    again = post(noor, f"/dossiers/{asked}/verzoeken", f"/dossiers/{asked}/verzoeken", punt="AAN01")
    assert again.status_code == 409
    assert post(noor, "/rappel/partij", "/rappel", partij="AVIM", actie="versturen").status_code == 403
    sent = post(log_in("pim"), "/rappel/partij", "/rappel", partij="AVIM", actie="versturen")
    assert sent.location == "/rappel/partij?naam=AVIM"

    page = noor.get("/rappel/1").text
    assert f"- {OPENED}: " in page
    assert "Druk deze pagina af" in page
    assert "1 lijst wacht tot iemand haar afgeeft" in text_of(noor.get("/rappel").text)
    assert post(noor, "/rappel/1/afgegeven", "/rappel/1").location == "/rappel/1"
    shown = text_of(noor.get("/rappel/1").text)
    assert "Lijst, afgegeven, vandaag 09:00, door Noor de Wit." in shown
    assert only(office, now, Rappel).state is RappelState.HANDED  # type: ignore[attr-defined]
    assert "lijst, afgegeven" in text_of(noor.get(f"/dossiers/{asked}/verzoeken").text)
    assert post(noor, f"/dossiers/{asked}/verzoeken", "/rappel", punt="AAN01").status_code == 302
    assert "Herinnering 1" in text_of(noor.get(f"/dossiers/{asked}/verzoeken").text)


def test_a_message_for_all_locaties_hides_what_is_not_yours(
    log_in: LogIn, asked: int, office: Database, now: datetime
) -> None:
    route = {"channel": Channel.MAIL, "address": "balie@voorbeeld.nl", "locatie_id": None}
    perform(office, SYSTEM, now, rappel_setup.save_route, "AVIM", **route)
    perform(office, SYSTEM, now, rappels.bundle)

    noor = log_in("noor").get("/rappel/1").text
    assert ["Dit bericht gaat ook over dossiers van andere locaties." in noor, "balie@" in noor] == [True, False]
    assert "balie@voorbeeld.nl" in log_in("manon").get("/rappel/1").text
    zeger = log_in("zeger")
    assert zeger.get("/rappel/1").status_code == 404
    assert "Wij wachten op niemand" in zeger.get("/rappel").text


@pytest.mark.parametrize("name", ["hanna", "petra", "bea"])
def test_who_does_not_prepare_dossiers_sees_no_rappels(log_in: LogIn, asked: int, name: str) -> None:
    client = log_in(name)
    assert [client.get(path).status_code for path in ("/rappel", "/rappel/partij?naam=AVIM", "/rappel/1")] == [403] * 3


def test_a_beheerder_says_how_a_partij_is_reached(log_in: LogIn, asked: int, office: Database, now: datetime) -> None:
    bea, page = log_in("bea"), "/rappel/bezorging"
    assert "Krijgen een lijst: AVIM" in text_of(bea.get(page).text)
    wrong = post(bea, page, page, partij="AVIM", wijze="e-mail", adres="geen adres", locatie="")
    assert (wrong.status_code, "Vul een e-mailadres in" in wrong.text, "geen adres" in wrong.text) == (422, True, True)
    assert post(bea, page, page, partij="AVIM", wijze="webhook", adres="http://avim.nl/", locatie="").status_code == 422

    assert post(bea, page, page, partij="AVIM", wijze="webhook", adres="https://avim.nl/r", locatie="").location == page
    first = bea.get(page).text.split('small key">', 1)[1].split("<", 1)[0]
    route = only(office, now, RappelRoute)
    post(bea, f"{page}/{route.id}/sleutel", page)  # type: ignore[attr-defined]
    assert first not in bea.get(page).text
    assert post(bea, f"{page}/uur", page, uur="25").status_code == 422
    assert post(bea, f"{page}/uur", page, uur="6").location == page
    assert "te bevestigen" not in text_of(bea.get(page).text)
    assert post(bea, f"{page}/{route.id}/verwijderen", page).location == page  # type: ignore[attr-defined]
    assert "Er is nog niets ingesteld" in bea.get(page).text
    assert log_in("noor").get(page).status_code == 403


def test_a_process_owner_tries_the_words_before_they_count(
    log_in: LogIn, asked: int, office: Database, now: datetime
) -> None:
    petra, page = log_in("petra"), "/rappel/teksten/tekst"
    assert "AVIM" in petra.get("/rappel/teksten").text
    words = {"partij": "AVIM", "subject": "Vragen {{ datum }}", "opening": "Beste {{ partij }}",
             "line": "* {{ dossier }} {{ v_nummer }}", "closing": "", "with_v_nummer": "ja"}  # fmt: skip
    tried = post(petra, page, page, actie="voorbeeld", **words)
    assert (tried.status_code, "* D-2026-00001 2900000001" in tried.text) == (200, True)
    wrong = post(petra, page, page, actie="bewaren", **{**words, "line": "{{ naam }}"})
    assert (wrong.status_code, "De naam &#39;naam&#39; bestaat hier niet." in wrong.text) == (422, True)
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(RappelText)).all() == []

    assert post(petra, page, page, actie="bewaren", **words).location == "/rappel/teksten"
    assert only(office, now, RappelText).with_v_nummer is True  # type: ignore[attr-defined]
    assert "Beste AVIM" in log_in("noor").get("/rappel/partij?naam=AVIM").text
    post(petra, page, page, actie="terug", partij="AVIM")
    assert "Aan AVIM," in log_in("noor").get("/rappel/partij?naam=AVIM").text
    assert log_in("bea").get(page).status_code == 403
