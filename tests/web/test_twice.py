"""A double click, the back button, a retry after a time-out: one effect, and the same page as the first time."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import func, select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Command, Dossier, Event, Stuk
from tests.intake.files import pdf
from tests.web.conftest import post

LogIn = Callable[[str], FlaskClient]
PDF = pdf()


def form_at(client: FlaskClient, page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with this action, as the browser keeps them."""
    html = client.get(page).text
    start = html.index(f'action="{action}"')
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html[start : html.index("</form>", start)]))


def counted(office: Database, now: datetime, kind: str) -> int:
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalar(select(func.count()).where(Event.kind == kind)) or 0


def test_completing_a_task_twice(log_in: LogIn, task_path: str, office: Database, now: datetime) -> None:
    client = log_in("noor")
    post(client, f"{task_path}/nemen", task_path)
    filled = {**form_at(client, task_path, task_path), "actie": "afronden", "aanvraag.datum_indiening": "20-11-2026"}
    before = counted(office, now, "taak_afgerond")

    answers = [client.post(task_path, data=filled) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/taken/D-2026-04127-1")] * 2
    assert counted(office, now, "taak_afgerond") == before + 1


def test_going_back_and_changing_the_answer_is_not_taken_for_the_same(
    log_in: LogIn, task_path: str, office: Database, now: datetime
) -> None:
    client = log_in("noor")
    post(client, f"{task_path}/nemen", task_path)
    filled = {**form_at(client, task_path, task_path), "actie": "afronden"}
    client.post(task_path, data={**filled, "aanvraag.datum_indiening": "20-11-2026"})

    answer = client.post(task_path, data={**filled, "aanvraag.datum_indiening": "19-11-2026"})

    assert answer.status_code == 409
    assert "Dit formulier is al verwerkt, met andere invoer." in answer.text
    with reading(office, SYSTEM, now) as tx:
        dossier = tx.session.scalars(select(Dossier).where(Dossier.number == "D-2026-05000")).one()
        assert dossier.gegevens["aanvraag"]["datum_indiening"] == "2026-11-20"


def test_adding_a_stuk_twice(log_in: LogIn, task_path: str, office: Database, now: datetime) -> None:
    client = log_in("noor")
    with reading(office, SYSTEM, now) as tx:
        dossier_id = tx.session.scalars(select(Dossier.id).where(Dossier.number == "D-2026-05000")).one()
        before = tx.session.scalar(select(func.count(Stuk.id)))
    page = f"/dossiers/{dossier_id}/stukken"
    filled = {**form_at(client, page, page), "soort": "m35h", "ontvangen_op": "20-11-2026"}

    answers = [client.post(page, data={**filled, "bestand": (BytesIO(PDF), "m35h.pdf")}) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, page)] * 2
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalar(select(func.count(Stuk.id))) == (before or 0) + 1
        assert tx.session.scalar(select(func.count()).select_from(Command)) == 1


def test_saving_what_is_typed_uses_up_no_key(log_in: LogIn, task_path: str, office: Database, now: datetime) -> None:
    client = log_in("noor")
    post(client, f"{task_path}/nemen", task_path)
    filled = {**form_at(client, task_path, task_path), "aanvraag.datum_indiening": "20-11-2026"}

    for _ in range(2):
        client.post(f"{task_path}/concept", data=filled)

    assert client.post(task_path, data={**filled, "actie": "afronden"}).status_code == 302
