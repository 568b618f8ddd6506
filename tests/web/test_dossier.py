import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.actions import dossiers, stukken
from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Relatie, Stage, Stuk, Task, Verzoek, Vrijstelling
from tests.web.conftest import post
from tests.web.released import release, stored
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
TABS = ("", "/taken", "/stukken", "/gegevens", "/termijnen", "/relaties", "/verloop", "/proces")
FILES = ("/gegevens/persoon", "/verloop/verloop.csv", "/verloop/verloop.json", "/proces/model.bpmn", "/stukken/1/1")


@pytest.fixture
def fresh(office: Database, now: datetime, task_path: str) -> int:
    """The dossier of `task_path`: just opened, nearly everything is missing."""
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Task.dossier_id).where(Task.id == task_path.rpartition("/")[2])).one()


def withdraw(office: Database, now: datetime, dossier_id: int, soort: str) -> None:
    with reading(office, SYSTEM, now) as tx:
        query = select(Stuk.id).where(Stuk.dossier_id == dossier_id, Stuk.soort == soort)
        stuk_id = tx.session.scalars(query).one()
    perform(office, SYSTEM, now, stukken.withdraw_stuk, stuk_id, "verkeerde persoon")


def item_of(html: str, code: str) -> str:
    return text_of(html.split(f'id="punt-{code}"', 1)[1].split("</details></li>", 1)[0])


def test_a_dossier_opens_with_what_is_wrong_and_who_moves(log_in: LogIn, fresh: int) -> None:
    html = log_in("noor").get(f"/dossiers/{fresh}").text
    page = text_of(html)
    assert "D-2026-05000" in page
    assert "Nog niet behandelklaar: 16 punten blokkeren" in page or "punten blokkeren" in page
    assert "1 punt kunt u nu zelf doen, 8 punten volgen daarna, 7 punten zijn aan AVIM, " in page
    assert "Vrijgeven kan als deze" in page
    assert html.count('class="btn pri"') == 1
    assert "<b>Haile" not in html


def test_points_and_themes_stand_in_the_order_of_the_policy(log_in: LogIn, fresh: int) -> None:
    html = log_in("noor").get(f"/dossiers/{fresh}").text
    themes = re.findall("<figcaption>([^<]*)", html)
    assert themes[:3] == ["Aanvraag", "Identiteit en registratie", "Dublin, Eurodac, EU-VIS"]
    assert sorted(set(themes)) == sorted(themes)
    assert re.findall(r'id="punt-(\w+)"', html)[:4] == ["AAN01", "BAS01", "IDE01", "IDE02"]


def test_a_complete_dossier_has_one_thing_left_to_do(log_in: LogIn, complete: int) -> None:
    page = text_of(log_in("noor").get(f"/dossiers/{complete}").text)
    assert "Behandelklaar: niets blokkeert" in page
    assert "Vrijgeven kan als" not in page
    assert "Dossier vrijgeven" in page


def test_an_item_opens_to_rule_basis_evidence_and_history(
    log_in: LogIn, office: Database, complete: int, now: datetime
) -> None:
    withdraw(office, now, complete, "eurodac_bericht")
    item = item_of(log_in("noor").get(f"/dossiers/{complete}").text, "DUB01")
    assert "Wat de regel vraagt" in item
    assert "Waarop dit berust Vc C1/2.1" in item
    assert "[D" not in item
    assert "niet aanwezig, te leveren door AVIM" in item
    assert "Ontbreekt was: voldaan" in item


def test_what_is_in_order_says_what_it_rests_on(log_in: LogIn, complete: int) -> None:
    html = log_in("noor").get(f"/dossiers/{complete}").text
    row = html.split('id="punt-DUB01"', 1)[1].split("</tr>", 1)[0]
    said = ["Vc C1/2.1", "Punt DUB01, beleid versie", "levert: AVIM", "Uitslag Eurodac"]
    assert [text in text_of(row) for text in said] == [True] * 4
    assert f'href="/dossiers/{complete}/stukken#stuk-' in row
    assert "gegevens" in text_of(html.split('id="punt-TAL01"', 1)[1].split("</tr>", 1)[0])


def test_what_nobody_confirmed_says_so(log_in: LogIn, fresh: int) -> None:
    html = log_in("noor").get(f"/dossiers/{fresh}").text
    assert "te bevestigen" in item_of(html, "BAS01")


def test_every_tab_is_a_page_that_every_reader_may_open(log_in: LogIn, complete: int) -> None:
    for username in ("noor", "hanna", "manon", "aad"):
        client = log_in(username)
        answers = {tab: client.get(f"/dossiers/{complete}{tab}") for tab in TABS}
        assert {tab: answer.status_code for tab, answer in answers.items()} == dict.fromkeys(TABS, 200)
        assert {tab: answer.text.count("<h1>") for tab, answer in answers.items()} == dict.fromkeys(TABS, 1)


def test_a_dossier_of_another_locatie_does_not_exist(log_in: LogIn, complete: int) -> None:
    for username in ("zeger", "bea"):
        client = log_in(username)
        found = {path: client.get(f"/dossiers/{complete}{path}").status_code for path in (*TABS, *FILES)}
        assert found == dict.fromkeys((*TABS, *FILES), 404)


def test_changing_is_404_elsewhere_and_403_for_who_only_looks(log_in: LogIn, fresh: int) -> None:
    acts: dict[str, dict[str, str]] = {
        "/punten/DUB01/opvragen": {"partij": "AVIM", "tekst": "?"},
        "/punten/DUB01/taak": {},
        "/punten/DUB01/vrijstellen": {"reden": "x", "tot": "01-12-2026"},
        "/gegevens/persoon": {"persoon.naam": "x"},
        "/stukken": {"soort": "loopbrief"},
    }
    for username, status in (("zeger", 404), ("aad", 403)):
        client = log_in(username)
        found = {
            path: post(client, f"/dossiers/{fresh}{path}", "/zoeken", **fields).status_code
            for path, fields in acts.items()
        }
        assert found == dict.fromkeys(acts, status)


def test_an_auditor_sees_no_button_that_changes_something(log_in: LogIn, fresh: int) -> None:
    client = log_in("aad")
    for tab in TABS:
        page = client.get(f"/dossiers/{fresh}{tab}").text
        assert [text in page for text in ("Taak starten", "Verzoek versturen", "Stuk toevoegen")] == [False] * 3


def test_asking_is_recorded_and_shown(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    withdraw(office, now, complete, "eurodac_bericht")
    client, page = log_in("noor"), f"/dossiers/{complete}"
    fields = {"partij": "AVIM", "tekst": "Graag de uitslag opnieuw."}
    assert post(client, f"{page}/punten/DUB01/opvragen", page, **fields).location == f"{page}#punt-DUB01"
    with reading(office, SYSTEM, now) as tx:
        asked = tx.session.scalars(select(Verzoek).where(Verzoek.dossier_id == complete)).one()
    assert (asked.partij, asked.text, asked.is_open) == ("AVIM", "Graag de uitslag opnieuw.", True)
    assert "Gevraagd ma 23 nov." in item_of(client.get(page).text, "DUB01")
    again = post(client, f"{page}/punten/DUB01/opvragen", page, **fields)
    assert again.status_code == 409
    assert "Dit is al gevraagd aan AVIM op 23-11-2026." in again.text


def test_a_task_can_be_started_for_one_check(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, complete, {"taal.voorkeur_geslacht_gevraagd": False})
    client, page = log_in("noor"), f"/dossiers/{complete}"
    assert "Taak starten" in item_of(client.get(page).text, "TAL03")
    assert post(client, f"{page}/punten/TAL03/taak", page).status_code == 302
    item = item_of(client.get(page).text, "TAL03")
    assert ("Naar de taak" in item, "Taak starten" in item) == (True, False)


def test_waiving_asks_a_reason_and_a_date(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, complete, {"opvang.locatie": None})
    client, page = log_in("noor"), f"/dossiers/{complete}"
    assert "Vrijstellen met reden" in item_of(client.get(page).text, "OPV01")
    refused = post(client, f"{page}/punten/OPV01/vrijstellen", page, reden="COA bevestigde mondeling", tot="geen dag")
    assert refused.status_code == 422
    assert "Dit is geen datum. Schrijf hem als 26-11-2026." in refused.text
    assert "COA bevestigde mondeling" in refused.text
    assert (
        "Kies een grond uit de lijst."
        in post(
            client, f"{page}/punten/OPV01/vrijstellen", page, reden="COA bevestigde mondeling", tot="01-12-2026"
        ).text
    )
    fields = {"grond": "Overmacht", "reden": "COA bevestigde mondeling", "tot": "01-12-2026"}
    assert post(client, f"{page}/punten/OPV01/vrijstellen", page, **fields).status_code == 302
    item = item_of(client.get(page).text, "OPV01")
    assert "Vrijgesteld" in item
    assert "Overmacht: COA bevestigde mondeling Noor de Wit , ma 23 nov." in item
    with reading(office, SYSTEM, now) as tx:
        vrijstelling = tx.session.scalars(select(Vrijstelling)).one()
    address = f"{page}/punten/OPV01/vrijstelling/intrekken"
    assert "Vul in waarom" in post(client, address, page, vrijstelling=vrijstelling.id, waarom="").text
    taken_back = {"vrijstelling": vrijstelling.id, "waarom": "COA kwam erop terug"}
    assert post(client, address, page, **taken_back).status_code == 302
    assert stored(office, now, complete).verdicts["OPV01"]["state"] == "ontbreekt"


def test_gegevens_are_changed_a_group_at_a_time(log_in: LogIn, office: Database, fresh: int, now: datetime) -> None:
    client, form = log_in("noor"), f"/dossiers/{fresh}/gegevens/taal"
    version = stored(office, now, fresh).version
    answer = post(client, form, form, versie=version, **{"taal.voorkeur": "tir", "taal.tolk_nodig": "ja"})
    assert answer.location == f"/dossiers/{fresh}/gegevens#groep-taal"
    taal = stored(office, now, fresh).gegevens["taal"]
    assert (taal["voorkeur"], taal["tolk_nodig"]) == ("tir", True)
    wrong = post(client, form, form, versie=version + 9, **{"taal.voorkeur": "Tigrinya!"})
    assert (wrong.status_code, 'value="Tigrinya!"' in wrong.text) == (422, True)


def test_who_comes_second_sees_what_is_there_now(log_in: LogIn, office: Database, fresh: int, now: datetime) -> None:
    client, form = log_in("noor"), f"/dossiers/{fresh}/gegevens/taal"
    version = stored(office, now, fresh).version
    perform(office, SYSTEM, now, dossiers.change_gegevens, fresh, {"taal.voorkeur": "ara"})
    late = post(client, form, form, versie=version, **{"taal.voorkeur": "tir"})
    assert late.status_code == 409
    assert "Een collega was u voor" in late.text
    assert 'value="tir"' in late.text
    assert "Arabisch" in late.text
    assert stored(office, now, fresh).gegevens["taal"]["voorkeur"] == "ara"
    newer = late.text.split('name="versie" value="', 1)[1].split('"', 1)[0]
    assert post(client, form, form, versie=newer, **{"taal.voorkeur": "tir"}).status_code == 302


def test_shielded_values_are_named_and_not_shown(log_in: LogIn, complete: int) -> None:
    path = f"/dossiers/{complete}/gegevens"
    assert "afgeschermd voor uw rol" in log_in("noor").get(path).text
    assert "Geen actie nodig" not in log_in("noor").get(path).text
    assert "Geen actie nodig" in log_in("sam").get(path).text
    assert 'name="medisch.uitkomst"' not in log_in("noor").get(f"{path}/medisch").text
    forged = {"medisch.uitkomst": "uitstel"}
    assert post(log_in("noor"), f"{path}/medisch", path, **forged).status_code == 422


def test_the_history_says_old_and_new_and_shields_as_the_page_does(
    log_in: LogIn, office: Database, complete: int, now: datetime
) -> None:
    changes = {"taal.voorkeur": "ara", "medisch.uitkomst": "uitstel"}
    perform(office, SYSTEM, now, dossiers.change_gegevens, complete, changes)
    path = f"/dossiers/{complete}/verloop"
    page = text_of(log_in("noor").get(f"{path}?soort=gegevens").text)
    assert "Voorkeurstaal Tigrinya → Arabisch" in page
    assert "Uitkomst van het advies afgeschermd voor uw rol" in page
    assert "Uitkomst van het advies Geen actie nodig → Uitstel" in text_of(log_in("sam").get(path).text)


def test_the_history_has_pages(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    with transaction(office, SYSTEM, now) as tx:
        dossier = tx.session.get_one(Dossier, complete)
        for _ in range(60):
            history.record(tx, dossier, "timer_afgegaan")
    client = log_in("noor")
    first = client.get(f"/dossiers/{complete}/verloop").text
    assert first.count("<time ") == 50
    older = client.get(first.split('rel="next" href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")).text
    assert older.count("Een wachttijd is verstreken.") == 10
    assert ("Dossier geopend." in older, "Naar het nieuwste" in older, 'rel="next"' in older) == (True, True, False)


def test_the_history_can_be_taken_along(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    perform(office, SYSTEM, now, dossiers.change_gegevens, complete, {"persoon.naam": "=HYPERLINK(1)"})
    client, path = log_in("noor"), f"/dossiers/{complete}/verloop/verloop"
    answer = client.get(f"{path}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="D-2026-06000-verloop.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["nummer", "tijdstip", "wie", "wat", "veld", "oud", "nieuw", "toelichting"]
    assert [row[6] for row in rows if row[4] == "Naam"][-1] == "'=HYPERLINK(1)"
    whole = json.loads(client.get(f"{path}.json").text)
    shielded = [
        change["nieuw"] for event in whole["gebeurtenissen"] for change in event["wijzigingen"]
        if change["veld"] == "Uitkomst van het advies"
    ]  # fmt: skip
    assert set(shielded) == {"afgeschermd"}
    assert client.get(f"{path}.exe").status_code == 404


def test_the_process_is_a_diagram_and_the_same_in_words(log_in: LogIn, complete: int) -> None:
    client = log_in("noor")
    page = client.get(f"/dossiers/{complete}/proces").text
    tokens = json.loads(page.split('id="tokens">', 1)[1].split("</script>", 1)[0])
    assert tokens["active"] == {"t_vrijgeven": 1}
    assert tokens["links"]["t_vrijgeven"].startswith("/taken/")
    assert "Dossier vrijgeven" in text_of(page)
    assert "Nu nog van niemand, sinds ma 23 nov." in text_of(page)
    model = client.get(f"/dossiers/{complete}/proces/model.bpmn")
    assert (model.content_type, "<bpmn:process" in model.text) == ("application/xml", True)


def test_terms_show_their_sum(log_in: LogIn, complete: int) -> None:
    page = text_of(log_in("noor").get(f"/dossiers/{complete}/termijnen").text)
    assert "6 maanden later" in page
    assert "Vw 42" in page


def test_a_related_dossier_elsewhere_is_left_out(log_in: LogIn, office: Database, complete: int, now: datetime) -> None:
    with transaction(office, SYSTEM, now) as tx:
        ids = dict(tx.session.execute(select(Dossier.number, Dossier.id)).all())
        for number in ("D-2026-04711", "D-2026-09001"):
            tx.session.add(Relatie(dossier_id=complete, other_id=ids[number], kind="gezin"))
    page = log_in("noor").get(f"/dossiers/{complete}/relaties").text
    assert ("D-2026-04711" in page, "D-2026-09001" in page) == (True, False)


def test_pages_cost_the_same_statements_with_more_in_them(
    log_in: LogIn, office: Database, complete: int, now: datetime, statements: list[str]
) -> None:
    client = log_in("noor")

    def cost(tab: str) -> int:
        statements.clear()
        assert client.get(f"/dossiers/{complete}{tab}").status_code == 200
        return len(statements)

    cost("")
    before = {tab: cost(tab) for tab in TABS}
    for soort in ("loopbrief", "m35j", "bericht_voogdij"):
        perform(office, SYSTEM, now, stukken.add_stuk, complete, soort=soort, received_on=now.date(), source="wij")
    with transaction(office, SYSTEM, now) as tx:
        others = list(tx.session.scalars(select(Dossier.id).where(Dossier.id != complete).limit(3)))
        tx.session.add_all(Relatie(dossier_id=complete, other_id=other, kind="gezin") for other in others)
    assert {tab: cost(tab) for tab in TABS} == before


def test_a_released_dossier_points_the_hoormedewerker_to_the_gehoor(
    log_in: LogIn, office: Database, complete: int, now: datetime
) -> None:
    release(office, now, complete)
    assert stored(office, now, complete).stage is Stage.VRIJGEGEVEN
    page = log_in("hanna").get(f"/dossiers/{complete}").text
    assert f'href="/gehoren/{complete}"' in page
    assert "Vrijgegeven voor het gehoor: niets blokkeert" in page


def test_a_page_says_what_a_day_changed_while_nobody_looked(
    log_in: LogIn, office: Database, complete: int, now: datetime
) -> None:
    passport = {"soort": "paspoort", "geldig_tot": "2026-11-22", "onderzoek": "echt", "kopie": True}
    perform(office, SYSTEM, now - timedelta(days=1), dossiers.change_gegevens, complete, {"documenten": [passport]})
    page = log_in("noor").get(f"/dossiers/{complete}").text
    assert "Vandaag anders dan hieronder staat, en nog niet verwerkt: Document nog geldig." in page
