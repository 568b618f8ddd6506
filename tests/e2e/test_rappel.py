"""One story in the browser: asked on the dossier, chased by a list, answered by a stuk that comes in."""

from datetime import datetime

import pytest

from bedrijfsbureau.database import Database
from tests.e2e.conftest import SignIn
from tests.e2e.released import open_dossier


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_asked_is_followed_until_it_is_handed_over(
    office: Database, sign_in: SignIn, now: datetime, address: str
) -> None:
    dossier_id = open_dossier(office, now, "Nadia Haddad", leave=frozenset({"t_tolk"}))
    anna = sign_in("anna")
    anna.goto(f"{address}/dossiers/{dossier_id}")
    anna.locator("#punt-TAL02 > details > summary").click()
    anna.locator("#punt-TAL02 summary", has_text="Opvragen").click()
    anna.locator("#tekst-TAL02").fill("Graag een vrouw.")
    anna.locator("#punt-TAL02").get_by_role("button", name="Verzoek versturen").click()
    assert "gaat mee met het volgende bericht" in anna.locator(".flash").inner_text()

    anna.get_by_role("link", name="Rappel", exact=True).click()
    anna.get_by_role("link", name="tolkenplanning").first.click()
    letter = anna.locator(".letter").inner_text()
    assert "- D-2026-00001: Tolk geboekt en bevestigd." in letter
    anna.get_by_role("link", name="D-2026-00001").click()
    assert "Wacht op antwoord" in anna.locator("main").inner_text()
