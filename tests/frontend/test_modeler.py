import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.site import Request, Site

XML = Path(__file__).with_name("example.bpmn").read_text()
HEAD = "<link rel=stylesheet href=/dist/modeler.css><link rel=stylesheet href=/page.css>"
STYLE = "body { display: grid; grid-template-columns: 1fr 320px } #canvas, #properties { height: 600px }"
PAGE = """
<div id=canvas data-xml-url=/model data-save-url=/save data-check-url=/check data-csrf=token data-version=1></div>
<aside id=properties></aside><section id=findings></section>
<p id=saved role=status></p><button data-save>Bewaren</button>
<script type="application/json" id=choices>{"teams": [{"value": "TP", "label": "Planning tolken"},
  {"value": "BB", "label": "Bedrijfsbureau"}]}</script>
<script type=module src=/dist/modeler.js></script>
"""
DEAD_END = "Na de wachttijd gebeurt niets."
PROBLEM = {"element": "b", "line": 18, "code": "dead-end", "message": DEAD_END, "severity": "error"}


def answer(content: object, status: int = 200) -> tuple[int, str, str]:
    return status, "application/json", json.dumps(content)


@pytest.fixture
def editor(site: Site, page: Page) -> Page:
    site.pages |= {
        "/model": ("application/xml", XML),
        "/page.css": ("text/css", STYLE),
        "/save": lambda request: answer({"message": "Concept bewaard om 10:51", "version": "2"}),
        "/check": lambda request: answer({"problems": [PROBLEM]}),
    }
    page.goto(site.show(PAGE, HEAD))
    page.wait_for_selector("#canvas[data-ready]")
    return page


def choose(page: Page, element: str) -> None:
    page.locator(f"[data-element-id={element}] > .djs-hit").first.click(force=True)


def last(site: Site, path: str) -> Request:
    return [request for request in site.posted if request.path == path][-1]


def test_opening_a_model_checks_it_and_a_finding_leads_to_its_element(site: Site, editor: Page) -> None:
    expect(editor.locator("#findings")).to_contain_text("1 fout. Publiceren kan nog niet.")
    expect(editor.locator(".finding-badge.error")).to_have_attribute("title", f"Fout: {DEAD_END}")

    editor.get_by_role("button", name="Fout Te laat").click()

    expect(editor.locator("#properties .bio-properties-panel-header-label")).to_have_text("Te laat")
    assert 'bb:team="TP"' in last(site, "/check").body


def test_a_changed_field_is_saved_with_token_and_version(site: Site, editor: Page) -> None:
    choose(editor, "t_tolk")
    editor.get_by_label("Wie doet dit").select_option("Bedrijfsbureau")
    editor.get_by_label("Termijn").fill("= termijnen.tolk")
    expect(editor.locator("#saved")).to_have_text("Nog niet bewaard")

    editor.get_by_role("button", name="Bewaren").click()

    expect(editor.locator("#saved")).to_have_text("Concept bewaard om 10:51")
    saved = last(site, "/save")
    assert 'bb:team="BB"' in saved.body
    assert 'bb:due="= termijnen.tolk"' in saved.body
    assert (saved.headers["X-CSRFToken"], saved.headers["If-Match"]) == ("token", '"1"')
    assert last(site, "/check").headers["If-Match"] == '"2"'


@pytest.mark.parametrize(
    ("element", "label", "value"),
    [
        ("f3_label", "Neem deze weg als", "= not(gereedheid.planbaar)"),
        ("b", "Tot dit moment", "= termijnen.tolk"),
        ("r", "Beslistabel", "rvt"),
        ("t_tolk", "Vult deze punten", "TAL02"),
    ],
)
def test_each_kind_of_element_shows_its_own_fields(editor: Page, element: str, label: str, value: str) -> None:
    choose(editor, element)

    expect(editor.get_by_label(label)).to_have_value(value)


def test_the_default_flow_has_no_condition(editor: Page) -> None:
    choose(editor, "f4_label")

    expect(editor.locator("#properties")).to_contain_text("Verbinding als niets anders geldt")
    expect(editor.get_by_label("Neem deze weg als")).to_have_count(0)


def test_what_a_decision_writes_can_be_added_and_removed(site: Site, editor: Page) -> None:
    choose(editor, "r")
    group = editor.locator("[data-group-id=group-bb-writes]")
    removing = group.locator("button[title='Regel verwijderen']")
    rows = removing.count()
    removing.first.dispatch_event("click")
    expect(removing).to_have_count(rows - 1)  # only a row that is new among those that stand there opens itself
    group.locator("button[title='Regel toevoegen']").dispatch_event("click")
    group.get_by_label("Veld").fill("rvt.nieuw")

    editor.get_by_role("button", name="Bewaren").click()

    expect(editor.locator("#saved")).to_have_text("Concept bewaard om 10:51")
    body = last(site, "/save").body
    assert ("rvt.nieuw" in body, "rvt.grond" in body) == (True, False)


def test_a_refused_save_says_why_and_keeps_the_change(
    site: Site, editor: Page, complaints: list[str]
) -> None:
    site.pages["/save"] = lambda request: answer({"message": "Een collega was u voor."}, status=409)
    choose(editor, "t_tolk")
    editor.get_by_label("Vult deze punten").fill("TAL02 TEG02")

    editor.get_by_role("button", name="Bewaren").click()

    expect(editor.locator("#saved")).to_have_text("Een collega was u voor.")
    expect(editor.get_by_label("Vult deze punten")).to_have_value("TAL02 TEG02")
    complaints.clear()  # the browser notes the 409


def test_the_editor_speaks_dutch(editor: Page) -> None:
    for element in ("start", "t_tolk", "g", "r", "b", "einde"):
        choose(editor, element)
        editor.locator(".djs-context-pad.open [data-action=replace]").click()
        editor.locator(".djs-popup").wait_for()
        editor.keyboard.press("Escape")
    editor.keyboard.down("Shift")
    choose(editor, "r")
    editor.locator(".djs-context-pad.open [data-action=align-elements]").click()
    editor.locator(".djs-popup").wait_for()

    assert editor.evaluate("import('/dist/modeler.js').then(module => module.untranslated())") == []


def test_the_mark_of_bpmn_io_stays_visible(editor: Page) -> None:
    expect(editor.locator(".bjs-powered-by")).to_be_visible()
