"""Stukken in a browser: many at once, dragged or chosen, pages to look at, and post that finds its dossier."""

import base64
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Stuk, StukVersion
from tests.e2e.conftest import SignIn
from tests.e2e.looking import broken_rules, structure, too_wide
from tests.intake.files import image, locked_pdf, pdf

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
INVITATION = "Uitnodiging gehoor"
DROP = """([form, files]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
  }
  for (const kind of ['dragover', 'drop']) {
    const how = { dataTransfer: carried, bubbles: true, cancelable: true };
    document.querySelector(form).dispatchEvent(new DragEvent(kind, how));
  }
}"""


def drop(page: "Page", files: dict[str, bytes]) -> None:
    packed = [[name, base64.b64encode(content).decode()] for name, content in files.items()]
    page.wait_for_load_state()  # the script that listens
    page.evaluate(DROP, ["#toevoegen", packed])


def kept(office: Database, now: datetime) -> list[tuple[str, str]]:
    with reading(office, SYSTEM, now) as tx:
        query = select(Stuk.soort, StukVersion.filename).join(StukVersion, StukVersion.stuk_id == Stuk.id)
        return [tuple(row) for row in tx.session.execute(query.order_by(StukVersion.id))]


def is_drawn(page: "Page", selector: str) -> bool:
    """Whether the picture came and has pixels."""
    page.locator(selector).scroll_into_view_if_needed()
    return bool(page.locator(selector).evaluate("(img) => img.decode().then(() => img.naturalWidth > 0)"))


def test_files_are_dragged_sent_one_by_one_and_looked_at(
    office: Database, dossier: Dossier, sign_in: SignIn, now: datetime, address: str
) -> None:
    anna = sign_in("anna")
    anna.goto(f"{address}/dossiers/{dossier.id}/stukken")
    drop(anna, {"uitnodiging.pdf": pdf(pages=2), "geheim.pdf": locked_pdf(), "foto.jpg": image("JPEG")})
    lines = anna.locator(".chosen > li")
    assert lines.count() == 3
    lines.nth(0).locator("select").select_option(label=INVITATION)
    anna.get_by_label("Ontvangen van").fill("de balie")
    anna.get_by_label("Ontvangen van").press("Enter")

    anna.locator(".chosen .done").nth(1).wait_for()
    anna.locator("#stukken-lijst").get_by_role("link", name="uitnodiging.pdf").wait_for()
    assert "met een wachtwoord beveiligd" in anna.locator(".chosen .refused").inner_text()
    assert anna.get_by_label("Ontvangen van").first.input_value() == "de balie"
    assert kept(office, now) == [("uitnodiging_gehoor", "uitnodiging.pdf")]
    assert structure(anna) == [] and too_wide(anna) == []

    waiting = anna.locator(".waits-here li", has_text="foto.jpg")
    waiting.get_by_text("Voorbeeld").click()
    assert is_drawn(anna, ".waits-here .glance img")
    waiting.get_by_label("Soort stuk").select_option(label=INVITATION)
    waiting.get_by_role("button", name=re.compile("^Toevoegen")).press("Enter")
    assert "Het stuk is toegevoegd." in anna.locator(".flash").inner_text()
    assert [name for _, name in kept(office, now)] == ["uitnodiging.pdf", "foto.jpg"]

    row = anna.get_by_role("row").filter(has_text="uitnodiging.pdf")
    row.locator("summary", has_text="Voorbeeld").click()
    row.get_by_role("link", name="Alle bladzijden").click()
    assert is_drawn(anna, ".viewer > img")
    anna.get_by_role("link", name="Volgende").click()
    anna.get_by_text("Bladzijde 2 van 2").wait_for()
    assert is_drawn(anna, ".viewer > img")
    assert structure(anna) == [] and too_wide(anna) == [] and broken_rules(anna) == []


def test_post_finds_its_dossier_with_the_keyboard(
    office: Database, dossier: Dossier, sign_in: SignIn, now: datetime, address: str
) -> None:
    """No click below but choosing the files, which is the system's own window."""
    anna = sign_in("anna")
    anna.goto(f"{address}/postvak")
    chosen: Any = [
        {"name": f"{dossier.number} brief.pdf", "mimeType": "application/pdf", "buffer": pdf("brief")},
        {"name": "los.pdf", "mimeType": "application/pdf", "buffer": pdf("los")},
        {"name": "ook los.pdf", "mimeType": "application/pdf", "buffer": pdf("ook los")},
    ]
    anna.wait_for_load_state()
    anna.get_by_label("Bestanden").set_input_files(chosen)
    anna.get_by_role("button", name="In het postvak leggen").press("Enter")
    suggestion = anna.get_by_role("button", name=f"Leg bij {dossier.number}")
    suggestion.wait_for()
    assert structure(anna) == [] and too_wide(anna) == [] and broken_rules(anna) == []

    anna.locator("[data-row]").first.focus()
    for key in ("x", "ArrowDown", "x"):
        anna.keyboard.press(key)
    assert "2 stukken geselecteerd" in anna.locator(".bulk").inner_text()
    anna.get_by_label("Dossier- of V-nummer", exact=True).fill(dossier.number)
    anna.get_by_role("button", name="Bij dit dossier leggen").press("Enter")
    anna.wait_for_url("**/stukken")
    assert "2 stukken liggen nu bij dit dossier." in anna.locator(".flash").inner_text()
    assert anna.locator(".waits-here > ul > li").count() == 2

    anna.goto(f"{address}/postvak")
    anna.get_by_role("button", name=f"Leg bij {dossier.number}").press("Enter")
    anna.wait_for_url("**/stukken")
    waiting = anna.locator(".waits-here > ul > li", has_text="brief.pdf")
    waiting.get_by_label("Soort stuk").select_option(label=INVITATION)
    waiting.get_by_role("button", name="Toevoegen").press("Enter")
    anna.locator(".flash", has_text="Het stuk is toegevoegd.").wait_for()
    assert kept(office, now) == [("uitnodiging_gehoor", f"{dossier.number} brief.pdf")]
