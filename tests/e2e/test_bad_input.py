"""What people, programs and enemies send: refused with a sentence, shown as text, and nothing has changed."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Event, Task
from tests.e2e.client import Client
from tests.e2e.conftest import SignIn
from tests.e2e.office import row_to_import
from tests.e2e.released import open_dossier
from tests.intake.files import pdf

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAGE_OF_AN_ENEMY = b"<!doctype html><script>alert(document.cookie)</script>"
XSS = '"><img src=x onerror=window.hit=1><script>window.hit=1</script>{{7*7}}'
STUK = {"soort": "uitnodiging_gehoor", "ontvangen_op": "20-11-2026"}


@pytest.fixture
def bram(address: str) -> Client:
    return Client(address, "bram")


def events(database: Database, now: datetime) -> int:
    with reading(database, SYSTEM, now) as tx:
        return tx.session.scalar(select(func.count()).select_from(Event)) or 0


def first_task(database: Database, now: datetime) -> str:
    with reading(database, SYSTEM, now) as tx:
        return tx.session.scalars(select(Task.id).where(Task.element == "t_screening")).one()


KIND, EMPTY, NONE = "Dit soort bestand kunnen wij niet bewaren.", "Dit bestand is leeg.", "U hebt geen bestand gekozen."
FILES = (
    ("uitnodiging.pdf", PAGE_OF_AN_ENEMY, KIND),
    ("uitnodiging.svg", b"<svg onload=alert(1)></svg>", KIND),
    ("uitnodiging.docx", b"PK\x03\x04 and nothing else", "Dit Word-document is beschadigd."),
    ("uitnodiging.pdf", b"", EMPTY),
    ("", b"%PDF-1.4", NONE),
)
FORMS: tuple[dict[str, Any], ...] = (
    {"onbekend.veld": "x"},
    {"screening.nodig": "misschien"},
    {"medisch.toestemming": "ja"},  # of another form
    {"screening.nodig": ["ja", "nee"]},
    {f"veld.{number}": "x" for number in range(900)},
)
BODIES = (
    (b'{"screening": ', "application/json"),
    (b"", "application/x-www-form-urlencoded"),
    (b"csrf_token=of-nobody&actie=afronden", "application/x-www-form-urlencoded"),
    (b"--", "multipart/form-data; boundary=x"),
    (b"\xff\xfe\x00" * 1000, "application/x-www-form-urlencoded"),
)


def test_files_we_do_not_keep(office: Database, dossier: Dossier, bram: Client, now: datetime) -> None:
    before = events(office, now)
    for filename, content, says in FILES:
        answer = bram.upload(f"/dossiers/{dossier.id}/stukken", filename, content, **STUK)
        assert (answer.status, says in answer.text) == (422, True), filename
    assert events(office, now) == before


def test_a_file_that_is_too_large(office: Database, dossier: Dossier, bram: Client, now: datetime) -> None:
    before = events(office, now)
    answer = bram.upload(f"/dossiers/{dossier.id}/stukken", "groot.pdf", b"%PDF" + bytes(52 << 20), **STUK)
    assert (answer.status, "groter dan 50 MB" in answer.text) == (422, True)
    assert events(office, now) == before


def test_a_name_that_means_something_elsewhere(office: Database, dossier: Dossier, bram: Client) -> None:
    refused = bram.upload(f"/dossiers/{dossier.id}/stukken", "../../<b>brief.PDF", pdf(), **STUK)
    assert (refused.status, "wijst naar een andere map" in refused.text) == (422, True)
    answer = bram.upload(f"/dossiers/{dossier.id}/stukken", "<b>brief.PDF", pdf(), **STUK)
    assert answer.status == 302
    assert re.findall(r"download>([^<]*)</a>", bram.get(answer.location).text) == ["b brief.pdf"]


def test_forms_that_are_not_ours(office: Database, dossier: Dossier, bram: Client, now: datetime) -> None:
    task_id, before = first_task(office, now), events(office, now)
    assert [bram.post(f"/taken/{task_id}", actie="afronden", **fields).status for fields in FORMS] == [422] * len(FORMS)
    assert events(office, now) == before


def test_bodies_that_are_no_form(office: Database, dossier: Dossier, bram: Client, now: datetime) -> None:
    task_id, before = first_task(office, now), events(office, now)
    for body, media_type in BODIES:
        answer = bram.send(f"/taken/{task_id}", body, media_type)
        assert (answer.status, "<h1>" in answer.text, "Traceback" in answer.text) == (400, True, False), body[:40]
    assert events(office, now) == before


def test_a_file_to_import_with_broken_rows(
    office: Database, run: Callable[..., str], tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "half.jsonl"
    file.write_text(
        '{"sleutel": "A"\n[]\n' + row_to_import(now, "B") + row_to_import(now, "C", geboortedatum="32 juni")
    )
    with pytest.raises(AssertionError) as refused:
        run("dossier", "import", str(file))
    said = str(refused.value)
    assert "regel 1: Dit is geen geldige JSON" in said
    assert "regel 2: Hier moet een object staan" in said
    assert "regel 4, persoon.geboortedatum:" in said
    assert "1 dossiers geïmporteerd, 0 waren er al, 3 rijen met fouten." in said


def test_names_and_reasons_are_text_on_every_page(
    office: Database, sign_in: SignIn, now: datetime, address: str
) -> None:
    dossier_id = open_dossier(office, now, XSS)
    hana = sign_in("hana")
    hana.goto(f"{address}/gehoren/{dossier_id}")
    hana.get_by_label("Welk punt klopt niet?").select_option(label="Tolk geboekt en bevestigd")
    hana.get_by_label("Reden").select_option("anders")
    hana.get_by_label("Wat is er nodig?").fill(XSS)
    hana.get_by_role("button", name="Terugzenden").click()

    bram = sign_in("bram")
    here = f"{address}/dossiers/{dossier_id}"
    tabs = [f"{here}{tab}" for tab in ("", "/taken", "/stukken", "/gegevens", "/termijnen", "/verloop", "/proces")]
    lists = [f"{address}{path}" for path in ("/werkvoorraad/teruggezonden", "/werkvoorraad/mijn-locatie")]
    for path in [*tabs, *lists]:
        bram.goto(path)
        assert is_harmless(bram), path
    assert XSS in bram.locator("main").inner_text()
    for path in (f"{address}/gehoren", f"{address}/gehoren/{dossier_id}"):
        hana.goto(path)
        assert is_harmless(hana), path


def is_harmless(page: "Page") -> bool:
    return bool(page.evaluate("window.hit === undefined && !document.querySelector('[onerror]')"))
