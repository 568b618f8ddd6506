from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Stuk, StukState, StukVersion, Verzoek
from tests.web.conftest import GEGEVENS, post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def mine(log_in: LogIn, task_path: str) -> FlaskClient:
    """A browser of someone who has taken the task."""
    client = log_in("noor")
    assert post(client, f"{task_path}/nemen", task_path).location == task_path
    return client


def dossier_of(office: Database, now: datetime) -> Dossier:
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Dossier).where(Dossier.number == "D-2026-05000")).one()


def add_stukken(office: Database, now: datetime, count: int) -> None:
    dossier_id = dossier_of(office, now).id
    with transaction(office, SYSTEM, now) as tx:
        for _ in range(count):
            stuk = Stuk(
                dossier_id=dossier_id, soort="m35h", state=StukState.AANWEZIG, source="AVIM", received_on=now.date(),
                gegevens={},
            )  # fmt: skip
            stuk.versions = [
                StukVersion(
                    number=number,
                    sha256="0" * 64,
                    filename="m35h.pdf",
                    media_type="application/pdf",
                    size=1,
                    added_at=now,
                )
                for number in (1, 2)
            ]
            tx.session.add(stuk)


def test_a_task_shows_what_it_is_about(log_in: LogIn, task_path: str) -> None:
    html = log_in("noor").get(task_path).text
    page = text_of(html)
    assert "Nog van niemand Deze taak wacht op iemand van team BB." in page
    assert "Blokkeert Aanvraag ondertekend en op de aangewezen wijze ingediend" in page
    assert "Nog niet ontvangen. Te leveren door AVIM." in page
    assert "&lt;b&gt;Haile" in html
    assert "<b>Haile" not in html


def test_a_task_that_is_taken_can_be_filled_in(mine: FlaskClient, task_path: str) -> None:
    page = mine.get(task_path).text
    assert 'name="aanvraag.datum_indiening"' in page
    assert [text in page for text in ("Afronden en volgende", "Opslaan", "Terug naar team")] == [True] * 3
    assert page.count('class="btn pri"') == 1


def test_what_is_saved_stands_there_again(mine: FlaskClient, task_path: str, office: Database, now: datetime) -> None:
    answer = post(mine, task_path, task_path, actie="opslaan", **{"aanvraag.datum_indiening": "32 juni"})
    assert answer.location == task_path
    page = mine.get(task_path).text
    assert 'value="32 juni"' in page
    assert "Concept bewaard om 09:00" in page
    assert dossier_of(office, now).gegevens == GEGEVENS


def test_a_script_saves_a_draft_and_hears_whether_it_is_kept(mine: FlaskClient, log_in: LogIn, task_path: str) -> None:
    kept = post(mine, f"{task_path}/concept", task_path, **{"aanvraag.datum_indiening": "20-11-2026"})
    assert "Concept bewaard om 09:00" in kept.text
    refused = post(log_in("sam"), f"{task_path}/concept", task_path, **{"aanvraag.datum_indiening": "21-11-2026"})
    assert "Niet bewaard. Noor de Wit is met deze taak bezig." in text_of(refused.text)
    assert 'value="20-11-2026"' in mine.get(task_path).text


def test_a_mistake_is_named_at_the_top_and_at_the_field(mine: FlaskClient, task_path: str) -> None:
    answer = post(mine, task_path, task_path, actie="afronden", **{"aanvraag.datum_indiening": "32 juni"})
    assert answer.status_code == 422
    assert "Verbeter 1 punt" in answer.text
    assert 'href="#v-aanvraag-datum_indiening"' in answer.text
    assert 'value="32 juni"' in answer.text
    assert 'aria-describedby="v-aanvraag-datum_indiening-h v-aanvraag-datum_indiening-f"' in answer.text
    assert "<title>Fout: Aanvraag controleren" in answer.text


def test_completing_writes_the_record_and_opens_the_next_task(
    mine: FlaskClient, task_path: str, office: Database, now: datetime
) -> None:
    answer = post(mine, task_path, task_path, actie="afronden", **{"aanvraag.datum_indiening": "20-11-2026"})
    assert answer.location == "/taken/D-2026-04127-1"
    assert dossier_of(office, now).gegevens["aanvraag"]["datum_indiening"] == "2026-11-20"
    assert "Aanvraag controleren is afgerond in D-2026-05000." in mine.get("/werkvoorraad").text
    closed = text_of(mine.get(task_path).text)
    assert "Deze taak is klaar Gedaan door Noor de Wit, vandaag 09:00." in closed
    assert post(mine, task_path, "/werkvoorraad", actie="afronden").status_code == 409


def test_a_field_that_is_not_on_the_form_is_refused(
    mine: FlaskClient, task_path: str, office: Database, now: datetime
) -> None:
    answer = post(mine, task_path, task_path, actie="afronden", **{"medisch.toestemming": "ja"})
    assert answer.status_code == 422
    assert dossier_of(office, now).gegevens == GEGEVENS


def test_what_is_missing_is_asked_once(mine: FlaskClient, task_path: str, office: Database, now: datetime) -> None:
    assert 'name="punt" value="AAN01"' in mine.get(task_path).text
    answer = post(mine, f"{task_path}/opvragen", task_path, punt="AAN01", tekst="Stuur het ondertekende formulier.")
    assert answer.location == task_path
    page = mine.get(task_path).text
    assert "Gevraagd aan AVIM op ma 23 nov." in page
    assert 'name="punt" value="AAN01"' not in page
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(Verzoek.text)).all() == ["Stuur het ondertekende formulier."]
    assert post(mine, f"{task_path}/opvragen", task_path, punt="AAN01", tekst="").status_code == 409


@pytest.mark.parametrize(
    ("username", "sees", "status"),
    [
        ("sam", "Noor de Wit werkt aan deze taak sinds vandaag 09:00.", 409),
        ("aad", "U mag deze taak zien en niets wijzigen.", 403),
        ("zeger", "bestaat niet, of hoort bij een andere locatie.", 404),
        ("bea", "bestaat niet, of hoort bij een andere locatie.", 404),
    ],
)
def test_a_task_of_someone_else(
    mine: FlaskClient, log_in: LogIn, task_path: str, username: str, sees: str, status: int
) -> None:
    client = log_in(username)
    page = client.get(task_path)
    assert sees in page.text
    assert "Afronden en volgende" not in page.text
    assert post(client, task_path, "/", actie="afronden").status_code == status


def test_giving_back_leaves_the_task_to_the_team(mine: FlaskClient, task_path: str) -> None:
    assert post(mine, f"{task_path}/terug", task_path).location == "/werkvoorraad"
    assert "Nog van niemand" in mine.get(task_path).text


@pytest.mark.parametrize("stukken", [1, 3])
def test_a_page_costs_the_same_for_one_stuk_as_for_three(
    mine: FlaskClient, task_path: str, office: Database, now: datetime, statements: list[str], stukken: int
) -> None:
    add_stukken(office, now, stukken)
    mine.get(task_path)  # compiles the dossiersoort
    statements.clear()
    assert f"Alle stukken ({stukken})" in mine.get(task_path).text
    assert len([text for text in statements if text.startswith("SELECT")]) == 6  # two for the account


def test_what_is_not_there_is_said_beside_the_button_and_does_not_block(
    mine: FlaskClient, task_path: str, office: Database, now: datetime
) -> None:
    page = mine.get(task_path).text
    assert "Nog niet in het dossier: Aanvraag asiel (M35-H) ." in text_of(page)
    assert "open en komt deze taak na afronden terug." in page
    assert 'value="afronden" aria-describedby="ontbreekt"' in page

    add_stukken(office, now, 1)

    assert "Nog niet in het dossier" not in text_of(mine.get(task_path).text)
