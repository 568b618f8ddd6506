import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bedrijfsbureau.actions.publishing.processes import fingerprint
from bedrijfsbureau.database import Database
from tests.databases import Start
from tests.web import studio
from tests.web.conftest import post
from tests.web.studio import FILE, FORM, SOORT, text
from tests.web.test_twice import form_at
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
DRAFT = f"/processen/{SOORT}/concept"
BROKEN = text().replace(FORM, 'bb:form="weg"')


@pytest.fixture
def start() -> Start:
    return studio.START


@pytest.fixture
def owner(log_in: LogIn) -> FlaskClient:
    return log_in("petra")


def send(client: FlaskClient, path: str, body: str | bytes, known: str | None = None) -> Any:
    """As the editor does: the text as the body, the token and the version in headers."""
    token = re.findall(r'name="csrf-token" content="([^"]+)"', client.get(DRAFT).text)[0]
    headers = {"X-CSRFToken": token} | ({"If-Match": f'"{known}"'} if known else {})
    return client.post(path, data=body, headers=headers, content_type="application/xml")


def save(client: FlaskClient, body: str | bytes, known: str | None = None) -> Any:
    return send(client, f"{DRAFT}/bestanden/{FILE}", body, known)


def kept(client: FlaskClient) -> str:
    return str(client.get(f"{DRAFT}/bestanden/{FILE}").text)


def test_the_editor_opens_with_the_version_in_force(owner: FlaskClient) -> None:
    page = owner.get(DRAFT).text
    assert "concept versie 2" in text_of(page)
    assert "Nog niets gewijzigd" in page
    assert '"label": "Groep 1", "value": "Groep 1"' in page
    assert kept(owner) == text()


def test_saving_says_when_and_gives_the_version_to_go_on_with(owner: FlaskClient) -> None:
    answer = save(owner, BROKEN, fingerprint(text()))
    assert answer.json == {"message": "Concept bewaard om 09:00", "version": fingerprint(BROKEN)}
    assert kept(owner) == BROKEN
    assert "Concept bewaard om 09:00" in owner.get(DRAFT).text


def test_what_is_no_xml_is_refused_and_what_was_kept_stays(owner: FlaskClient) -> None:
    save(owner, BROKEN)
    for body in ("<definitions", b"\xff\xfe", ""):
        answer = save(owner, body)
        assert (answer.status_code, list(answer.json)) == (422, ["message"])
    assert kept(owner) == BROKEN


def test_a_save_on_top_of_another_is_refused(owner: FlaskClient) -> None:
    assert save(owner, BROKEN, fingerprint(text())).status_code == 200
    answer = save(owner, text(), fingerprint(text()))
    assert answer.status_code == 409
    assert "Er is niets overschreven." in answer.json["message"]
    assert kept(owner) == BROKEN


def test_a_file_that_is_not_of_this_process_is_not_made(owner: FlaskClient) -> None:
    assert send(owner, f"{DRAFT}/bestanden/nieuw.bpmn", text()).status_code == 404


def test_findings_are_about_what_was_sent_and_keep_nothing(owner: FlaskClient) -> None:
    found = send(owner, f"{DRAFT}/bevindingen/{FILE}", BROKEN).json["problems"]
    assert [(each["code"], each["severity"], each["file"]) for each in found] == [("form", "error", FILE)]
    assert found[0]["url"] == f"{DRAFT}?bestand={FILE}"
    assert send(owner, f"{DRAFT}/bevindingen/{FILE}", text()).json == {"problems": []}
    assert kept(owner) == text()


def press(client: FlaskClient, action: str, times: int = 1, **fields: str) -> list[TestResponse]:
    """The button of a form on the page of the draft, which is left open meanwhile."""
    filled = {**form_at(client, DRAFT, action), **fields}
    return [client.post(action, data=filled) for _ in range(times)]


def test_a_page_that_was_left_open_publishes_no_other_draft(
    owner: FlaskClient, office: Database, now: datetime
) -> None:
    save(owner, text().replace('name="', 'name="Eerste: ', 1))
    left_open = form_at(owner, DRAFT, f"{DRAFT}/publiceren")
    press(owner, f"{DRAFT}/publiceren")
    save(owner, text().replace('name="', 'name="Tweede: ', 1))

    assert owner.post(f"{DRAFT}/publiceren", data=left_open | {"sleutel": "een andere"}).status_code == 409
    assert studio.open_dossier(office, now) == 2


def test_publishing_waits_for_the_errors(owner: FlaskClient, office: Database, now: datetime) -> None:
    save(owner, BROKEN)
    page = owner.get(DRAFT).text
    assert "Naar de fout ( 1 )" in text_of(page)
    assert "Formulier &#39;weg&#39; van" in page
    refused = press(owner, f"{DRAFT}/publiceren", notitie="Toch")[0]
    assert refused.status_code == 422
    assert "Publiceren kan nog niet" in refused.text
    assert studio.open_dossier(office, now) == 1


def test_a_published_draft_is_for_new_dossiers_only(owner: FlaskClient, office: Database, now: datetime) -> None:
    save(owner, text().replace('name="', 'name="Nieuw: ', 1))
    answers = press(owner, f"{DRAFT}/publiceren", times=2, notitie="Duidelijker naam")
    assert [answer.location for answer in answers] == [f"/processen/{SOORT}/2"] * 2
    page = text_of(owner.get("/processen").text)
    assert "Versie 2 is gepubliceerd: nieuwe dossiers gebruiken haar. Lopende dossiers houden hun eigen versie." in page
    assert "Duidelijker naam" in page
    assert "1 dossier loopt nog op een oudere versie." in page
    assert studio.open_dossier(office, now) == 2
    assert sorted(studio.versions_used(office, now).values()) == [1, 2]


def test_a_draft_is_discarded_and_put_back(owner: FlaskClient) -> None:
    save(owner, BROKEN)
    assert [answer.location for answer in press(owner, f"{DRAFT}/weggooien", times=2)] == ["/processen"] * 2
    assert kept(owner) == text()
    version = re.findall(r'name="versie" value="(\d+)"', owner.get("/processen").text)[0]
    assert post(owner, f"{DRAFT}/terugzetten", "/processen", versie=version).location == DRAFT
    assert kept(owner) == BROKEN


def test_without_a_script_a_file_is_read_in_and_its_findings_are_listed(owner: FlaskClient) -> None:
    upload = {"bestand": FILE, "inhoud": (io.BytesIO(BROKEN.encode()), "mijn.bpmn")}
    answer = post(owner, f"{DRAFT}/inlezen", DRAFT, **upload)
    assert answer.location == f"{DRAFT}?bestand={FILE}"
    page = text_of(owner.get(answer.location).text)
    assert "is ingelezen en bewaard in het concept." in page
    assert "Formulier &#39;weg&#39; van" in page


@pytest.mark.parametrize("content", [None, b"geen xml"])
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(owner: FlaskClient, content: bytes | None) -> None:
    sent = {} if content is None else {"inhoud": (io.BytesIO(content), "x.bpmn")}
    answer = post(owner, f"{DRAFT}/inlezen", DRAFT, bestand=FILE, **sent)
    assert answer.status_code == 422
    assert re.search(r'role="alert".*?<p>(Kies eerst een bestand|.* is niet bewaard)', answer.text, re.DOTALL)
    assert kept(owner) == text()


def test_a_form_is_shown_as_text(owner: FlaskClient) -> None:
    page = owner.get(f"{DRAFT}?bestand=forms/t02_controleren.json").text
    assert '<pre class="source">{' in page
    assert 'id="canvas"' not in page
    assert owner.get(f"{DRAFT}?bestand=weg").status_code == 404


@pytest.mark.parametrize("username", ["marit", "auke", "noor"])
def test_a_draft_is_for_the_process_owner_only(log_in: LogIn, username: str) -> None:
    client = log_in(username)
    assert client.get(DRAFT).status_code == 403
    assert client.get(f"{DRAFT}/bestanden/{FILE}").status_code == 403
    assert post(client, f"{DRAFT}/publiceren", "/").status_code == 403


def test_nothing_is_saved_without_the_token(owner: FlaskClient) -> None:
    answer = owner.post(f"{DRAFT}/bestanden/{FILE}", data=BROKEN, content_type="application/xml")
    assert answer.status_code == 400
    assert kept(owner) == text()
