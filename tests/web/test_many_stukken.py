"""Many files at once, what waits in a dossier, the same bytes twice, quarantine, and looking at pages."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.intake import Rules, Scanner
from bedrijfsbureau.model import SYSTEM, IncomingState, IncomingStuk, Stuk, StukVersion, Task
from bedrijfsbureau.web import Config, create_app
from tests.intake.clamd import Clamd
from tests.intake.files import image, locked_pdf, pdf, png
from tests.web.conftest import post
from tests.web.office import PASSWORD
from tests.web.test_worklist import text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # tests/actions has both

LogIn = Callable[[str], FlaskClient]
FORM = {"soort": "loopbrief", "ontvangen_op": "20-11-2026", "van": "AVIM"}


@pytest.fixture
def page(office: Database, now: datetime, task_path: str) -> str:
    """The address of the stukken of a real dossier."""
    with reading(office, SYSTEM, now) as tx:
        found = tx.session.scalars(select(Task.dossier_id).where(Task.id == task_path.rpartition("/")[2])).one()
    return f"/dossiers/{found}/stukken"


def send(client: FlaskClient, page: str, files: dict[str, bytes], **fields: str) -> Any:
    return post(client, page, page, **{**FORM, **fields}, bestand=[(io.BytesIO(files[name]), name) for name in files])


def status(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:
        return answer.status_code


def kept(office: Database, now: datetime) -> list[tuple[str, str]]:
    with reading(office, SYSTEM, now) as tx:
        query = select(Stuk.soort, StukVersion.filename).join(StukVersion, StukVersion.stuk_id == Stuk.id)
        return [tuple(row) for row in tx.session.execute(query.order_by(StukVersion.id))]


def waiting(office: Database, now: datetime) -> list[IncomingStuk]:
    with reading(office, SYSTEM, now) as tx:
        return list(tx.session.scalars(select(IncomingStuk).order_by(IncomingStuk.id)))


def test_one_bad_file_never_loses_the_good_ones(log_in: LogIn, office: Database, now: datetime, page: str) -> None:
    files = {"een.pdf": pdf("1"), "virus.exe": b"MZ", "twee.png": png(), "geheim.pdf": locked_pdf(), "leeg.pdf": b""}

    answer = send(log_in("noor"), page, files, van="de balie")

    said = text_of(answer.text)
    assert answer.status_code == 422
    assert kept(office, now) == [("loopbrief", "een.pdf"), ("loopbrief", "twee.png")]
    for name, why in (("virus.exe", "eindigen op .exe"), ("geheim.pdf", "wachtwoord"), ("leeg.pdf", "is leeg")):
        assert name in said and why in said
    assert "Wel binnengekomen: een.pdf, twee.png." in said
    assert 'value="de balie"' in answer.text


def test_each_file_gets_its_own_kind(log_in: LogIn, office: Database, now: datetime, page: str) -> None:
    client = log_in("noor")
    answer = send(client, page, {"een.pdf": pdf("1"), "loopbrief AVIM.pdf": pdf("2")}, soort="")
    assert (answer.status_code, answer.location, kept(office, now)) == (302, page, [])

    html = client.get(page).text
    assert "Er wachten 2 bestanden op u." in html
    first, second = re.findall(r'action="([^"]*/wacht/[^"]*)"', html)
    assert html.count('value="loopbrief" selected') == 1  # guessed from its name
    for finish, soort in ((first, "eurodac_bericht"), (second, "loopbrief")):
        assert post(client, finish, page, **{**FORM, "soort": soort}, actie="toevoegen").location == page

    assert kept(office, now) == [("eurodac_bericht", "een.pdf"), ("loopbrief", "loopbrief AVIM.pdf")]


def test_a_script_sends_one_at_a_time_and_is_told(log_in: LogIn, page: str) -> None:
    client = log_in("noor")
    token = client.get(page).text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    said = []
    for name, content in {"een.pdf": pdf(), "kapot.pdf": b"%PDF-1.7 kapot"}.items():
        data = {**FORM, "csrf_token": token, "bestand": (io.BytesIO(content), name)}
        (one,) = client.post(page, data=data, headers={"Accept": "application/json"}).json or [{}]
        said.append((one["file"], one["state"], one["message"][:22]))
    assert said == [
        ("een.pdf", "toegevoegd", "Het stuk is toegevoegd"),
        ("kapot.pdf", "geweigerd", "Dit bestand is beschad"),
    ]


def test_the_same_file_again_is_asked_about(log_in: LogIn, office: Database, now: datetime, page: str) -> None:
    client = log_in("noor")
    send(client, page, {"een.pdf": pdf()})
    assert send(client, page, {"nog eens.pdf": pdf()}).location == page

    html = client.get(page).text
    assert "Precies dit bestand is er al:" in html and "Wilt u het toch toevoegen?" in html
    (finish,) = re.findall(r'action="([^"]*/wacht/[^"]*)"', html)
    assert post(client, finish, page, **FORM, actie="weg").location == page
    assert (len(kept(office, now)), waiting(office, now)[0].state) == (1, IncomingState.NIET_VAN_ONS)

    send(client, page, {"toch.pdf": pdf()})
    (finish,) = re.findall(r'action="([^"]*/wacht/[^"]*)"', client.get(page).text)
    assert post(client, finish, page, **FORM, actie="toevoegen").location == page
    assert kept(office, now) == [("loopbrief", "een.pdf"), ("loopbrief", "toch.pdf")]


def test_what_waits_is_for_this_dossier_and_locatie_alone(
    log_in: LogIn, office: Database, now: datetime, page: str
) -> None:
    send(log_in("noor"), page, {"een.pdf": pdf()}, soort="")
    (row,) = waiting(office, now)
    paths = (f"/postvak/{row.id}/bestand", f"/postvak/{row.id}/blad/1")

    found = {name: [status(log_in(name), path) for path in paths] for name in ("noor", "zeger", "aad", "petra")}

    assert found == {"noor": [200, 200], "zeger": [404, 404], "aad": [403, 403], "petra": [404, 404]}
    zeger = log_in("zeger")
    assert post(zeger, f"{page}/wacht/{row.id}", "/werkvoorraad", **FORM).status_code == 404
    assert post(log_in("noor"), f"/dossiers/1/stukken/wacht/{row.id}", page, **FORM).status_code == 404
    assert post(log_in("aad"), f"{page}/wacht/{row.id}", page, **FORM).status_code == 403


def test_what_is_in_quarantine_is_visible_and_closed(office: Database, now: datetime, page: str, tmp_path: Any) -> None:
    scanned = replace(office, rules=Rules(scanner=Scanner(f"unix://{tmp_path / 'clamd'}")))
    client = create_app(scanned, Config(https=False, clock=lambda: now)).test_client()
    post(client, "/inloggen", gebruikersnaam="noor", wachtwoord=PASSWORD)

    answer = send(client, page, {"een.pdf": pdf()})

    assert answer.location == page
    html = client.get(page).text
    assert "In quarantaine" in html and "telt nog niet mee" in html
    (row,) = waiting(office, now)
    assert (row.state, kept(office, now)) == (IncomingState.QUARANTAINE, [])
    assert [client.get(f"/postvak/{row.id}/{what}").status_code for what in ("bestand", "blad/1")] == [403, 403]
    assert post(client, f"{page}/wacht/{row.id}", page, **FORM).status_code == 409
    with Clamd("stream: Eicar FOUND").listening(tmp_path / "clamd"):
        refused = send(client, page, {"twee.pdf": pdf("2")})
    assert (refused.status_code, "De virusscanner heeft iets gevonden (Eicar)." in refused.text) == (422, True)


def test_who_runs_the_system_sees_whether_a_scanner_is_set(log_in: LogIn) -> None:
    assert "Er is geen virusscanner ingesteld." in log_in("bea").get("/beheer/storingen").text


# -- pages


def test_pages_are_shown_as_pictures_that_we_made(log_in: LogIn, page: str, office: Database, now: datetime) -> None:
    client = log_in("noor")
    send(client, page, {"een.pdf": pdf(pages=3)})
    (address,) = re.findall(r'href="([^"]*/voorbeeld)"', client.get(page).text)

    shown = client.get(f"{address}?blz=2")
    assert "Bladzijde 2 van 3" in shown.text
    (source,) = re.findall(r'<img src="([^"]*/blad/2)"', shown.text)
    drawn = client.get(source)
    with Image.open(io.BytesIO(drawn.data)) as picture:
        assert (picture.format, picture.width) == ("PNG", 1100)
    assert (drawn.content_type, drawn.headers["Content-Security-Policy"]) == (
        "image/png",
        "default-src 'none'; sandbox",
    )
    assert (drawn.headers["X-Content-Type-Options"], drawn.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert [client.get(f"{address}?blz={number}").status_code for number in (0, 4)] == [404, 404]
    assert [client.get(source.replace("/blad/2", f"/blad/{number}")).status_code for number in (0, 4)] == [404, 404]
    assert [log_in("zeger").get(each).status_code for each in (address, source)] == [404, 404]


def test_a_confidential_stuk_is_not_shown_either(log_in: LogIn, page: str) -> None:
    send(log_in("sam"), page, {"advies.jpg": image("JPEG")}, soort="medisch_advies")
    html = log_in("sam").get(page).text
    (source,) = re.findall(r'<img src="([^"]*/blad/1)"', html)

    found = {name: log_in(name).get(source).status_code for name in ("sam", "hanna", "noor", "aad")}

    assert found == {"sam": 200, "hanna": 200, "noor": 403, "aad": 403}
    assert "/blad/" not in log_in("noor").get(page).text


def test_what_has_no_pages_has_no_preview(log_in: LogIn, page: str) -> None:
    client = log_in("noor")
    send(client, page, {"nota.txt": b"Zoals beloofd."})
    html = client.get(page).text
    assert "nota.txt" in html and "/voorbeeld" not in html
    (address,) = re.findall(r'href="([^"]*/1)" download', html)
    assert [client.get(address + path).status_code for path in ("/voorbeeld", "/blad/1")] == [404, 404]


def test_a_withdrawn_stuk_stays_struck_through_with_who_when_and_why(log_in: LogIn, page: str) -> None:
    client = log_in("noor")
    send(client, page, {"een.pdf": pdf()})
    (withdraw,) = re.findall(r'action="([^"]*/intrekken)"', client.get(page).text)
    post(client, withdraw, page, reden="van een ander")

    html = client.get(page).text
    assert re.search(r"<s><b>[^<]+</b></s>", html)
    assert "Ingetrokken vandaag 09:00, Noor de Wit. van een ander" in text_of(html)
