"""The page on which a process owner moves running dossiers to another version."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Event, MovePlan, MoveRun
from bedrijfsbureau.worker import work_off
from tests.databases import Start
from tests.web import studio
from tests.web.office import PASSWORD
from tests.web.studio import FILE, SOORT, open_dossier, text
from tests.web.test_twice import form_at
from tests.web.test_worklist import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

LogIn = Callable[[str], FlaskClient]
PAGE = f"/processen/{SOORT}/2/verhuizen/1"
FIRST = "t01_ontvangst"  # where a dossier begins
WHY = f"({FIRST}) heeft geen tegenhanger in de nieuwe versie."


@pytest.fixture
def start() -> Start:
    return studio.START


@pytest.fixture
def published(office: Database, now: datetime) -> int:
    """Version 2, in which the step where the dossiers stand has another id; two dossiers run on version 1."""
    open_dossier(office, now)
    content = text().replace(f'"{FIRST}"', '"t01_nieuw"').replace(f">{FIRST}<", ">t01_nieuw<")
    content = content.replace('bb:form="t01_nieuw"', f'bb:form="{FIRST}"')
    draft = perform(office, SYSTEM, now, processes.save_draft, SOORT, {FILE: content})
    return perform(office, SYSTEM, now, processes.publish, draft.id).number


def work(office: Database, now: datetime) -> None:
    while work_off(office, lambda: now, lambda row: None):
        pass


def press(client: FlaskClient, what: str, times: int = 1) -> list[int]:
    """The button of this name on the page."""
    fields = fields_of(client, what)
    return [client.post(PAGE, data=fields).status_code for _ in range(times)]


def fields_of(client: FlaskClient, what: str) -> dict[str, str]:
    if what == "proef":  # it goes with the plan
        return form_at(client, PAGE, f"{PAGE}/plan") | {"actie": what}
    html = client.get(PAGE).text
    form = next(each for each in re.findall(r"<form.*?</form>", html, re.S) if f'name="actie" value="{what}"' in each)
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def save(client: FlaskClient, **chosen: str) -> int:
    fields = form_at(client, PAGE, f"{PAGE}/plan") | {f"stap.{name}": value for name, value in chosen.items()}
    return client.post(f"{PAGE}/plan", data=fields).status_code


def test_from_the_version_to_a_plan_a_try_a_move_and_back(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    version = client.get(f"/processen/{SOORT}/{published}").text
    assert "2 dossiers lopen nog op versie 1." in text_of(version)
    assert f'href="{PAGE}"' in version

    assert save(client, **{FIRST: ""}) == 302
    assert press(client, "proef") == [302]
    work(office, now)
    page = text_of(client.get(PAGE).text)
    assert "Proef: klaar. 2 van 2 dossiers gedaan. 0 dossiers kunnen verhuizen, 2 blijven achter." in page
    assert "2 dossiers: Stap 'Ontvangst vastleggen' " + WHY in unescape(page)
    assert "Verhuizing starten" not in page

    assert save(client, **{FIRST: "t01_nieuw"}) == 302
    press(client, "proef")
    work(office, now)
    assert press(client, "verhuizen", times=2) == [302, 302]
    work(office, now)
    page = text_of(client.get(PAGE).text)
    assert "Verhuizing: klaar. 2 van 2 dossiers gedaan. 2 dossiers zijn verhuisd, 0 blijven achter." in page
    assert "Er staat geen lopend dossier meer op versie 1." in page

    press(client, "terugzetten")
    work(office, now)
    assert "2 dossiers zijn teruggezet" in text_of(client.get(PAGE).text)
    with reading(office, SYSTEM, now) as tx:
        told = tx.session.execute(
            select(Event.actor, func.count()).where(Event.kind == "proces_gewijzigd").group_by(Event.actor)
        )
        assert [tuple(row) for row in told] == [("Petra Lam", 4)]
        assert tx.session.scalar(select(func.count(MoveRun.id))) == 4


def test_pausing_going_on_and_stopping(
    log_in: LogIn, office: Database, now: datetime, published: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedrijfsbureau.worker.moves.PAGE", 1)
    client = log_in("petra")
    press(client, "proef")
    work_off(office, lambda: now, lambda row: None)
    assert "1 van 2 dossiers gedaan" in text_of(client.get(f"{PAGE}/stand").text)
    assert 'hx-trigger="every 2s"' in client.get(PAGE).text
    press(client, "pauzeren")
    work(office, now)
    page = client.get(PAGE).text
    assert "Proef: gepauzeerd. 1 van 2 dossiers gedaan." in text_of(page)
    assert "hx-trigger" not in page
    assert save(client) == 409
    press(client, "verder")
    work(office, now)
    assert "Proef: klaar. 2 van 2 dossiers gedaan." in text_of(client.get(PAGE).text)
    press(client, "proef")
    press(client, "stoppen")
    work(office, now)
    assert "Proef: gestopt. 0 van 2 dossiers gedaan." in text_of(client.get(PAGE).text)


def test_a_try_is_with_the_plan_as_it_is_on_the_screen(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    posted = fields_of(client, "proef") | {f"stap.{FIRST}": ""}
    assert [client.post(PAGE, data=posted).status_code for _ in range(2)] == [302, 302]
    work(office, now)
    page = text_of(client.get(PAGE).text)
    assert "0 dossiers kunnen verhuizen, 2 blijven achter." in page
    with reading(office, SYSTEM, now) as tx:
        assert tx.session.scalars(select(MovePlan.mapping)).one()[FIRST] is None


def test_two_steps_that_become_one_are_something_to_check(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    tasks = re.findall(r'name="stap\.(t\d\d_[a-z_]+)"', client.get(PAGE).text)
    other = next(each for each in tasks if each != FIRST)
    assert save(client, **{FIRST: other}) == 302
    page = text_of(client.get(PAGE).text)
    assert page.count("Er wordt nog een stap deze stap; dossiers die hier staan, kunnen dan niet") == 2


def test_putting_back_what_is_back_says_so_on_the_page_itself(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    press(client, "proef")
    work(office, now)
    press(client, "verhuizen")
    work(office, now)
    press(client, "terugzetten")
    work(office, now)
    again = client.post(PAGE, data=fields_of(client, "terugzetten"), follow_redirects=True)
    assert "Er zijn geen lopende dossiers om dit mee te doen." in again.text


def test_a_button_that_is_pressed_too_late_says_so_on_the_page_itself(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    press(client, "proef")
    pause = fields_of(client, "pauzeren")
    work(office, now)
    late = client.post(PAGE, data=pause, follow_redirects=True)
    assert late.status_code == 200
    assert "Dat kon niet meer: deze verhuizing was intussen klaar" in late.text
    assert "Proef: klaar. 2 van 2 dossiers gedaan." in text_of(late.text)


def test_who_may_see_dossiers_gets_links_and_no_buttons(
    log_in: LogIn, office: Database, now: datetime, published: int
) -> None:
    client = log_in("petra")
    save(client, **{FIRST: ""})
    press(client, "proef")
    work(office, now)
    for username, has_links in (("petra", False), ("marit", True)):
        page = log_in(username).get(PAGE).text
        assert (re.search(r'href="/dossiers/\d+"', page) is not None) == has_links
        assert ("<select" in page) != has_links
    assert log_in("noor").get(PAGE).status_code == 403
    seen = log_in("marit")
    fields = {"actie": "proef", "csrf_token": form_at(seen, "/processen", "/voorkeuren").get("csrf_token", "")}
    assert seen.post(PAGE, data=fields).status_code == 403
    assert client.get(f"/processen/{SOORT}/2/verhuizen/9").status_code == 404


def test_in_a_browser_the_page_follows_the_worker(
    address: str, page: "Page", office: Database, now: datetime, published: int
) -> None:
    page.goto(f"{address}/inloggen")
    page.fill("#gn", "petra")
    page.fill("#ww", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/processen")
    page.goto(f"{address}{PAGE}")
    page.get_by_role("button", name="Proef doen").click()
    page.get_by_text("Proef: bezig.").wait_for()
    assert page.get_by_role("button", name="Verhuizing starten").count() == 0
    work(office, now)
    page.get_by_role("button", name="Verhuizing starten").wait_for()
    page.get_by_role("button", name="Verhuizing starten").click()
    page.get_by_text("Verhuizing: bezig.").wait_for()
    work(office, now)
    page.get_by_text("2 dossiers zijn verhuisd").wait_for()
    page.get_by_role("button", name="Terugzetten").wait_for()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
