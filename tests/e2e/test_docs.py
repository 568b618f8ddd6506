"""The docs say what the screens say, and their first lesson works as it is written."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from bedrijfsbureau.database import Database
from tests.e2e.conftest import SignIn
from tests.e2e.office import complete_dossier, shipped
from tests.e2e.released import open_dossier
from tests.web.messages import extracted

DOCS = Path(__file__).parents[2] / "docs"
LESSON = DOCS / "tutorial" / "first-dossier.md"
PAGES = [LESSON, *sorted((DOCS / "handleiding").glob("*.md"))]
EXPLAINED = {"Vette woorden", "bold words"}


def words_of_the_screens() -> set[str]:
    """Sentences of the templates, and the names in the process and its forms."""
    said = set()
    for message in extracted():
        said |= {str(message.id)} if isinstance(message.id, str) else set(map(str, message.id))
    content = "".join(shipped().files.values())
    return said | set(re.findall(r'"([^"\n]{2,80})"', content))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_bold_words_stand_on_a_screen(page: Path) -> None:
    bold = {" ".join(text.split()) for text in re.findall(r"\*\*(.+?)\*\*", page.read_text(), re.DOTALL)}
    assert sorted(bold - EXPLAINED - words_of_the_screens()) == []


@pytest.mark.parametrize("page", [DOCS / "index.md", *PAGES], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_first_lesson(office: Database, sign_in: SignIn, now: datetime, address: str) -> None:
    dossier_id = open_dossier(office, now, "Nadia Haddad", leave=frozenset({"t_tolk"}))
    complete = complete_dossier(now)["gegevens"]
    here, gehoor_op = f"{address}/dossiers/{dossier_id}", date.fromisoformat(complete["planning"]["gehoor_op"])

    anna = sign_in("anna")
    anna.get_by_role("link", name="Dossiers").click()
    anna.get_by_role("row").filter(has_text="Nadia Haddad").get_by_role("link").click()
    assert "Nog niet behandelklaar: 1 punt blokkeert" in anna.locator("main").inner_text()
    anna.get_by_role("link", name="Tolk boeken", exact=True).first.click()
    anna.get_by_role("button", name="Taak nemen").click()
    anna.get_by_role("group", name="Stand van de boeking").get_by_label("Bevestigd", exact=True).check()
    anna.get_by_label("Taal van de tolk").fill("ara")
    anna.get_by_role("group", name="Tolk is man of vrouw").get_by_label("Man", exact=True).check()
    anna.get_by_label("Tolk geboekt op").fill(f"{gehoor_op.day}-{gehoor_op.month}-{gehoor_op.year}")
    anna.get_by_role("button", name="Afronden en volgende").click()
    assert "Tolk boeken is afgerond" in anna.locator(".flash").inner_text()

    bram = sign_in("bram")
    bram.goto(here)
    assert "Behandelklaar" in bram.locator("h2").first.inner_text()
    bram.get_by_role("link", name="Dossier vrijgeven", exact=True).first.click()
    bram.get_by_role("button", name="Taak nemen").click()
    bram.get_by_role("button", name="Afronden en volgende").click()

    hana = sign_in("hana")
    assert hana.locator("h1").inner_text() == "Gehoren"
    hana.get_by_role("row").filter(has_text="Nadia Haddad").get_by_role("link").click()
    hana.get_by_role("button", name="Aanvaarden").click()
    assert "U hebt het dossier aanvaard." in hana.locator(".flash").inner_text()
