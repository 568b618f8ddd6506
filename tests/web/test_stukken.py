import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.actions import stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Stuk, StukState, StukVersion, Task
from tests.intake.files import docx, image, locked_pdf, message, pdf, png
from tests.web.conftest import post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
PDF, PNG = pdf(), png()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM = {"soort": "loopbrief", "ontvangen_op": "20-11-2026", "van": "AVIM"}


@pytest.fixture
def dossier_id(office: Database, now: datetime, task_path: str) -> int:
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Task.dossier_id).where(Task.id == task_path.rpartition("/")[2])).one()


def upload(client: FlaskClient, dossier_id: int, content: bytes, name: str, **fields: object) -> object:
    page = f"/dossiers/{dossier_id}/stukken"
    return post(client, page, page, **{**FORM, **fields}, bestand=(io.BytesIO(content), name))


def kept(office: Database, now: datetime, dossier_id: int) -> list[tuple[str, str, int, str, str]]:
    """Kind, state, version, filename and type of every version."""
    with reading(office, SYSTEM, now) as tx:
        query = select(Stuk.soort, Stuk.state, StukVersion.number, StukVersion.filename, StukVersion.media_type)
        query = query.join(StukVersion, StukVersion.stuk_id == Stuk.id).where(Stuk.dossier_id == dossier_id)
        return [tuple(row) for row in tx.session.execute(query.order_by(StukVersion.id))]


@pytest.mark.parametrize(
    ("content", "name", "filename", "media_type"),
    [
        (PDF, "loopbrief.pdf", "loopbrief.pdf", "application/pdf"),
        (PNG, "scan", "scan.png", "image/png"),
        (image("JPEG"), "foto.jpeg", "foto.jpg", "image/jpeg"),
        (docx(), "brief.docx", "brief.docx", WORD),
        (message(), "bericht.eml", "bericht.eml", "message/rfc822"),
        (b"Afgemeld op 3 maart, zoals beloofd.", "nota.txt", "nota.txt", "text/plain"),
    ],
)  # fmt: skip
def test_a_stuk_is_kept_as_what_its_content_is(
    log_in: LogIn,
    office: Database,
    now: datetime,
    dossier_id: int,
    content: bytes,
    name: str,
    filename: str,
    media_type: str,
) -> None:
    client = log_in("noor")
    assert upload(client, dossier_id, content, name).location == f"/dossiers/{dossier_id}/stukken"
    assert kept(office, now, dossier_id) == [("loopbrief", StukState.AANWEZIG, 1, filename, media_type)]
    with reading(office, SYSTEM, now) as tx:
        assert office.storage.path(tx.session.scalars(select(StukVersion.sha256)).one()).read_bytes() == content
    assert "Het stuk is toegevoegd." in client.get(f"/dossiers/{dossier_id}/stukken").text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.pdf", "Dit bestand is leeg."),
        (b"", "", "U hebt geen bestand gekozen."),
        (b"MZ" + bytes(64), "loopbrief.pdf", "Dit soort bestand kunnen wij niet bewaren."),
        (locked_pdf(), "loopbrief.pdf", "met een wachtwoord beveiligd"),
        (PDF, "../loopbrief.pdf", "wijst naar een andere map"),
    ],
)
def test_what_is_refused_changes_nothing(
    log_in: LogIn, office: Database, now: datetime, dossier_id: int, content: bytes, name: str, said: str
) -> None:
    answer = upload(log_in("noor"), dossier_id, content, name, van="de balie")
    assert answer.status_code == 422
    assert f"{said}" in answer.text
    assert "Er is niets gewijzigd." in answer.text
    assert 'value="de balie"' in answer.text
    assert kept(office, now, dossier_id) == []
    assert list(office.storage.names()) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"soort": "bestaat_niet"}, "Kies een soort uit de lijst."),
        ({"ontvangen_op": ""}, "Vul een datum in, zoals 26-11-2026."),
        ({"ontvangen_op": "24-11-2026"}, "Deze datum ligt in de toekomst."),
        ({"geldig_tot": "31-02-2027"}, "Dit is geen datum."),
        ({"stuk.geboortedatum": "gisteren"}, "Gebruik"),
    ],
)
def test_a_mistake_in_the_form_is_said_at_its_field_and_the_file_is_kept(
    log_in: LogIn, office: Database, now: datetime, dossier_id: int, fields: dict[str, str], said: str
) -> None:
    client, page = log_in("noor"), f"/dossiers/{dossier_id}/stukken"
    answer = upload(client, dossier_id, PDF, "loopbrief.pdf", **fields)
    assert answer.status_code == 422
    assert said in answer.text or 'aria-invalid="true"' in answer.text
    assert all(f'value="{typed}"' in answer.text for name, typed in fields.items() if name != "soort" and typed)
    assert kept(office, now, dossier_id) == []

    (finish,) = re.findall(r'action="([^"]*/wacht/[^"]*)"', client.get(page).text)
    assert post(client, finish, page, **{**FORM, **fields}, actie="toevoegen").status_code == 422
    assert post(client, finish, page, **FORM, actie="toevoegen").location == page

    assert kept(office, now, dossier_id) == [
        ("loopbrief", StukState.AANWEZIG, 1, "loopbrief.pdf", "application/pdf")
    ]
    assert "/wacht/" not in client.get(page).text


def test_a_file_that_is_too_big_is_refused(
    log_in: LogIn, office: Database, now: datetime, dossier_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = log_in("noor")
    client.application.config["MAX_CONTENT_LENGTH"] = 4096
    answer = upload(client, dossier_id, PDF + bytes(9000), "groot.pdf")
    assert (answer.status_code, "Dit bestand is te groot" in answer.text) == (413, True)
    assert kept(office, now, dossier_id) == []


def test_a_new_version_keeps_the_old_one(log_in: LogIn, office: Database, now: datetime, dossier_id: int) -> None:
    client = log_in("noor")
    upload(client, dossier_id, PDF, "loopbrief.pdf")
    with reading(office, SYSTEM, now) as tx:
        stuk_id = tx.session.scalars(select(Stuk.id).where(Stuk.dossier_id == dossier_id)).one()
    page = client.get(f"/dossiers/{dossier_id}/stukken?vervangt={stuk_id}").text
    assert "Nieuwe versie: " in page
    assert upload(client, dossier_id, PNG, "scan.png", vervangt=stuk_id).status_code == 302
    assert [row[2:4] for row in kept(office, now, dossier_id)] == [(1, "loopbrief.pdf"), (2, "scan.png")]
    assert "Eerdere versies (1)" in client.get(f"/dossiers/{dossier_id}/stukken").text
    with client.get(f"/dossiers/{dossier_id}/stukken/{stuk_id}/1") as first:
        assert first.data == PDF
    assert client.get(f"/dossiers/{dossier_id}/stukken/{stuk_id}/3").status_code == 404


def test_values_taken_over_are_kept_and_shown(log_in: LogIn, office: Database, now: datetime, dossier_id: int) -> None:
    client, values = log_in("noor"), {"stuk.geboortedatum": "12-05-1994", "stuk.nationaliteit": "ERI"}
    assert upload(client, dossier_id, PDF, "loopbrief.pdf", **values).status_code == 302
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(Stuk.gegevens)).one() == {
            "geboortedatum": "1994-05-12",
            "nationaliteit": "ERI",
        }
    page = text_of(client.get(f"/dossiers/{dossier_id}/stukken").text)
    assert "Geboortedatum: do 12 mei 1994" in page
    assert "Nationaliteit: Eritrea" in page


def test_a_download_is_never_opened_by_the_browser(
    log_in: LogIn, office: Database, now: datetime, dossier_id: int
) -> None:
    client = log_in("noor")
    upload(client, dossier_id, PDF, 'Zoë "brief"; X: y.pdf')
    with reading(office, SYSTEM, now) as tx:
        stuk_id = tx.session.scalars(select(Stuk.id).where(Stuk.dossier_id == dossier_id)).one()
    with client.get(f"/dossiers/{dossier_id}/stukken/{stuk_id}/1") as answer:
        assert (answer.status_code, answer.data) == (200, PDF)
        headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert "\n" not in headers["Content-Disposition"] + "X-y"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert log_in("zeger").get(f"/dossiers/{dossier_id}/stukken/{stuk_id}/1").status_code == 404


@pytest.mark.parametrize(
    ("soort", "allowed"),
    [
        ("loopbrief", {"noor": 200, "sam": 200, "hanna": 200, "aad": 200}),
        ("eurodac_bericht", {"noor": 200, "sam": 200, "hanna": 200, "aad": 403}),
        ("medisch_advies", {"noor": 403, "sam": 200, "hanna": 200, "aad": 403}),
    ],
)
def test_who_may_open_a_confidential_stuk(
    log_in: LogIn, office: Database, now: datetime, dossier_id: int, soort: str, allowed: dict[str, int]
) -> None:
    stored = office.storage.put(io.BytesIO(PDF))
    stuk = perform(
        office, SYSTEM, now, stukken.add_stuk, dossier_id,
        soort=soort, received_on=now.date(), source="wij", stored=stored, filename="stuk.pdf",
        media_type="application/pdf",
    )  # fmt: skip
    path = f"/dossiers/{dossier_id}/stukken"
    found = {}
    for name in allowed:
        with log_in(name).get(f"{path}/{stuk.id}/1") as answer:
            found[name] = answer.status_code
    assert found == allowed
    shown = {name: "stuk.pdf" in log_in(name).get(path).text for name in allowed}
    assert shown == {name: status == 200 for name, status in allowed.items()}


def test_withdrawing_asks_why(log_in: LogIn, office: Database, now: datetime, dossier_id: int) -> None:
    client, page = log_in("noor"), f"/dossiers/{dossier_id}/stukken"
    upload(client, dossier_id, PDF, "loopbrief.pdf")
    with reading(office, SYSTEM, now) as tx:
        stuk_id = tx.session.scalars(select(Stuk.id).where(Stuk.dossier_id == dossier_id)).one()
    refused = post(client, f"{page}/{stuk_id}/intrekken", page, reden=" ")
    assert (refused.status_code, "Vul in waarom het stuk wordt ingetrokken." in refused.text) == (422, True)
    assert post(client, f"{page}/{stuk_id}/intrekken", page, reden="van een ander").status_code == 302
    assert kept(office, now, dossier_id)[0][1] is StukState.INGETROKKEN
    assert "Ingetrokken" in client.get(page).text
    with reading(office, SYSTEM, now) as tx:
        other = tx.session.scalars(select(Dossier.id).where(Dossier.number == "D-2026-04711")).one()
    assert post(client, f"/dossiers/{other}/stukken/{stuk_id}/intrekken", page, reden="x").status_code == 404
