"""Policies on the screen: drafted, judged, tried, compared and approved; without a script as well."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient

from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM, ChangeKind, PreviewChange
from bedrijfsbureau.worker import work_off
from tests.databases import Start
from tests.web import studio
from tests.web.office import PASSWORD
from tests.web.studio import SOORT
from tests.web.test_twice import form_at
from tests.web.test_worklist import text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

LogIn = Callable[[str], FlaskClient]
PAGE = f"/processen/{SOORT}/beleid"
DRAFT = f"{PAGE}/concept"
ROW = f"{DRAFT}/punten/ONT01"


@pytest.fixture
def start() -> Start:
    return studio.START


def press(client: FlaskClient, page: str, action: str, **fields: Any) -> Any:
    """Post the form with this action, as it stands on the page."""
    return client.post(action, data={**form_at(client, page, action), **fields}, follow_redirects=True)


def fields_of(client: FlaskClient, page: str) -> dict[str, str]:
    """What the form of a row would send when nothing is changed."""
    html = client.get(page).text
    html = html[html.index('<form id="punt"') : html.index("</form>", html.index('<form id="punt"'))]
    sent = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', html))
    sent = {name: value for name, value in sent.items() if name != "vier_ogen"}
    sent |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', html))
    sent |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        found = re.findall(r"<option([^>]*)>([^<]*)", options)
        attributes, shown = next((each for each in found if "selected" in each[0]), found[0])
        sent[name] = next(iter(re.findall(r'value="([^"]*)"', attributes)), shown)
    return {name: unescape(value) for name, value in sent.items()}


def begin(client: FlaskClient) -> None:
    answer = press(client, PAGE, DRAFT)
    assert "Er is nog niets veranderd." in text_of(answer.text)


def save(client: FlaskClient, **changes: str) -> Any:
    changes = {name.replace("__", "."): value for name, value in changes.items()}
    return client.post(ROW, data={**fields_of(client, ROW), **changes}, follow_redirects=True)


def set_terms(client: FlaskClient, **changes: str) -> Any:
    terms = {"geldig_vanaf": "23-11-2026", "overgang": "alle", "toelichting": "Het kanaal mag later."}
    return press(client, DRAFT, f"{DRAFT}/ingang", **{**terms, **changes})


def test_a_policy_is_changed_offered_sent_back_and_published_by_a_second_person(log_in: LogIn) -> None:
    petra, quinten = log_in("petra"), log_in("quinten")
    begin(petra)
    page = text_of(save(petra, blokkeert="nee").text)
    assert "Punt ONT01 is bewaard in het concept." in page
    assert "Blokkeert ja, houdt tegen nee, adviseert" in page
    set_terms(petra)

    assert "concept van het beleid Petra Lam" in text_of(quinten.get("/processen").text)

    own = text_of(press(petra, DRAFT, f"{DRAFT}/aanbieden").text)
    assert "concept wacht op goedkeuring Petra Lam" in text_of(quinten.get("/processen").text)
    assert "concept wacht" not in log_in("marit").get("/processen").text
    assert "U werkte aan dit concept. Een andere proceseigenaar keurt het goed of stuurt het terug." in own
    refused = petra.post(f"{DRAFT}/publiceren", data=form_at(petra, DRAFT, f"{DRAFT}/terugsturen"))
    assert (refused.status_code, "vier ogen zien meer dan twee" in refused.text) == (403, True)

    back = press(quinten, DRAFT, f"{DRAFT}/terugsturen", opmerking="Noem de bron.")
    assert "Quinten Smit stuurde dit terug: Noem de bron." in text_of(back.text)
    press(petra, DRAFT, f"{DRAFT}/aanbieden")
    done = text_of(press(quinten, DRAFT, f"{DRAFT}/publiceren", opmerking="Akkoord").text)
    assert "Beleid versie 2 is gepubliceerd en ligt vast." in done
    assert "Quinten Smit keurde goed: Akkoord" in done
    assert "Verschil met versie 1" in done
    assert petra.get(DRAFT).status_code == 404


def test_what_is_wrong_is_said_while_typing_and_kept_on_saving(log_in: LogIn) -> None:
    client = log_in("petra")
    begin(client)
    typed = {**fields_of(client, ROW), "voldaan_als": "aanvraag.kanal != null"}
    answer = client.post(f"{ROW}/controleren", data=typed)
    assert "Bedoelde u 'kanaal'?" in unescape(answer.text)
    assert "aanvraag.kanaal" in fields_of(client, ROW)["voldaan_als"]
    assert "Alles klopt" in client.post(f"{ROW}/controleren", data=fields_of(client, ROW)).text

    page = text_of(unescape(save(client, voldaan_als="aanvraag.kanal != null").text))
    assert "Er zit nog een fout in" in page
    draft = text_of(client.get(DRAFT).text)
    assert "1 fout: zo kan dit nog niet gelden." in draft
    refused = client.post(f"{DRAFT}/aanbieden", data=form_at(client, DRAFT, f"{DRAFT}/weggooien"))
    assert refused.status_code == 422


SAID = [
    ({"geldig_vanaf": "morgen"}, "'morgen' is geen datum."),
    ({"vb__0__wijziging": "aanvraag.kanaal"}, "Schrijf elke wijziging op een regel"),
    ({"vb__0__staat": "ontbreekt"}, "verwacht ontbreekt, gevonden voldaan"),
    ({"titel": ""}, "'titel' ontbreekt"),
    ({"melding__ontbreekt": "Zie {aanvraag.kanal}."}, "{aanvraag.kanal} bestaat niet"),
]


def test_each_field_says_what_is_wrong_with_it(log_in: LogIn) -> None:
    client = log_in("petra")
    begin(client)
    before = fields_of(client, ROW)
    for changes, said in SAID:
        typed = {**before, **{name.replace("__", "."): value for name, value in changes.items()}}
        page = client.post(ROW, data={**typed, "revisie": ""}, follow_redirects=True).text
        assert said.lower() in text_of(unescape(page)).lower()


def test_rows_are_added_from_the_catalogue_or_written_and_taken_away(log_in: LogIn) -> None:
    client = log_in("petra")
    begin(client)
    new = f"{DRAFT}/punten/nieuw"
    built_in = fields_of(client, f"{new}?uit=VER01") | {"taak": "t01_ontvangst"}
    assert "voldaan_als" not in built_in
    client.post(f"{new}?uit=VER01", data=built_in)
    own = fields_of(client, new) | {
        "code": "ont08", "titel": "Spoed bekend", "thema": "Ontvangst", "basis": "[I]", "taak": "t01_ontvangst",
        "voldaan_als": "aanvraag.kanaal != null", "melding.ontbreekt": "Vul in.", "vb.0.naam": "compleet",
        "vb.0.staat": "voldaan",
    }  # fmt: skip
    client.post(new, data=own)
    page = text_of(client.get(DRAFT).text)
    assert "ONT08 Spoed bekend nieuw" in page and "VER01" in page

    again = client.post(new, data={**own, "revisie": "3"})
    assert (again.status_code, "Punt ONT08 staat al in dit beleid" in again.text) == (422, True)
    press(client, f"{DRAFT}/punten/ONT08", f"{DRAFT}/punten/ONT08/weghalen")
    assert "ONT08 Spoed" not in text_of(client.get(DRAFT).text)


def test_an_instelling_is_filled_in_and_confirmed(log_in: LogIn) -> None:
    client = log_in("petra")
    assert "1 instelling (1 te bevestigen)." in text_of(client.get(PAGE).text)
    begin(client)
    page = f"{DRAFT}/instellingen/beslistermijn_dagen"
    assert "Geldt nu niet ingevuld te bevestigen" in text_of(client.get(page).text)
    sent = {**form_at(client, page, page), "betekenis": "Dagen tot het besluit.", "standing": "Art. 1"}
    wrong = client.post(page, data={**sent, "waarde": "zes"})
    assert (wrong.status_code, "Vul een getal in" in wrong.text, 'value="zes"' in wrong.text) == (422, True, True)

    saved = client.post(page, data={**sent, "waarde": "56", "bevestigd": "ja"}, follow_redirects=True)
    said = text_of(saved.text)
    assert "De instelling is bewaard in het concept." in said
    assert "56 (bevestigd); Dagen tot het besluit.; Art. 1" in said
    assert "Beslistermijn dagen gewijzigd 56 Dagen tot het besluit." in said
    assert "te bevestigen" not in text_of(client.get(page).text).partition("Geldt nu")[0].partition("Waarde")[0]
    assert client.get(f"{DRAFT}/instellingen/onbekend").status_code == 404
    assert log_in("marit").get(page).status_code == 403


def test_a_policy_travels_as_a_file(log_in: LogIn) -> None:
    client = log_in("petra")
    text = client.get(f"{PAGE}/1/beleid.yaml").text
    begin(client)
    sent = {**form_at(client, DRAFT, f"{DRAFT}/inlezen"), "inhoud": (BytesIO(text.encode()), "beleid.yaml")}
    assert "beleid.yaml is ingelezen" in client.post(f"{DRAFT}/inlezen", data=sent, follow_redirects=True).text
    assert client.get(f"{DRAFT}/beleid.yaml").text.count("code: ONT") == 7
    for content in (b"", b"\xff\xfe", b"punten: 3", b"a: &a [*a]"):
        sent["inhoud"] = (BytesIO(content), "fout.yaml")
        assert client.post(f"{DRAFT}/inlezen", data=sent).status_code == 422


def test_only_process_owners_work_on_drafts_and_others_read(log_in: LogIn) -> None:
    begin(log_in("petra"))
    for username, page, draft in (("petra", 200, 200), ("marit", 200, 403), ("auke", 200, 403), ("noor", 403, 403)):
        client = log_in(username)
        found = [client.get(path).status_code for path in (PAGE, f"{PAGE}/1", DRAFT, ROW)]
        assert found == [page, page, draft, draft], username
    assert log_in("marit").get(f"{PAGE}/9").status_code == 404


def test_a_trial_counts_and_each_number_leads_to_its_dossiers(log_in: LogIn, office: Database, now: datetime) -> None:
    petra, marit = log_in("petra"), log_in("marit")
    studio.open_dossier(office, now)
    begin(petra)
    save(petra, blokkeert="nee")
    set_terms(petra)
    running = press(petra, DRAFT, f"{PAGE}/proeven")
    assert "De proef loopt." in running.text and "0 van 2 dossiers gedaan." in text_of(running.text)
    while work_off(office, lambda: now, lambda row: None):
        pass

    stand = petra.get(f"{PAGE}/proeven/1/stand")
    assert stand.headers["HX-Refresh"] == "true"
    page = petra.get(f"{PAGE}/proeven/1").text
    assert "2 dossiers zouden veranderen, van de 2." in text_of(page)
    assert "ontbreekt, blokkeert ontbreekt, adviseert 2" in text_of(page)
    assert 'href="/dossiers?' not in page
    links = [unescape(link) for link in re.findall(r'class="num" href="([^"]+)"', marit.get(f"{PAGE}/proeven/1").text)]
    assert links != [] and ["2 dossiers passen bij uw keuze." in text_of(marit.get(link).text) for link in links] == [
        True
    ] * len(links)
    assert marit.get("/dossiers?proef=x").status_code == 400
    with transaction(office, SYSTEM, now) as tx:  # of a kind that not every locatie has
        one = {"preview_id": 1, "dossier_id": 1, "locatie_id": people.add_locatie(tx, "Gilze").id}
        tx.session.add(PreviewChange(**one, kind=ChangeKind.READY, code="planbaar", old="ja", new="nee"))
    assert "Gilze 1 0" in text_of(petra.get(f"{PAGE}/proeven/1").text)
    set_terms(petra, toelichting="Om een andere reden.")
    assert "Het concept is na deze proef gewijzigd." not in petra.get(f"{PAGE}/proeven/1").text
    assert "Het concept is daarna gewijzigd." not in petra.get(DRAFT).text
    save(petra, blokkeert="ja")
    assert "Het concept is daarna gewijzigd." in petra.get(DRAFT).text
    assert "Het concept is na deze proef gewijzigd." in petra.get(f"{PAGE}/proeven/1").text


def test_the_draft_of_a_process_is_tried_as_well(log_in: LogIn, office: Database, now: datetime) -> None:
    petra = log_in("petra")
    assert petra.post(f"{PAGE}/proeven/proces", data=form_at(petra, PAGE, DRAFT)).status_code == 404
    perform(office, SYSTEM, now, processes.save_draft, SOORT, {studio.FILE: studio.text()})
    editor = f"/processen/{SOORT}/concept"
    answer = petra.post(f"{PAGE}/proeven/proces", data=form_at(petra, editor, f"{PAGE}/proeven/proces"))
    while work_off(office, lambda: now, lambda row: None):
        pass
    assert "Er zou niets veranderen in 1 dossiers." in text_of(petra.get(answer.location).text)


def test_in_a_browser_two_people_bring_a_change_into_force(
    address: str, page: "Page", office: Database, now: datetime
) -> None:
    from playwright.sync_api import expect

    sign_in(page, address, "petra")
    page.goto(address + PAGE)
    page.get_by_role("button", name="Beleid wijzigen").click()
    page.locator("#punt-ONT01").get_by_role("link").click()
    page.get_by_label("Voldaan als").fill("aanvraag.kanal != null")
    expect(page.locator("#oordeel")).to_contain_text("Bedoelde u 'kanaal'?")
    page.get_by_label("Voldaan als").fill("aanvraag.kanaal != null")
    expect(page.locator("#oordeel")).to_contain_text("Alles klopt")
    page.get_by_label("adviseert").check()
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.locator(".difft")).to_contain_text("nee, adviseert")
    page.get_by_label("Wat verandert er, en waarom?").fill("Het kanaal mag later.")
    page.get_by_role("button", name="Bewaren").click()

    page.get_by_role("button", name="Proberen").click()
    while work_off(office, lambda: now, lambda row: None):
        pass
    expect(page.locator(".lead")).to_contain_text("1 dossier zou veranderen, van de 1.")
    page.get_by_role("link", name="Naar het concept").click()
    page.get_by_role("button", name="Aanbieden").click()
    expect(page.locator(".lead")).to_contain_text("Aangeboden voor een tweede paar ogen.")

    page.context.clear_cookies()
    sign_in(page, address, "quinten")
    page.goto(address + DRAFT)
    page.get_by_text("Goedkeuren en publiceren").click()
    page.get_by_role("button", name="Publiceren", exact=True).click()
    expect(page.locator("h1")).to_contain_text("versie 2")


def sign_in(page: "Page", address: str, username: str) -> None:
    page.goto(f"{address}/inloggen")
    page.fill("#gn", username)
    page.fill("#ww", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/processen")
