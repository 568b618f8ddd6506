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
from bedrijfsbureau.worker import work_off
from tests.conftest import CHROMIUM_FLAGS
from tests.databases import SECRET
from tests.e2e.server import serving

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
SOORT = "asiel-pact"
POLICY = f"/processen/{SOORT}/beleid"


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


def chasing(page: Page) -> None:
    page.goto("/rappel")


def chased(page: Page) -> None:
    page.goto("/rappel/partij?naam=tolkenplanning")


def learning(page: Page) -> None:
    page.goto(f"/leren?soort={SOORT}")


def forecast(page: Page) -> None:
    page.goto("/sturing/prognose")


def most_helpful(page: Page) -> None:
    page.goto("/werkvoorraad/mijn-team?volgorde=helpt-het-meest")


def postvak(page: Page) -> None:
    page.goto("/postvak")
    page.locator(".glance summary").first.click()
    page.locator(".glance[open] img").evaluate("picture => picture.decode()")


def told(page: Page) -> None:
    page.goto("/gehoren")


def row(page: Page) -> None:
    """A draft is begun, and one point weighs otherwise."""
    page.goto(POLICY)
    page.get_by_role("button", name="Beleid wijzigen").click()
    page.locator("#punt-TAL02").get_by_role("link").first.click()
    page.get_by_label("adviseert").check()
    page.get_by_role("button", name="Bewaren en hier blijven").click()


def setting(page: Page) -> None:
    address = f"{POLICY}/concept/instellingen/adres_bevestiging_dagen"
    page.goto(address)
    page.get_by_label("Waarde", exact=True).fill("30")
    page.get_by_label("Waarop de waarde berust").fill("Afspraak met het COA, 1 november 2026")
    page.get_by_label("Deze waarde is bevestigd").check()
    page.get_by_role("button", name="Bewaren").click()
    page.goto(address)


def trial(page: Page) -> None:
    page.goto(f"{POLICY}/concept")
    page.get_by_role("button", name="Proberen").click()
    page.locator("#stand").wait_for()


def versions(page: Page) -> None:
    """What is in force, once the draft is offered."""
    page.goto(f"{POLICY}/concept")
    page.get_by_label("Wat verandert er, en waarom?").fill("De tolk mag na de vrijgave worden bevestigd.")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("button", name="Aanbieden").click()
    page.goto(POLICY)


def approve(page: Page) -> None:
    page.goto(f"{POLICY}/concept")
    page.get_by_text("Goedkeuren en publiceren").click()


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
    "punt": ("petra", row),
    "instelling": ("petra", setting),
    "proef": ("petra", trial),
    "beleid-versies": ("petra", versions),
    "beleid": ("quinten", approve),
    "rappel": ("anna", chasing),
    "rappel-partij": ("anna", chased),
    "leren": ("petra", learning),
    "prognose": ("marit", forecast),
    "helpt-het-meest": ("bram", most_helpful),
    "postvak": ("anna", postvak),
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
            if name == "proef":
                wait_for_the_worker(database, page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")


def wait_for_the_worker(database: Database, page: Page) -> None:
    while work_off(database, lambda: NOW, lambda row: None):
        pass
    page.reload()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as database, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS)
        with serving(database, lambda: NOW) as address:
            take(browser, database, address)
            browser.close()


if __name__ == "__main__":
    main()
