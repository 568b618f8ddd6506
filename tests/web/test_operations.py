"""The operations page: what went wrong, for who keeps the system going, without what a dossier says."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, DueWork, Incident, IncidentKind, WorkKind
from tests.web.conftest import post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
PAGE = "/beheer/storingen"
NUMBERS = ("D-2026-04711", "D-2026-04698", "D-2026-09001")


@pytest.fixture
def incidents(office: Database, now: datetime) -> list[int]:
    """A failed step and a check that crashed in Ter Apel, and a message that could not be delivered in Zevenaar."""
    causes = (
        ("sv_tolk", "Stap 'sv_tolk' is mislukt: het register antwoordt niet.", IncidentKind.STAP),
        ("TAL02", "De controle kon niet worden uitgevoerd.", IncidentKind.CONTROLE),
        ("outbox:verzoek", "OSError: de mailserver antwoordt niet", IncidentKind.BERICHT),
    )
    with transaction(office, SYSTEM, now) as tx:
        made = []
        for number, (element, cause, kind) in zip(NUMBERS, causes, strict=True):
            dossier_id = tx.session.scalars(select(Dossier.id).where(Dossier.number == number)).one()
            made.append(open_incident(tx, dossier_id, element, cause, kind))
        tx.session.flush()
        return [incident.id for incident in made]


def kept(office: Database, now: datetime, incident_id: int) -> Incident:
    with reading(office, SYSTEM, now) as tx:
        return tx.session.get_one(Incident, incident_id)


def numbers_on(page: str) -> list[str]:
    return [number for number in NUMBERS if number in page]


def test_a_beheerder_sees_where_and_why_and_no_one_s_name(log_in: LogIn, incidents: list[int]) -> None:
    client = log_in("bea")
    page = client.get(PAGE).text

    assert "3 storingen vragen om iemand." in text_of(page)
    assert numbers_on(page) == list(NUMBERS)
    assert ["Haile" in page, "/dossiers/" in page] == [False, False]
    assert 'href="/beheer/storingen"' in client.get("/processen").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", list(NUMBERS)),
        ("soort=controle", [NUMBERS[1]]),
        ("locatie=2", [NUMBERS[2]]),
        ("element=sv_tolk", [NUMBERS[0]]),
        (f"dossier={NUMBERS[0]}", [NUMBERS[0]]),
        ("stand=opgelost", []),
    ],
)
def test_the_list_can_be_narrowed(log_in: LogIn, incidents: list[int], asked: str, found: list[str]) -> None:
    assert numbers_on(log_in("bea").get(f"{PAGE}?{asked}").text) == found


def test_a_filter_that_was_made_up_is_refused(log_in: LogIn, incidents: list[int]) -> None:
    assert log_in("bea").get(f"{PAGE}?soort=alles").status_code == 400


def test_several_are_tried_again_at_once(
    log_in: LogIn, incidents: list[int], office: Database, now: datetime
) -> None:
    answer = post(log_in("bea"), PAGE, PAGE, actie="opnieuw", storing=incidents[:2])

    assert answer.location == PAGE
    assert [kept(office, now, each).retried_at for each in incidents] == [now, now, None]
    with reading(office, SYSTEM, now) as tx:
        planned = tx.session.scalars(select(DueWork).where(DueWork.kind == WorkKind.REVIEW)).all()
        assert [(row.reference, row.due_at) for row in planned] == [(f"storing:{each}", now) for each in incidents[:2]]


def test_an_incident_is_given_to_someone_noted_and_resolved(
    log_in: LogIn, incidents: list[int], office: Database, now: datetime
) -> None:
    client, one = log_in("bea"), f"{PAGE}/{incidents[0]}"
    with reading(office, SYSTEM, now) as tx:
        bea = client.get(one).text.split('<option value="', 2)[2].split('"', 1)[0]
        assert bea.isdigit() and tx.actor.is_system
    post(client, one, one, actie="toewijzen", wie=bea)
    assert "Bea Kok" in text_of(client.get(one).text)

    helps = [text_of(log_in(who).get(f"{PAGE}/{each}").text) for who in ("bea", "aad") for each in incidents]
    assert ["Meld dit aan wie de controle schreef" in each for each in helps] == [False, True, *4 * [False]]
    assert ["Herstel de oorzaak en kies" in each for each in helps] == [True, False, True, *3 * [False]]

    refused = post(client, one, one, actie="notitie", notitie=" ")
    assert (refused.status_code, "Schrijf wat u hebt gevonden." in refused.text) == (422, True)
    post(client, one, one, actie="notitie", notitie="Leverancier gebeld")
    post(client, one, one, actie="oplossen", notitie="Register werkt weer")

    incident = kept(office, now, incidents[0])
    assert (incident.resolved_at, incident.note) == (now, "Register werkt weer")
    assert "Opgelost door Bea Kok" in text_of(client.get(one).text)
    assert numbers_on(client.get(f"{PAGE}?stand=opgelost").text) == [NUMBERS[0]]
    assert "Oplossen" not in client.get(one).text


def test_nothing_ticked_is_said(log_in: LogIn, incidents: list[int]) -> None:
    answer = post(log_in("bea"), PAGE, PAGE, actie="opnieuw")
    assert (answer.status_code, "U hebt geen storing geselecteerd." in answer.text) == (422, True)


def test_an_auditor_looks_and_leaves_it_alone(
    log_in: LogIn, incidents: list[int], office: Database, now: datetime
) -> None:
    client, one = log_in("aad"), f"{PAGE}/{incidents[0]}"
    assert "Opnieuw proberen" not in client.get(PAGE).text
    assert [client.get(each).status_code for each in (PAGE, one)] == [200, 200]
    assert post(client, one, "/dossiers", actie="oplossen").status_code == 403
    assert kept(office, now, incidents[0]).resolved_at is None


@pytest.mark.parametrize("username", ["noor", "hanna", "pim", "petra"])
def test_others_do_not_come_in(log_in: LogIn, incidents: list[int], username: str) -> None:
    client = log_in(username)
    assert [client.get(each).status_code for each in (PAGE, f"{PAGE}/{incidents[0]}")] == [403, 403]


def test_a_dossier_says_that_something_is_wrong_and_who_may_look_gets_there(
    log_in: LogIn, task_path: str, office: Database, now: datetime
) -> None:
    with transaction(office, SYSTEM, now) as tx:
        dossier_id = tx.session.scalars(select(Dossier.id).where(Dossier.number == "D-2026-05000")).one()
        open_incident(tx, dossier_id, "sv_iets", "stuk")
    link = f'href="{PAGE}?dossier=D-2026-05000"'

    pages = {username: log_in(username).get(f"/dossiers/{dossier_id}").text for username in ("noor", "manon")}

    assert ["Er is een storing in dit dossier." in page for page in pages.values()] == [True, True]
    assert [link in page for page in pages.values()] == [False, True]
