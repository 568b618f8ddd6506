import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bedrijfsbureau.actions import dossiers, stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Stage, Stuk, Vrijgave
from tests.web.conftest import post
from tests.web.released import REMARK, add_complete, release, stored
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


def vrijgave_of(office: Database, now: datetime, dossier_id: int) -> Vrijgave:
    with reading(office, SYSTEM, now) as tx:
        query = select(Vrijgave).where(Vrijgave.dossier_id == dossier_id).order_by(Vrijgave.number.desc())
        return tx.session.scalars(query.limit(1)).one()


def pages(pdf: bytes) -> int:
    """The number of pages a PDF says it has."""
    found = re.findall(rb"/Type\s*/Pages\b.*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", pdf, re.DOTALL)
    return max(int(first or second) for first, second in found)


def test_the_list_says_when_and_what_changed(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    client = log_in("hanna")
    page = text_of(client.get("/gehoren").text)
    assert "1 dossier is vrijgegeven en wacht op aanvaarden. Er is niets gewijzigd sinds de vrijgave." in page
    assert re.search(r"Later 1 dossier ma 30 nov\. D-2026-06000", page)
    perform(office, SYSTEM, now, dossiers.change_gegevens, released, {"persoon.naam": "Ada Tesfay"})
    assert "1 is sinds de vrijgave gewijzigd." in text_of(client.get("/gehoren").text)


def test_the_list_is_by_day(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    client = log_in("hanna")
    for days, title in ((-1, "Voorbij, nog niet aanvaard"), (0, "Vandaag"), (2, "Deze week"), (9, "Later")):
        on = now.date() + timedelta(days=days)
        with transaction(office, SYSTEM, now) as tx:
            tx.session.execute(update(Dossier).where(Dossier.id == released).values(gehoor_op=on))
        assert f"{title} 1 dossier" in text_of(client.get("/gehoren").text)


def test_the_list_costs_the_same_for_one_and_for_three(
    log_in: LogIn, office: Database, now: datetime, released: int, statements: list[str]
) -> None:
    client = log_in("hanna")
    statements.clear()
    client.get("/gehoren")
    one = len(statements)
    for number in ("D-2026-06001", "D-2026-06002"):
        release(office, now, add_complete(office, now, number=number))
    statements.clear()
    page = client.get("/gehoren").text
    assert (page.count("data-row"), len(statements)) == (3 + 1, one)


def test_who_sees_the_gehoren(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    paths = ("/gehoren", f"/gehoren/{released}", f"/gehoren/{released}/omslag.pdf")
    expected = {"hanna": 200, "manon": 200, "aad": 200, "noor": 403, "bea": 403}
    for path in paths:
        assert {name: log_in(name).get(path).status_code for name in expected} == expected
    elsewhere = add_complete(office, now, "Zevenaar", "D-2026-06009")
    release(office, now, elsewhere)
    assert [log_in("hanna").get(f"/gehoren/{number}").status_code for number in (elsewhere, 99999)] == [404, 404]
    assert "D-2026-06009" not in log_in("hanna").get("/gehoren").text


def test_the_sealed_record_comes_first(log_in: LogIn, released: int) -> None:
    html = log_in("hanna").get(f"/gehoren/{released}").text
    page = text_of(html)
    assert page.index("Behandelklaar vrijgegeven") < page.index("Inventaris: ")
    assert "Vandaag 09:00 door systeem, vrijgave 1. Regels versie 2, proces versie 2." in page
    assert "Er is niets gewijzigd sinds de vrijgave." in page
    assert "Rapport aanmeldgehoor" in page
    assert f"Opmerking van het bedrijfsbureau {REMARK}" in page
    assert html.count('class="btn pri"') == 1
    assert "<b>Tesfai" not in html


def test_what_changed_stands_beside_what_was_sealed(
    log_in: LogIn, office: Database, now: datetime, released: int
) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, released, {"persoon.naam": "Ada Tesfay"})
    perform(office, SYSTEM, now, stukken.add_stuk, released, soort="loopbrief", received_on=now.date(), source="AVIM")
    page = text_of(log_in("hanna").get(f"/gehoren/{released}").text)
    assert "Ada &lt;b&gt;Tesfai&lt;/b&gt; → Ada Tesfay" in page
    assert "Nieuw stuk Loopbrief met afspraaknummer nieuw" in page
    assert "Er zijn 2 dingen gewijzigd sinds de vrijgave." in page


def test_a_seal_that_does_not_fit_is_said(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    sealed = vrijgave_of(office, now, released)
    with transaction(office, SYSTEM, now) as tx:
        changed = {**sealed.content, "by": "iemand anders"}
        tx.session.execute(update(Vrijgave).where(Vrijgave.id == sealed.id).values(content=changed))
    page = log_in("hanna").get(f"/gehoren/{released}").text
    assert "Dit zegel klopt niet" in page
    assert "Behandelklaar vrijgegeven" not in page


def test_accepting_happens_once(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    client, page = log_in("hanna"), f"/gehoren/{released}"
    assert post(client, f"{page}/aanvaarden", page).location == page
    assert stored(office, now, released).stage is Stage.AANVAARD
    shown = text_of(client.get(page).text)
    assert "Aanvaard vandaag 09:00 door Hanna Vos." in shown
    assert ("Terugzenden naar het bedrijfsbureau" in shown, "U hebt het dossier aanvaard." in shown) == (False, True)
    again = post(client, f"{page}/aanvaarden", page)
    assert again.status_code == 409
    assert "Hanna Vos heeft dit dossier al aanvaard." in again.text


def test_only_the_hoormedewerker_decides(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    fields = {"punt": "IDE01", "reden": "x"}
    for act in ("aanvaarden", "terugzenden"):
        path = f"/gehoren/{released}/{act}"
        found = {name: post(log_in(name), path, "/zoeken", **fields).status_code for name in ("noor", "manon", "aad")}
        assert found == {"noor": 403, "manon": 403, "aad": 403}
    assert stored(office, now, released).stage is Stage.VRIJGEGEVEN


def test_sending_back_opens_one_point_with_its_reason(
    log_in: LogIn, office: Database, now: datetime, released: int
) -> None:
    client, page = log_in("hanna"), f"/gehoren/{released}"
    fields = {"punt": "IDE01", "reden": "onjuist", "toelichting": "Kijk naar de geboortedatum."}
    assert post(client, f"{page}/terugzenden", page, **fields).location == page
    dossier = stored(office, now, released)
    assert (dossier.stage is Stage.VRIJGEGEVEN, dossier.verdicts["IDE01"]["state"] == "voldaan") == (False, False)
    shown = text_of(client.get(page).text)
    assert "Teruggezonden vandaag 09:00 door Hanna Vos." in shown
    assert "Niet juist. Kijk naar de geboortedatum." in shown
    assert "Terug bij het bedrijfsbureau 2 dossiers" in text_of(client.get("/gehoren").text)
    assert "Teruggezonden door de hoormedewerker" in client.get(f"/dossiers/{released}").text
    assert post(client, f"{page}/terugzenden", page, **fields).status_code == 409


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"punt": "", "reden": "onjuist"}, "Kies het punt dat niet klopt."),
        ({"punt": "IDE01", "reden": "zomaar", "toelichting": "blijft staan"}, "Kies een reden uit de lijst."),
        ({"punt": "IDE01", "reden": "onjuist", "toelichting": " "}, "Schrijf wat er nodig is."),
    ],
)
def test_sending_back_needs_a_point_and_a_reason(
    log_in: LogIn, office: Database, now: datetime, released: int, fields: dict[str, str], said: str
) -> None:
    page = f"/gehoren/{released}"
    answer = post(log_in("hanna"), f"{page}/terugzenden", page, **fields)
    assert (answer.status_code, said in answer.text, fields.get("toelichting", "") in answer.text) == (422, True, True)
    assert stored(office, now, released).stage is Stage.VRIJGEGEVEN


def test_a_withdrawn_vrijgave_is_shown_as_such(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    with reading(office, SYSTEM, now) as tx:
        query = select(Stuk.id).where(Stuk.dossier_id == released, Stuk.soort == "eurodac_bericht")
        stuk_id = tx.session.scalars(query).one()
    perform(office, SYSTEM, now, stukken.withdraw_stuk, stuk_id, "verkeerde persoon")
    page = log_in("hanna").get(f"/gehoren/{released}").text
    assert "De vrijgave is ingetrokken" in page
    assert "Aanvaarden</button>" not in page
    assert "ingetrokken" in text_of(page.split("Inventaris: ", 1)[1])


def test_the_cover_is_a_pdf_with_the_seal(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    answer = log_in("hanna").get(f"/gehoren/{released}/omslag.pdf")
    assert (answer.status_code, answer.content_type, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="D-2026-06000-omslag.pdf"'
    assert pages(answer.data) in (1, 2)
    assert b"D-2026-06000" in answer.data  # the title


def test_the_cover_shows_markup_as_text(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    hostile = '#panic("x") $1/0$ *vet* </script> ' + "\\" * 5 + '"'
    perform(office, SYSTEM, now, dossiers.change_gegevens, released, {"persoon.naam": hostile})
    answer = log_in("hanna").get(f"/gehoren/{released}/omslag.pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")


def test_the_whole_record_is_there_on_paper_and_as_it_was_sealed(
    log_in: LogIn, office: Database, now: datetime, released: int
) -> None:
    client, sealed = log_in("hanna"), vrijgave_of(office, now, released)
    assert "Hele vrijgave (JSON)" in client.get(f"/gehoren/{released}").text

    pdf = client.get(f"/gehoren/{released}/vrijgave.pdf")
    assert (pdf.content_type, pages(pdf.data) >= 2) == ("application/pdf", True)
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="D-2026-06000-vrijgave.pdf"'
    assert client.get(f"/gehoren/{released}/vrijgave.json").json == {"seal": sealed.seal, "content": sealed.content}

    planner = log_in("pim")  # sees no medical values
    assert planner.get(f"/gehoren/{released}/vrijgave.json").status_code == 403
    assert "Hele vrijgave (JSON)" not in planner.get(f"/gehoren/{released}").text


def test_who_is_told_says_to_have_seen_it(log_in: LogIn, office: Database, now: datetime, released: int) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, released, {"opvang.locatie": None})
    planner, page = log_in("pim"), "/gehoren"
    told = text_of(planner.get(page).text)
    assert "1 dossier is niet meer klaar voor het gehoor" in told
    assert "De gegevens zijn gewijzigd; daardoor is" in told and "niet meer klaar" in told
    assert "1 dossier is niet meer klaar voor het gehoor" in text_of(planner.get("/werkvoorraad").text)

    notice = re.search(r"/meldingen/(\d+)/gezien", planner.get(page).text)
    assert notice is not None
    assert post(planner, notice[0], page, terug="gehoren").status_code == 302
    assert "1 dossier is niet meer klaar voor het gehoor" not in text_of(planner.get(page).text)
    assert "1 dossier is niet meer klaar voor het gehoor" in text_of(log_in("hanna").get(page).text)
    show = text_of(log_in("hanna").get(f"/gehoren/{released}").text)
    assert "Niet meer klaar voor het gehoor." in show and "Gezien door Pim Jacobs" in show
    assert "Niet meer vrijgegeven sinds" in text_of(log_in("noor").get(f"/dossiers/{released}").text)
