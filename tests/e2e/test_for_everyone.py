"""Every main page, in light and in dark: its structure, its widths, and the rules of WCAG."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.drafting import policy_drafts, policy_instellingen
from bedrijfsbureau.actions.drafting.policy_instellingen import Filled
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.previewing import previews
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Role, Task, TaskStatus
from bedrijfsbureau.worker import work_off
from tests.e2e import looking
from tests.e2e.conftest import SignIn
from tests.e2e.office import SOORT, hire
from tests.e2e.released import actor, open_dossier

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TABS = ("", "/taken", "/stukken", "/gegevens", "/gegevens/persoon", "/termijnen", "/verzoeken", "/verloop", "/proces")
RULES = ("/termijnregels", "/termijnregels/beslistermijn-pact")
POLICY = f"/processen/{SOORT}/beleid"
DIAGRAMS = ("/proces", f"/processen/{SOORT}/1", f"/processen/{SOORT}/concept")  # how their addresses end


@pytest.fixture
def whole_office(office: Database, dossier: Dossier, now: datetime) -> dict[str, list[str]]:
    """Username -> the pages of their role, of an office with a fresh dossier, one nearly done and one released."""
    with transaction(office, SYSTEM, now) as tx:
        hire(tx, "petra", "Petra Lam", Role.PROCESEIGENAAR, None)
        hire(tx, "marit", "Marit Bos", Role.MANAGER, None)
    busy = open_dossier(office, now, "Leyla Demir", leave=frozenset({"t_tolk"}))
    released = open_dossier(office, now, "Amina Saleh")
    fallen = open_dossier(office, now, "Dawit Tekle")
    perform(office, SYSTEM, now, dossiers.change_gegevens, fallen, {"taal.gehoortaal": None})
    tried = try_a_draft(office, now)
    with reading(office, SYSTEM, now) as tx:
        is_open = select(Task.id).where(Task.dossier_id == busy, Task.status == TaskStatus.OPEN)
        task_id = tx.session.scalars(is_open).first()
    lists = ["/postvak", "/werkvoorraad", "/werkvoorraad/mijn-locatie", "/werkvoorraad/teruggezonden", "/dossiers"]
    return {
        "bram": [*lists, "/zoeken", "/vrijstellingen", f"/dossiers/{fallen}", f"/taken/{task_id}",
                 *(f"/dossiers/{busy}{tab}" for tab in TABS)],
        "hana": ["/gehoren", f"/gehoren/{released}", f"/dossiers/{released}"],
        "marit": ["/sturing", "/processen", "/risicolijst", "/rappel", "/leren", f"/leren/{SOORT}/TAL02",
                  "/sturing/prognose", "/werkvoorraad/mijn-locatie?volgorde=helpt-het-meest"],
        "petra": ["/rappel/teksten", "/rappel/teksten/tekst?partij=AVIM", *RULES, "/leren", "/processen",
                  f"/processen/{SOORT}/1", f"/processen/{SOORT}/concept", f"{POLICY}/concept",
                  f"{POLICY}/concept/punten/TAL01", f"{POLICY}/concept/instellingen/gezin_samen_plannen",
                  f"{POLICY}/proeven/{tried}"],
    }  # fmt: skip


def try_a_draft(office: Database, now: datetime) -> int:
    """A draft of the policy that says something else than the one in force, tried on all dossiers; the preview."""
    petra = actor(office, now, "petra")
    draft = perform(office, petra, now, policy_drafts.begin, SOORT)
    for name in ("gezin_samen_plannen", "herinnering_na"):
        filled = Filled("", "Wat dit betekent", "[I]", False)
        perform(office, petra, now, policy_instellingen.save_instelling, draft.id, name, filled)
    changed = {**next(row for row in draft.policy["punten"] if row["code"] == "TAL01"), "blokkeert": False}
    perform(office, petra, now, policy_drafts.save_row, draft.id, changed, instead_of="TAL01")
    tried: int = perform(office, petra, now, previews.start, draft.id).id
    while work_off(office, lambda: now, lambda row: None):
        pass
    return tried


def look(page: "Page", path: str, theme: str) -> Iterator[str]:
    """What is wrong with the page. Of the dark one only colours can differ."""
    if path.endswith(DIAGRAMS):
        yield from looking.mark(page)
    if theme == "light":
        yield from looking.structure(page)
        yield from looking.too_wide(page)
    yield from looking.broken_rules(page, only_contrast=theme == "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_for_everyone(
    whole_office: dict[str, list[str]], sign_in: SignIn, address: str, theme: str
) -> None:
    found = {}
    for username, paths in whole_office.items():
        page = sign_in(username, color_scheme=theme)
        for path in paths:
            page.goto(address + path)
            if path.startswith("/taken/") and theme == "light":
                take = page.get_by_role("button", name="Taak nemen")
                take.click()
                take.wait_for(state="detached")
                page.wait_for_load_state()  # the page of one's own task
            found[f"{username} {path}"] = list(look(page, path, theme))
    page = sign_in("bram", color_scheme=theme)
    page.context.clear_cookies()
    page.goto(f"{address}/inloggen")
    found["/inloggen"] = list(look(page, "/inloggen", theme))
    assert {path: problems for path, problems in found.items() if problems} == {}
