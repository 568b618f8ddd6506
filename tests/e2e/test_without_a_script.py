"""Everything a task needs works without JavaScript, and everything a worklist needs works without a mouse."""

from datetime import datetime

import pytest

from bedrijfsbureau.database import Database
from bedrijfsbureau.model import Dossier
from tests.e2e.conftest import SignIn
from tests.e2e.filling import complete
from tests.e2e.office import complete_dossier
from tests.e2e.released import open_dossier
from tests.intake.files import pdf

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = pdf("uitnodiging")


def test_a_task_and_a_stuk_without_a_script(
    office: Database, dossier: Dossier, sign_in: SignIn, now: datetime, address: str
) -> None:
    anna = sign_in("anna", java_script_enabled=False)
    anna.locator(".rail").get_by_role("link", name="Mijn team").click()
    anna.get_by_role("link", name="Screeningsformulier opnemen").click()
    anna.get_by_role("button", name="Taak nemen").click()
    complete(anna, complete_dossier(now)["gegevens"])
    assert "Screeningsformulier opnemen is afgerond" in anna.locator(".flash").inner_text()

    anna.goto(f"{address}/dossiers/{dossier.id}")
    anna.get_by_role("link", name="Stukken").click()
    anna.get_by_label("Soort stuk").select_option(label="Uitnodiging gehoor")
    file = {"name": "uitnodiging.pdf", "mimeType": "application/pdf", "buffer": PDF}
    anna.get_by_label("Bestanden").set_input_files(file)  # type: ignore[arg-type]
    anna.get_by_role("button", name="Toevoegen").click()
    assert "Het stuk is toegevoegd." in anna.locator(".flash").inner_text()
    with anna.expect_download() as download:
        anna.get_by_role("link", name="uitnodiging.pdf").click()
    assert download.value.path().read_bytes() == PDF


def test_the_worklist_with_the_keyboard_only(
    office: Database, dossier: Dossier, sign_in: SignIn, now: datetime, address: str
) -> None:
    """No click below: letters, arrows and Enter."""
    open_dossier(office, now, "Leyla Demir", leave=frozenset({"t_tolk", "t_uitnodiging"}))
    anna = sign_in("anna")
    keys = anna.keyboard
    keys.press("/")
    keys.type(dossier.number)
    keys.press("Enter")
    anna.wait_for_url(f"**/dossiers/{dossier.id}")
    anna.goto(f"{address}/werkvoorraad/mijn-team")

    names = anna.locator("[data-row]").all_inner_texts()
    anna.locator("[data-row]").first.focus()
    keys.press("ArrowDown")
    assert focused(anna) == names[1]
    keys.press("x")
    assert "1 taak geselecteerd" in anna.locator(".bulk").inner_text()
    keys.press("x")
    keys.press("ArrowUp")
    keys.press("Enter")
    anna.wait_for_url("**/taken/*")
    assert anna.locator("h1").inner_text() == names[0]

    anna.go_back()
    keys.press("n")
    assert focused(anna).startswith("Volgende taak")
    keys.press("Enter")
    anna.wait_for_url("**/taken/*")
    anna.get_by_role("button", name="Afronden en volgende").wait_for()


def focused(page: "object") -> str:
    return str(page.evaluate("document.activeElement.innerText"))  # type: ignore[attr-defined]
