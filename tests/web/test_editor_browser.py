"""The editor in a browser, under the application's own policy: no relaxation is needed for bpmn-js."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database
from bedrijfsbureau.model import SYSTEM
from tests.databases import Start
from tests.web import studio
from tests.web.office import PASSWORD
from tests.web.studio import FILE, SOORT, text

if TYPE_CHECKING:
    from playwright.sync_api import Page

DRAFT = f"/processen/{SOORT}/concept"
TASK, FLOW = "t02_controleren", "f_gw_t02__t04_vaststellen"
CONDITION = "= bevestiging.akkoord_controle"


@pytest.fixture
def start() -> Start:
    return studio.START


@pytest.fixture
def petra(address: str, page: "Page") -> "Page":
    """The process owner with the editor open."""
    sign_in(page, address)
    page.goto(address + DRAFT)
    page.wait_for_selector("#canvas[data-ready]")
    return page


def sign_in(page: "Page", address: str) -> None:
    page.goto(f"{address}/inloggen")
    page.fill("#gn", "petra")
    page.fill("#ww", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/processen")


def choose(page: "Page", element: str) -> None:
    """As a click on it in the list of findings or the diagram does, wherever it lies on the canvas."""
    page.locator(f"[data-element-id={element}] > .djs-hit").first.dispatch_event("click")


def save(page: "Page") -> None:
    page.get_by_role("button", name="Bewaren").click()
    page.locator("#saved", has_text="Concept bewaard om 09:00").wait_for()


def fill_in(page: "Page", group: str, label: str, value: str) -> None:
    field = page.locator("#properties").get_by_label(label, exact=True)
    if not field.is_visible():
        page.locator("#properties").get_by_text(group, exact=True).click()
    field.fill(value)
    page.locator("#saved", has_text="Nog niet bewaard").wait_for()


def test_a_process_is_changed_checked_and_published(petra: "Page", office: Database, now: datetime) -> None:
    from playwright.sync_api import expect

    choose(petra, TASK)
    fill_in(petra, "Algemeen", "Naam", "Bevestiging nakijken")
    save(petra)
    choose(petra, FLOW)
    fill_in(petra, "Voorwaarde", "Neem deze weg als", "= bevestiging.akkoord_controle and (")
    save(petra)

    to_error = petra.get_by_role("link", name="Naar de fout (1)")
    expect(to_error).to_be_visible()
    expect(petra.locator("#findings")).to_contain_text("1 fout. Publiceren kan nog niet.")
    expect(petra.locator(".finding-badge.error")).to_have_count(1)
    petra.get_by_text("Publiceren", exact=True).click()
    expect(petra.get_by_role("button", name="Publiceren als versie 2")).to_be_disabled()
    petra.get_by_text("Publiceren", exact=True).click()

    choose(petra, TASK)
    to_error.click()
    fill_in(petra, "Voorwaarde", "Neem deze weg als", CONDITION)
    save(petra)
    expect(to_error).to_be_hidden()
    petra.get_by_text("Publiceren", exact=True).click()
    petra.get_by_label("Wat is er veranderd?").fill("Kortere naam")
    petra.get_by_role("button", name="Publiceren als versie 2").click()

    petra.wait_for_url(f"**/processen/{SOORT}/2")
    expect(petra.locator("#stappen")).to_contain_text("Bevestiging nakijken")
    assert studio.open_dossier(office, now) == 2
    assert sorted(studio.versions_used(office, now).values()) == [1, 2]


def test_publishing_first_saves_what_is_on_the_screen(petra: "Page") -> None:
    choose(petra, TASK)
    fill_in(petra, "Algemeen", "Naam", "Eerste naam")
    save(petra)
    fill_in(petra, "Algemeen", "Naam", "Tweede naam")
    petra.get_by_text("Publiceren", exact=True).click()
    petra.get_by_role("button", name="Publiceren als versie 2").click()
    petra.wait_for_url(f"**/processen/{SOORT}/2")
    assert "Tweede naam" in petra.locator("#stappen").inner_text()


def test_work_outlives_logging_out(petra: "Page", address: str, complaints: list[str]) -> None:
    choose(petra, TASK)
    fill_in(petra, "Algemeen", "Naam", "Blijft staan")
    petra.context.clear_cookies()
    petra.get_by_role("button", name="Bewaren").click()
    petra.locator("#saved", has_text="Log in een ander tabblad in").wait_for()

    elsewhere = petra.context.new_page()
    sign_in(elsewhere, address)
    elsewhere.close()
    save(petra)

    petra.goto(address + DRAFT)
    assert "Blijft staan" in petra.locator("#stappen").inner_text()
    complaints.clear()  # the browser notes the refused requests


def test_a_save_that_a_colleague_was_before_says_so_and_the_text_can_be_kept(
    petra: "Page", office: Database, now: datetime, complaints: list[str]
) -> None:
    choose(petra, TASK)
    fill_in(petra, "Algemeen", "Naam", "Van Petra")
    changed = {FILE: text().replace('name="Ontvangst vastleggen"', 'name="Van een collega"')}
    perform(office, SYSTEM, now, processes.save_draft, SOORT, changed)
    petra.get_by_role("button", name="Bewaren").click()
    petra.locator("#saved", has_text="Er is niets overschreven.").wait_for()
    with petra.expect_download() as download:
        petra.get_by_role("button", name="Downloaden", exact=True).click()
    assert "Van Petra" in download.value.path().read_text()
    assert download.value.suggested_filename == FILE
    petra.on("dialog", lambda dialog: dialog.accept())  # leaving with unsaved changes asks first
    complaints.clear()  # the browser notes the 409


def test_the_mark_of_bpmn_io_lies_on_top(petra: "Page", address: str) -> None:
    for path in (DRAFT, f"/processen/{SOORT}/1"):
        petra.goto(address + path)
        petra.wait_for_selector("#canvas[data-ready]")
        on_top = petra.locator(".bjs-powered-by").evaluate("""it => {
            const { x, y, width, height } = it.getBoundingClientRect();
            return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }""")
        assert (path, on_top) == (path, True)


@pytest.mark.parametrize("path", ["/processen", f"/processen/{SOORT}/1", DRAFT, "/sturing"])
def test_nothing_scrolls_sideways(petra: "Page", address: str, path: str) -> None:
    wide = {}
    for width in (320, 390, 640, 768, 900, 1024, 1180, 1280):
        petra.set_viewport_size({"width": width, "height": 800})
        petra.goto(address + path)
        wide[width] = petra.evaluate("document.documentElement.scrollWidth")
    assert wide == {width: width for width in wide}


def test_a_phone_shows_the_steps_and_draws_when_it_is_turned(petra: "Page", address: str) -> None:
    petra.set_viewport_size({"width": 390, "height": 844})
    petra.goto(address + DRAFT)
    assert petra.locator("#canvas").is_visible() is False
    assert "Ontvangst vastleggen" in petra.locator("#stappen").inner_text()
    petra.set_viewport_size({"width": 1000, "height": 390})
    petra.wait_for_selector("#canvas[data-ready]")
