"""What the menus of the editor offer is what the engine runs."""

import re

import pytest
from playwright.sync_api import Page, expect

from bedrijfsbureau import engine
from tests.frontend.site import Site
from tests.frontend.test_modeler import choose, editor, last

__all__ = ["editor"]

REFUSED = re.compile(r"cancel|compensation|complex|script|transaction|replace-with-task$")
TASKS = ["user", "service", "send", "receive", "manual", "rule"]
WAITS = ["message", "timer", "conditional", "signal"]


def offered(page: Page, element: str) -> list[str]:
    """Ids of what an element may become, as its menu has them."""
    choose(page, element)
    page.locator(".djs-context-pad.open [data-action=replace]").click()
    page.locator(".djs-popup").wait_for()
    found: list[str] = page.locator(".djs-popup .entry[data-id^=replace-with-]").evaluate_all(
        "entries => entries.map(entry => entry.dataset.id.replace('replace-with-', ''))"
    )
    page.keyboard.press("Escape")
    return found


@pytest.mark.parametrize("element", ["start", "t_tolk", "g", "r", "b", "einde"])
def test_nothing_that_is_refused_is_offered(editor: Page, element: str) -> None:
    found = offered(editor, element)
    assert found != []
    assert [each for each in found if REFUSED.search(f"replace-with-{each}")] == []


def test_what_is_run_is_still_offered(editor: Page) -> None:
    assert {f"{kind}-task" for kind in TASKS} - {"user-task"} <= set(offered(editor, "t_tolk"))
    assert offered(editor, "g") == ["parallel-gateway", "inclusive-gateway", "event-based-gateway"]
    assert offered(editor, "start") == ["none-intermediate-throwing", "none-end"]


def test_a_border_offers_what_its_activity_can_have(editor: Page) -> None:
    found = [each.removesuffix("-boundary").removeprefix("non-interrupting-") for each in offered(editor, "b")]
    assert set(found) == set(WAITS)  # a task of a person throws no error and no escalation


def test_a_task_that_is_added_has_a_kind(site: Site, editor: Page) -> None:
    expect(editor.locator(".djs-palette .entry[data-action='create.data-object']")).to_have_count(0)
    choose(editor, "start")
    editor.locator(".djs-context-pad.open [data-action='append.append-task']").click()
    editor.get_by_role("button", name="Bewaren").click()
    expect(editor.locator("#saved")).to_have_text("Concept bewaard om 10:51")

    drawn = last(site, "/save").body
    assert (drawn.count("<bpmn:userTask"), "<bpmn:task" in drawn) == (2, False)
    assert "plain-task" not in {problem.code for problem in engine.check({"voorbeeld.bpmn": drawn.encode()})}


def test_a_task_from_the_palette_has_a_kind(site: Site, editor: Page) -> None:
    editor.locator(".djs-palette .entry[data-action='create.task']").click()
    editor.locator("#canvas").click(position={"x": 400, "y": 450})
    editor.get_by_role("button", name="Bewaren").click()
    expect(editor.locator("#saved")).to_have_text("Concept bewaard om 10:51")

    assert last(site, "/save").body.count("<bpmn:userTask") == 2
