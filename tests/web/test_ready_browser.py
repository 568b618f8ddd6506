"""In a browser: a vrijstelling by two people, a stuk taken back after the vrijgave, a return by the hearing officer."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedrijfsbureau.actions import dossiers, people, stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Competence, Role, Stuk
from tests.web.office import PASSWORD, hashed

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = os.environ.get("SHOTS")


def shot(page: "Page", name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def as_colleague(address: str, page: "Page") -> Callable[[str], "Page"]:
    """Who sits behind the screen from now on."""

    def switch(username: str) -> "Page":
        page.context.clear_cookies()
        page.goto(f"{address}/inloggen")
        page.fill("#gn", username)
        page.fill("#ww", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "inloggen" not in url)
        return page

    return switch


@pytest.fixture
def sem(office: Database, now: datetime) -> str:
    """A senior of the bureau."""
    with transaction(office, SYSTEM, now) as tx:
        made = people.add_medewerker(
            tx, username="sem", name="Sem de Boer", role=Role.MEDEWERKER, locatie_id=1, teams=("BB",),
            competences=(Competence.SENIOR,),
        )  # fmt: skip
        made.password_hash = hashed()
    return "sem"


def opened(page: "Page", address: str, dossier_id: int, code: str) -> None:
    page.goto(f"{address}/dossiers/{dossier_id}")
    page.locator(f"#punt-{code} > details > summary").click()


def test_two_people_let_a_check_go(
    as_colleague: Callable[[str], "Page"], office: Database, now: datetime, address: str, complete: int, sem: str
) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, complete, {"medisch.uitkomst": None})
    page = as_colleague(sem)
    opened(page, address, complete, "MED02")
    item = page.locator("#punt-MED02")
    item.locator("summary", has_text="Vrijstelling aanvragen").click()
    item.get_by_label("Op welke grond?").select_option("Overmacht")
    item.get_by_label("Waarom is dit punt niet nodig?").fill("MediFirst kan dit jaar niet meer onderzoeken")
    item.get_by_label("Tot wanneer geldt dit?").fill("31-12-2026")
    shot(page, "vrijstelling-aanvragen")
    item.get_by_role("button", name="Vrijstelling aanvragen").click()
    opened(page, address, complete, "MED02")
    assert "Vrijstelling aangevraagd" in item.inner_text()
    assert item.get_by_role("button", name="Vrijstelling bevestigen").count() == 0  # not by the same person

    page = as_colleague("manon")
    page.goto(f"{address}/werkvoorraad")
    page.get_by_role("link", name="1 vrijstelling wacht op uw bevestiging").click()
    shot(page, "vrijstellingen")
    page.get_by_role("link", name="D-2026-06000").click()
    page.locator("#punt-MED02 > details > summary").click()
    shot(page, "vrijstelling-bevestigen")
    page.locator("#punt-MED02").get_by_role("button", name="Vrijstelling bevestigen").click()
    assert "Vrijgesteld" in page.locator("#punt-MED02").inner_text()
    assert "Sem de Boer en Manon Peters" in page.locator("#punt-MED02").inner_text()
    assert page.get_by_role("heading", name="Behandelklaar: niets blokkeert").is_visible()


def test_a_stuk_taken_back_after_the_vrijgave_is_told_and_seen(
    as_colleague: Callable[[str], "Page"], office: Database, now: datetime, address: str, released: int
) -> None:
    with reading(office, SYSTEM, now) as tx:
        (m35h,) = [s.id for s in tx.session.query(Stuk).where(Stuk.dossier_id == released) if s.soort == "m35h"]
    perform(office, SYSTEM, now, stukken.withdraw_stuk, m35h, "van een ander")

    page = as_colleague("noor")
    page.goto(f"{address}/dossiers/{released}")
    said = page.locator(".note.warn").inner_text()
    assert "Het stuk 'Aanvraag asiel (M35-H)' is ingetrokken (van een ander); daardoor zijn" in said
    assert "Gehoor gepland: ma 30 nov." in said
    shot(page, "niet-meer-klaar")
    page.locator("#punt-AAN01 > details > summary").click()
    assert "Komt Aanvraag asiel (M35-H) vandaag binnen, dan is het dossier behandelklaar." in (
        page.locator("#punt-AAN01").inner_text()
    )

    page = as_colleague("hanna")
    page.goto(f"{address}/gehoren")
    shot(page, "gehoren-melding")
    page.get_by_role("button", name="Gezien").click()
    assert page.get_by_role("button", name="Gezien").count() == 0
    assert "niet meer klaar" in page.locator("table").inner_text()


def test_what_the_hearing_officer_returns_says_so_on_the_dossier(
    as_colleague: Callable[[str], "Page"], address: str, released: int
) -> None:
    page = as_colleague("hanna")
    page.goto(f"{address}/gehoren/{released}")
    page.get_by_label("Welk punt klopt niet?").select_option("TAL02")
    page.get_by_label("Reden").select_option("onjuist")
    page.get_by_label("Wat is er nodig?").fill("een tolk die het dialect spreekt")
    page.locator("#terug").get_by_role("button", name="Terugzenden").click()
    shot(page, "teruggezonden")

    page = as_colleague("noor")
    page.goto(f"{address}/dossiers/{released}")
    assert "Hanna Vos zond het dossier terug (Niet juist); daardoor is" in (
        page.locator(".note.warn").inner_text()
    )
