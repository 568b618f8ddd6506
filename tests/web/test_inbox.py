"""Stukken without a dossier: taking in, linking one or many, setting aside, and who may."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Event, IncomingStuk
from tests.intake.files import pdf, png
from tests.web.conftest import OPENED, post
from tests.web.test_worklist import text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # tests/actions has both

LogIn = Callable[[str], FlaskClient]
FORM = {"soort": "loopbrief", "ontvangen_op": "20-11-2026", "van": "AVIM"}


def take_in(client: FlaskClient, files: dict[str, bytes], **fields: str) -> Any:
    content = [(io.BytesIO(files[name]), name) for name in files]
    return post(client, "/postvak", "/postvak", van="post", **fields, bestand=content)


def states(office: Database, now: datetime) -> dict[str, tuple[str, str | None]]:
    """By name: state, and the number of the dossier."""
    with reading(office, SYSTEM, now) as tx:
        query = select(IncomingStuk.filename, IncomingStuk.state, Dossier.number)
        query = query.outerjoin(Dossier, Dossier.id == IncomingStuk.dossier_id)
        return {row[0]: (row[1].value, row[2]) for row in tx.session.execute(query.order_by(IncomingStuk.id))}


def ids(client: FlaskClient, path: str = "/postvak") -> list[str]:
    return re.findall(r'name="stuk" value="(\d+)"', client.get(path).text)[::-1]


def test_post_is_taken_in_and_one_bad_file_stops_only_itself(log_in: LogIn, office: Database, now: datetime) -> None:
    client = log_in("noor")
    assert "Het postvak is leeg" in client.get("/postvak").text

    answer = take_in(client, {"een.pdf": pdf("1"), "virus.exe": b"MZ", "twee.png": png()})

    assert (answer.status_code, "virus.exe" in answer.text) == (422, True)
    assert states(office, now) == {"een.pdf": ("in het postvak", None), "twee.png": ("in het postvak", None)}
    assert "2 stukken wachten op een dossier." in text_of(client.get("/postvak").text)
    assert take_in(client, {}).status_code == 422


def test_a_number_in_the_name_suggests_the_dossier_and_one_press_links(
    log_in: LogIn, office: Database, now: datetime, task_path: str
) -> None:
    client = log_in("noor")
    take_in(client, {f"{OPENED} loopbrief.pdf": pdf(), "V 2912345678.pdf": pdf("2"), "D-2026-09001.pdf": pdf("3")})
    html = client.get("/postvak").text
    assert re.findall(r'value="koppelen:\d+:([^"]*)"', html) == ["D-2026-04711", OPENED]  # not one of elsewhere
    (button,) = re.findall(rf'value="(koppelen:\d+:{OPENED})"', html)

    answer = post(client, "/postvak/wijzigen", "/postvak", actie=button)

    page = answer.location
    assert states(office, now)[f"{OPENED} loopbrief.pdf"] == ("klaargezet", OPENED)
    shown = client.get(page).text
    assert "1 stuk ligt nu bij dit dossier. Zeg wat het is." in shown
    assert 'value="loopbrief" selected' in shown
    (finish,) = re.findall(r'action="([^"]*/wacht/[^"]*)"', shown)
    assert post(client, finish, page, **FORM, actie="toevoegen").location == page
    assert states(office, now)[f"{OPENED} loopbrief.pdf"] == ("gekoppeld", OPENED)
    with reading(office, SYSTEM, now) as tx:
        kinds = tx.session.scalars(select(Event.kind).where(Event.kind.like("stuk_%")).order_by(Event.number)).all()
    assert kinds == ["stuk_gekoppeld", "stuk_toegevoegd"]
    assert "gekoppeld" in text_of(client.get("/postvak?stand=afgehandeld").text).lower()


def test_many_are_linked_at_once_and_come_back(log_in: LogIn, office: Database, now: datetime, task_path: str) -> None:
    client = log_in("noor")
    take_in(client, {"een.pdf": pdf("1"), "twee.pdf": pdf("2"), "drie.pdf": pdf("3")})
    first, second, _third = ids(client)

    answer = post(client, "/postvak/wijzigen", "/postvak", actie="koppelen", dossier="5000", stuk=[first, second])

    assert states(office, now) == {
        "een.pdf": ("klaargezet", OPENED), "twee.pdf": ("klaargezet", OPENED), "drie.pdf": ("in het postvak", None),
    }  # fmt: skip
    page = answer.location
    back, add = re.findall(r'action="([^"]*/wacht/[^"]*)"', client.get(page).text)
    assert post(client, back, page, actie="postvak", reden="").status_code == 422
    assert post(client, back, page, actie="postvak", reden="andere persoon").location == page
    post(client, add, page, **FORM, actie="toevoegen")
    (withdraw,) = re.findall(r'action="([^"]*/intrekken)"', client.get(page).text)
    assert post(client, withdraw, page, actie="postvak", reden="toch niet").location == page
    assert set(states(office, now).values()) == {("in het postvak", None)}


def test_what_is_filled_in_wrong_is_said_and_stays(log_in: LogIn, office: Database, now: datetime) -> None:
    client = log_in("noor")
    take_in(client, {"een.pdf": pdf()})
    (only,) = ids(client)
    for fields, said in (
        ({"actie": "koppelen", "dossier": "D-2026-09001"}, "Geen dossier met dit nummer."),  # of another locatie
        ({"actie": "koppelen", "dossier": ""}, "Geen dossier met dit nummer."),
        ({"actie": "niet_van_ons", "reden": " "}, "Vul in waarom deze stukken niet van ons zijn."),
    ):
        answer = post(client, "/postvak/wijzigen", "/postvak", stuk=only, **fields)
        assert (answer.status_code, said in answer.text, f'value="{only}"' in answer.text) == (422, True, True)
    assert "U hebt geen stuk geselecteerd." in post(client, "/postvak/wijzigen", "/postvak", actie="koppelen").text
    assert states(office, now) == {"een.pdf": ("in het postvak", None)}


def test_what_is_not_ours_is_kept_and_can_come_back(log_in: LogIn, office: Database, now: datetime) -> None:
    client = log_in("noor")
    take_in(client, {"een.pdf": pdf()})

    post(client, "/postvak/wijzigen", "/postvak", actie="niet_van_ons", reden="van de gemeente", stuk=ids(client))

    assert states(office, now) == {"een.pdf": ("niet van ons", None)}
    done = client.get("/postvak?stand=afgehandeld").text
    assert "van de gemeente" in done and "Noor de Wit" in done
    (only,) = ids(client, "/postvak?stand=afgehandeld")
    with client.get(f"/postvak/{only}/bestand") as answer:
        assert answer.data == pdf()
    post(client, "/postvak/wijzigen", "/postvak", actie="terughalen", stuk=only)
    assert states(office, now) == {"een.pdf": ("in het postvak", None)}


def test_it_is_for_the_own_locatie_and_for_who_works_on_dossiers(
    log_in: LogIn, office: Database, now: datetime
) -> None:
    take_in(log_in("noor"), {"een.pdf": pdf()})
    (only,) = ids(log_in("noor"))
    shown = {name: "een.pdf" in log_in(name).get("/postvak").text for name in ("noor", "zeger", "manon", "aad")}
    assert shown == {"noor": True, "zeger": False, "manon": True, "aad": True}
    assert [log_in(name).get("/postvak").status_code for name in ("petra", "bea")] == [403, 403]
    zeger = log_in("zeger")
    assert [zeger.get(f"/postvak/{only}/{what}").status_code for what in ("bestand", "blad/1")] == [404, 404]
    post(zeger, "/postvak/wijzigen", "/werkvoorraad", actie="niet_van_ons", reden="x", stuk=only)
    assert post(log_in("aad"), "/postvak/wijzigen", "/postvak", actie="terughalen", stuk=only).status_code == 403
    assert states(office, now) == {"een.pdf": ("in het postvak", None)}


def test_who_works_everywhere_says_which_locatie(log_in: LogIn, office: Database, now: datetime) -> None:
    client = log_in("manon")
    refused = take_in(client, {"een.pdf": pdf()})
    assert (refused.status_code, "Kies de locatie waar de post hoort." in refused.text) == (422, True)
    (zevenaar,) = re.findall(r'<option value="(\d+)"[^>]*>Zevenaar', client.get("/postvak").text)
    assert take_in(client, {"een.pdf": pdf()}, locatie=zevenaar).status_code == 302
    assert "een.pdf" in log_in("zeger").get("/postvak").text


def test_the_list_costs_as_many_statements_with_one_as_with_three(log_in: LogIn, statements: list[str]) -> None:
    client, costs = log_in("noor"), []
    for files in ({"D-2026-04711 a.pdf": pdf("1")}, {"b.pdf": pdf("2"), "D-2026-04711 c.pdf": pdf("3")}):
        take_in(client, files)
        before = len(statements)
        client.get("/postvak")
        costs.append(len(statements) - before)
    assert costs[0] == costs[1]
