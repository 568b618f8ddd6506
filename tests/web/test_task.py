from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

import bedrijfsbureau
from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, processes
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, Stuk, StukState, StukVersion, Task, Verzoek
from tests.web.conftest import post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
SOORT = Path(bedrijfsbureau.__file__).parents[1] / "bpmn" / "asiel-aa"
GEGEVENS = {"aanvraag": {"soort": "eerste"}, "persoon": {"naam": "<b>Haile</b>"}}


@pytest.fixture
def path(office: Database, now: datetime) -> str:
    """The address of the first task of a real dossier: "Aanvraag controleren", of nobody yet."""
    with reading(office, SYSTEM, now) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id).where(Locatie.name == "Ter Apel")).one()
    perform(office, SYSTEM, now, processes.publish_dossiersoort, dossiersoort.read(SOORT))
    opened = {"soort": "asiel-aa", "locatie_id": locatie_id, "gegevens": GEGEVENS, "number": "D-2026-05000"}
    perform(office, SYSTEM, now, dossiers.open_dossier, **opened)
    with reading(office, SYSTEM, now) as tx:
        task = select(Task.id).join(Dossier).where(Dossier.number == "D-2026-05000")
        return f"/taken/{tx.session.scalars(task).one()}"


@pytest.fixture
def mine(log_in: LogIn, path: str) -> FlaskClient:
    """A browser of someone who has taken the task."""
    client = log_in("noor")
    assert post(client, f"{path}/nemen", path).location == path
    return client


def dossier_of(office: Database, now: datetime) -> Dossier:
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Dossier).where(Dossier.number == "D-2026-05000")).one()


def test_a_task_shows_what_it_is_about(log_in: LogIn, path: str) -> None:
    html = log_in("noor").get(path).text
    page = text_of(html)
    assert "Nog van niemand Deze taak wacht op iemand van team BB." in page
    assert "Blokkeert Aanvraag ondertekend en op de aangewezen wijze ingediend" in page
    assert "Nog niet ontvangen. Te leveren door AVIM." in page
    assert "&lt;b&gt;Haile" in html
    assert "<b>Haile" not in html


def test_a_task_that_is_taken_can_be_filled_in(mine: FlaskClient, path: str) -> None:
    page = mine.get(path).text
    assert 'name="aanvraag.datum_indiening"' in page
    assert [text in page for text in ("Afronden en volgende", "Opslaan", "Terug naar team")] == [True] * 3
    assert page.count('class="btn pri"') == 1


def test_what_is_saved_stands_there_again(mine: FlaskClient, path: str, office: Database, now: datetime) -> None:
    answer = post(mine, path, path, actie="opslaan", **{"aanvraag.datum_indiening": "32 juni"})
    assert answer.location == path
    page = mine.get(path).text
    assert 'value="32 juni"' in page
    assert "Concept bewaard om 09:00" in page
    assert dossier_of(office, now).gegevens == GEGEVENS


def test_a_script_saves_a_draft_and_hears_whether_it_is_kept(mine: FlaskClient, log_in: LogIn, path: str) -> None:
    kept = post(mine, f"{path}/concept", path, **{"aanvraag.datum_indiening": "20-11-2026"})
    assert "Concept bewaard om 09:00" in kept.text
    refused = post(log_in("sam"), f"{path}/concept", path, **{"aanvraag.datum_indiening": "21-11-2026"})
    assert "Niet bewaard. Noor de Wit is met deze taak bezig." in text_of(refused.text)
    assert 'value="20-11-2026"' in mine.get(path).text


def test_a_mistake_is_named_at_the_top_and_at_the_field(mine: FlaskClient, path: str) -> None:
    answer = post(mine, path, path, actie="afronden", **{"aanvraag.datum_indiening": "32 juni"})
    assert answer.status_code == 422
    assert "Verbeter 1 punt" in answer.text
    assert 'href="#v-aanvraag-datum_indiening"' in answer.text
    assert 'value="32 juni"' in answer.text
    assert 'aria-describedby="v-aanvraag-datum_indiening-h v-aanvraag-datum_indiening-f"' in answer.text
    assert "<title>Fout: Aanvraag controleren" in answer.text


def test_completing_writes_the_record_and_opens_the_next_task(
    mine: FlaskClient, path: str, office: Database, now: datetime
) -> None:
    answer = post(mine, path, path, actie="afronden", **{"aanvraag.datum_indiening": "20-11-2026"})
    assert answer.location == "/taken/D-2026-04127-1"
    assert dossier_of(office, now).gegevens["aanvraag"]["datum_indiening"] == "2026-11-20"
    assert "Aanvraag controleren is afgerond in D-2026-05000." in mine.get("/werkvoorraad").text
    closed = text_of(mine.get(path).text)
    assert "Deze taak is klaar Gedaan door Noor de Wit, vandaag 09:00." in closed
    assert post(mine, path, "/werkvoorraad", actie="afronden").status_code == 409


def test_a_field_that_is_not_on_the_form_is_refused(
    mine: FlaskClient, path: str, office: Database, now: datetime
) -> None:
    answer = post(mine, path, path, actie="afronden", **{"medisch.toestemming": "ja"})
    assert answer.status_code == 422
    assert dossier_of(office, now).gegevens == GEGEVENS


def test_what_is_missing_is_asked_once(mine: FlaskClient, path: str, office: Database, now: datetime) -> None:
    assert 'name="punt" value="AAN01"' in mine.get(path).text
    answer = post(mine, f"{path}/opvragen", path, punt="AAN01", tekst="Stuur het ondertekende formulier.")
    assert answer.location == path
    page = mine.get(path).text
    assert "Gevraagd aan AVIM op ma 23 nov." in page
    assert 'name="punt" value="AAN01"' not in page
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(Verzoek.text)).all() == ["Stuur het ondertekende formulier."]
    assert post(mine, f"{path}/opvragen", path, punt="AAN01", tekst="").status_code == 409


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
    mine: FlaskClient, log_in: LogIn, path: str, username: str, sees: str, status: int
) -> None:
    client = log_in(username)
    page = client.get(path)
    assert sees in page.text
    assert "Afronden en volgende" not in page.text
    assert post(client, path, "/", actie="afronden").status_code == status


def test_giving_back_leaves_the_task_to_the_team(mine: FlaskClient, path: str) -> None:
    assert post(mine, f"{path}/terug", path).location == "/werkvoorraad"
    assert "Nog van niemand" in mine.get(path).text


@pytest.mark.parametrize("stukken", [1, 3])
def test_a_page_costs_the_same_for_one_stuk_as_for_three(
    mine: FlaskClient, path: str, office: Database, now: datetime, statements: list[str], stukken: int
) -> None:
    dossier_id = dossier_of(office, now).id
    with transaction(office, SYSTEM, now) as tx:
        for _ in range(stukken):
            stuk = Stuk(
                dossier_id=dossier_id, soort="m35h", state=StukState.AANWEZIG, source="AVIM", received_on=now.date(),
                gegevens={},
            )  # fmt: skip
            stuk.versions = [
                StukVersion(
                    number=number, sha256="0" * 64, filename="m35h.pdf", media_type="application/pdf", size=1,
                    added_at=now,
                )
                for number in (1, 2)
            ]
            tx.session.add(stuk)
    mine.get(path)  # compiles the dossiersoort
    statements.clear()
    assert f"Alle stukken ({stukken})" in mine.get(path).text
    assert len([text for text in statements if text.startswith("SELECT")]) == 6  # two for the account
