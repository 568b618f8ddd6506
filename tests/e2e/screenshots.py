"""Takes the pictures of the docs from the example dossiers of the demo: `python -m tests.e2e.screenshots`.

CHROMIUM names the browser, as `python3 bb test` prints it. The dossiers, the moment and the window are always the same,
so that a picture changes only when its screen does.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from bedrijfsbureau.actions import people
from bedrijfsbureau.cli import sample, schema
from bedrijfsbureau.database import Database, connect, transaction
from bedrijfsbureau.model import SYSTEM, Medewerker
from tests.conftest import CHROMIUM_FLAGS
from tests.databases import SECRET
from tests.e2e.server import serving

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
SOORT = "asiel-pact"


def worklist(page: Page) -> None:
    """Six tasks of the team are taken first: a list with nothing in it shows nothing."""
    page.goto("/werkvoorraad/mijn-team")
    for box in page.locator("tbody .check input").all()[:6]:
        box.check()
    page.get_by_role("button", name="Taken nemen").click()
    page.locator(".rail").get_by_role("link", name="Mijn taken").click()
    page.locator("[data-row]").nth(1).focus()


def task(page: Page) -> None:
    page.goto("/werkvoorraad/mijn-locatie?taak=Tolk boeken")
    page.locator("[data-row]").first.click()
    if page.get_by_role("button", name="Taak nemen").is_visible():
        page.get_by_role("button", name="Taak nemen").click()


def dossier(page: Page) -> None:
    page.goto("/dossiers")
    page.get_by_role("row").filter(has_text="Nadia Haddad").locator("[data-row], .dos").first.click()


def gehoren(page: Page) -> None:
    page.goto("/gehoren")
    page.get_by_role("link", name="Eerste gehoor openen").click()


def processes(page: Page) -> None:
    page.goto(f"/processen/{SOORT}/1")
    page.locator("#canvas[data-ready]").wait_for()


def editor(page: Page) -> None:
    page.goto(f"/processen/{SOORT}/concept")
    page.locator("#canvas[data-ready]").wait_for()
    page.locator("[data-element-id=t_regietafel] .djs-hit").first.click(force=True)


def overview(page: Page) -> None:
    page.goto("/sturing")


def terms(page: Page) -> None:
    dossier(page)
    page.locator(".tabs").get_by_role("link", name="Termijnen").click()
    page.locator(".ask", has_text="Opschorten").first.locator("summary").click()


def risk(page: Page) -> None:
    page.goto("/risicolijst")


def rules(page: Page) -> None:
    page.goto("/termijnregels")


def let_go(page: Page) -> None:
    """What to fill in; nothing is sent."""
    page.goto("/dossiers")
    form = page.locator("details.ask", has_text="Vrijst").first
    for address in [link.get_attribute("href") for link in page.locator("[data-row]").all()]:
        page.goto(address or "")
        if form.count():
            break
    form.locator("xpath=ancestor::details").first.locator("summary").first.click()
    form.locator("summary").click()
    form.get_by_label("Op welke grond?").select_option(index=1)


def no_longer_ready(page: Page) -> None:
    """A stuk of a released dossier is taken back; this changes the dossiers, so it comes last."""
    page.goto("/dossiers?fase=vrijgegeven")
    page.locator("[data-row]").first.click()
    address = page.url
    page.goto(f"{address}/stukken")
    form = page.locator("form[action$='/intrekken']").first
    form.locator("xpath=ancestor::details").last.locator("summary").first.click()
    form.locator("[name=reden]").fill("hoort bij een ander")
    form.get_by_role("button").click()
    page.goto(address)


def told(page: Page) -> None:
    page.goto("/gehoren")


SCREENS: dict[str, tuple[str, Callable[[Page], None]]] = {  # file -> who looks, and the way there
    "werkvoorraad": ("anna", worklist),
    "taak": ("anna", task),
    "dossier": ("anna", dossier),
    "gehoren": ("hana", gehoren),
    "processen": ("petra", processes),
    "editor": ("petra", editor),
    "sturing": ("marit", overview),
    "termijnen": ("anna", terms),
    "risicolijst": ("marit", risk),
    "termijnregels": ("petra", rules),
    "vrijstelling": ("marit", let_go),
    "niet-meer-klaar": ("anna", no_longer_ready),
    "gehoren-melding": ("hana", told),
}


@contextmanager
def demo(folder: Path) -> Iterator[Database]:
    database = connect(f"sqlite:///{folder / 'demo.sqlite'}", SECRET, folder / "stukken")
    schema.upgrade(database.engine)
    sample.load(database, NOW)
    yield database
    database.dispose()


def login_link(database: Database, username: str) -> str:
    with transaction(database, SYSTEM, NOW) as tx:
        found = tx.session.scalars(select(Medewerker.id).where(Medewerker.username == username)).one()
        return f"/inloggen/{people.create_login_link(tx, found, timedelta(hours=1))}"


def take(browser: Browser, database: Database, address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    window = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light", "base_url": address}
    with browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", **window) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/inloggen")
        page.screenshot(path=FOLDER / "login.png")
        for name, (username, go) in SCREENS.items():
            context.clear_cookies()
            page.goto(login_link(database, username))
            page.get_by_role("button", name="Inloggen").click()
            go(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as database, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS)
        with serving(database, lambda: NOW) as address:
            take(browser, database, address)
            browser.close()


if __name__ == "__main__":
    main()
