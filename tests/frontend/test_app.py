import pytest
from playwright.sync_api import Page, expect

from tests.frontend.site import Site

HEAD = '<meta name="csrf-token" content="token"><script type=module src=/dist/app.js></script>'
LIST = """
<form><input id=zoek></form> <button data-theme-toggle>Licht of donker</button>
<details class=who><summary>U</summary><a href=/uit>Uitloggen</a></details>
<div class=bulk hidden><span data-n data-one="1 taak geselecteerd" data-many="{n} taken geselecteerd"></span>
  <button data-clear>Wissen</button></div>
<table><thead><tr><th class=check><input type=checkbox aria-label=alle></th><th>Taak</th></tr></thead><tbody>
<tr><td class=check><input type=checkbox aria-label=een></td><td><a data-row href=/taak/1>Een</a></td></tr>
<tr><td class=check><input type=checkbox aria-label=twee></td><td><a data-row href=/taak/2>Twee</a></td></tr>
</tbody></table>
<a data-next href=/volgende>Volgende taak</a>
<dialog id=toetsen><label><input type=checkbox id=toetsen-uit>Toetsen uit</label><button data-close>x</button></dialog>
<p id=geen-verbinding role=alert hidden>Geen verbinding.</p>
<form hx-post=/opslaan hx-target=#deel><button>Opslaan</button></form><div id=deel></div>
"""


@pytest.fixture
def worklist(site: Site, page: Page) -> Page:
    for path in ("/taak/1", "/taak/2", "/volgende"):
        site.show(f"<h1>{path}</h1>", path=path)
    page.goto(site.show(LIST, HEAD))
    page.wait_for_function("document.documentElement.dataset.density")
    return page


def test_arrows_walk_rows_x_selects_and_enter_opens(worklist: Page) -> None:
    worklist.get_by_role("link", name="Een").focus()
    worklist.keyboard.press("x")
    expect(worklist.locator("[data-n]")).to_have_text("1 taak geselecteerd")

    worklist.keyboard.press("ArrowDown")
    expect(worklist.get_by_role("link", name="Twee")).to_be_focused()
    worklist.keyboard.press("x")
    expect(worklist.locator("[data-n]")).to_have_text("2 taken geselecteerd")
    expect(worklist.get_by_label("alle")).to_be_checked()

    worklist.keyboard.press("Enter")
    expect(worklist.get_by_role("heading")).to_have_text("/taak/2")


def test_slash_goes_to_search_where_letters_are_letters(worklist: Page) -> None:
    worklist.keyboard.press("/")
    expect(worklist.locator("#zoek")).to_be_focused()

    worklist.keyboard.type("n/x")

    expect(worklist.locator("#zoek")).to_have_value("n/x")


def test_n_goes_to_the_button_for_the_next_task_and_enter_takes_it(worklist: Page) -> None:
    worklist.keyboard.press("n")
    expect(worklist.get_by_role("link", name="Volgende taak")).to_be_focused()

    worklist.keyboard.press("Enter")

    expect(worklist.get_by_role("heading")).to_have_text("/volgende")


def test_keys_can_be_switched_off_and_stay_off(worklist: Page) -> None:
    worklist.keyboard.press("?")
    worklist.get_by_label("Toetsen uit").check()
    worklist.reload()
    worklist.wait_for_function("document.documentElement.dataset.density")

    worklist.keyboard.press("/")

    expect(worklist.locator("#zoek")).not_to_be_focused()
    expect(worklist.locator("#toetsen-uit")).to_be_checked()


def test_choosing_all_and_clearing(worklist: Page) -> None:
    worklist.get_by_label("alle").check()
    expect(worklist.locator("tbody tr.on")).to_have_count(2)

    worklist.get_by_role("button", name="Wissen").click()

    expect(worklist.locator("tbody tr.on")).to_have_count(0)
    expect(worklist.locator(".bulk")).to_be_hidden()


def test_the_theme_is_remembered(worklist: Page) -> None:
    worklist.get_by_role("button", name="Licht of donker").click()
    chosen = worklist.locator("html").get_attribute("data-theme")

    worklist.reload()

    expect(worklist.locator("html")).to_have_attribute("data-theme", chosen or "")


def test_escape_closes_a_menu_and_gives_the_focus_back(worklist: Page) -> None:
    worklist.locator("summary").click()
    worklist.get_by_role("link", name="Uitloggen").focus()

    worklist.keyboard.press("Escape")

    expect(worklist.locator("details.who")).not_to_have_attribute("open", "")
    expect(worklist.locator("summary")).to_be_focused()


def test_a_part_is_swapped_with_the_token_sent(site: Site, worklist: Page) -> None:
    site.pages["/opslaan"] = ("text/html", "<p>Bewaard</p>")

    worklist.get_by_role("button", name="Opslaan").click()

    expect(worklist.locator("#deel")).to_have_text("Bewaard")
    assert [request.headers["X-CSRFToken"] for request in site.posted] == ["token"]


def test_an_error_page_takes_the_whole_page(site: Site, worklist: Page, complaints: list[str]) -> None:
    document = "<!doctype html><html lang=nl><head><title>Fout</title></head><body><h1>Dat ging mis</h1></body></html>"
    site.pages["/opslaan"] = lambda request: (500, "text/html", document)

    worklist.get_by_role("button", name="Opslaan").click()

    expect(worklist.get_by_role("heading")).to_have_text("Dat ging mis")
    expect(worklist.locator("table")).to_have_count(0)
    complaints.clear()  # the browser notes the 500


def test_a_lost_connection_is_said_and_the_page_stays(worklist: Page, complaints: list[str]) -> None:
    worklist.context.set_offline(True)

    worklist.get_by_role("button", name="Opslaan").click()

    expect(worklist.locator("#geen-verbinding")).to_be_visible()
    expect(worklist.locator("table")).to_be_visible()
    worklist.context.set_offline(False)
    complaints.clear()
