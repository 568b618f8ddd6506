"""What only a browser can tell: scripts, styles under the policy, keyboard, widths."""

from typing import TYPE_CHECKING

import pytest

from tests.web.office import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 390, 640, 768, 900, 1024, 1180, 1280)


@pytest.fixture
def noor(address: str, page: "Page") -> "Page":
    """A browser in which Noor has logged in; it closes before the server does."""
    page.goto(f"{address}/inloggen")
    page.fill("#gn", "noor")
    page.fill("#ww", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/werkvoorraad")
    return page


def test_rows_are_selected_and_given_back_by_keyboard(noor: "Page") -> None:
    bar = noor.locator(".bulk")
    assert not bar.is_visible()
    noor.locator("[data-row]").first.focus()
    for key in ("x", "ArrowDown", "x"):
        noor.keyboard.press(key)
    assert "2 taken geselecteerd" in bar.inner_text()
    noor.get_by_role("button", name="Terug naar team").click()
    assert "2 taken terug naar het team." in noor.locator(".last").inner_text()
    noor.get_by_role("button", name="Ongedaan maken").click()
    assert "2 taken genomen." in noor.locator(".last").inner_text()


def test_no_task_scrolls_sideways(noor: "Page", address: str, task_path: str) -> None:
    noor.goto(address + task_path)
    noor.get_by_role("button", name="Taak nemen").click()
    wide = {}
    for width in WIDTHS:
        noor.set_viewport_size({"width": width, "height": 800})
        wide[width] = noor.evaluate("document.documentElement.scrollWidth")
    assert wide == {width: width for width in WIDTHS}


@pytest.mark.parametrize("path", ["/werkvoorraad", "/werkvoorraad/mijn-locatie", "/zoeken", "/dossiers/99999"])
def test_no_page_scrolls_sideways(noor: "Page", address: str, path: str, complaints: list[str]) -> None:
    noor.goto(address + path)
    wide = {}
    for width in WIDTHS:
        noor.set_viewport_size({"width": width, "height": 800})
        wide[width] = noor.evaluate("document.documentElement.scrollWidth")
    assert wide == {width: width for width in WIDTHS}
    complaints[:] = [each for each in complaints if "status of 404" not in each]


@pytest.mark.parametrize("is_task", [False, True], ids=["worklist", "task"])
def test_ids_are_unique_and_references_lead_somewhere(
    noor: "Page", address: str, task_path: str, is_task: bool
) -> None:
    if is_task:
        noor.goto(address + task_path)
        noor.get_by_role("button", name="Taak nemen").click()
    found = noor.evaluate("""() => {
      const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
      const names = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'];
      const values = (name) => [...document.querySelectorAll(`[${name}]`)].map((each) => each.getAttribute(name));
      const references = names.flatMap(values).flatMap((value) => value.split(' '));
      return [ids.filter((id, at) => ids.indexOf(id) !== at), references.filter((id) => !ids.includes(id))];
    }""")
    assert found == [[], []]


def test_the_theme_is_kept_and_painted_at_once(noor: "Page") -> None:
    noor.locator("[data-theme-toggle]").click()
    assert noor.locator("html").get_attribute("data-theme") == "dark"
    noor.reload()
    assert noor.locator("html").get_attribute("data-theme") == "dark"


def test_the_worklist_works_without_a_script(browser: "object", address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:  # type: ignore[attr-defined]
        page = context.new_page()
        page.goto(f"{address}/inloggen")
        page.fill("#gn", "noor")
        page.fill("#ww", PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.get_by_label("Tolk boeken, D-2026-04711 selecteren").check()
        page.get_by_role("button", name="Terug naar team").click()
        assert "1 taak terug naar het team." in page.locator(".last").inner_text()


def test_what_one_types_is_saved_meanwhile(noor: "Page", address: str, task_path: str) -> None:
    noor.goto(address + task_path)
    noor.get_by_role("button", name="Taak nemen").click()
    noor.locator('[name="aanvraag.datum_indiening"]').wait_for()
    noor.wait_for_load_state()  # the field is there before the script that listens to it
    noor.fill('[name="aanvraag.datum_indiening"]', "20-11-2026")
    noor.locator("#bewaard").get_by_text("Concept bewaard om 09:00").wait_for()
    noor.reload()
    assert noor.input_value('[name="aanvraag.datum_indiening"]') == "20-11-2026"
