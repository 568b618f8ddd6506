import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.frontend.site import Site

XML = ("application/xml", Path(__file__).with_name("example.bpmn").read_text())
HEAD = "<link rel=stylesheet href=/dist/viewer.css><link rel=stylesheet href=/page.css>"
CANVAS = '<div id=canvas data-xml-url=/model {more}></div><script type=module src=/dist/viewer.js></script>'


def open_viewer(site: Site, page: Page, more: str = "") -> None:
    site.pages |= {"/model": XML, "/page.css": ("text/css", "#canvas { height: 400px }")}
    page.goto(site.show(CANVAS.format(more=more), HEAD))
    page.wait_for_selector("#canvas[data-ready]")


def test_the_diagram_shows_where_the_work_is(site: Site, page: Page) -> None:
    tokens = {"active": {"t_tolk": 61, "gone": 1}, "passed": ["start", "f1"], "incidents": ["r"]}
    site.pages["/tokens"] = ("application/json", json.dumps({**tokens, "links": {"t_tolk": "/werk"}}))

    open_viewer(site, page, "data-tokens-url=/tokens")

    expect(page.locator("a.token[href='/werk']")).to_have_text("61")
    marked = {name: page.locator(f".djs-element.{name}").evaluate_all("all => all.map(it => it.dataset.elementId)")
              for name in ("active", "passed", "incident")}
    assert marked == {"active": ["t_tolk"], "passed": ["start", "f1"], "incident": ["r"]}


def test_the_mark_of_bpmn_io_stays_visible(site: Site, page: Page) -> None:
    open_viewer(site, page)

    logo = page.locator(".bjs-powered-by")
    expect(logo).to_be_visible()
    on_top = logo.evaluate("""it => {
        const { x, y, width, height } = it.getBoundingClientRect();
        return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }""")
    assert on_top


def test_a_model_that_cannot_be_read_is_said_in_words(site: Site, page: Page, complaints: list[str]) -> None:
    site.pages |= {"/model": ("application/xml", "<broken"), "/page.css": ("text/css", "")}

    page.goto(site.show(CANVAS.format(more=""), HEAD))

    expect(page.get_by_role("alert")).to_contain_text("Het diagram kan niet worden getoond")
    complaints.clear()  # it also says so on the console
