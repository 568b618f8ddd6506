import json
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database
from bedrijfsbureau.model import SYSTEM
from tests.databases import Start
from tests.web import studio
from tests.web.studio import FILE, FORM, SOORT, text
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def start() -> Start:
    return studio.START


def save_draft(office: Database, now: datetime, content: str) -> int:
    return perform(office, SYSTEM, now, processes.save_draft, SOORT, {FILE: content}, "Andere vraag").id


def test_the_list_says_what_runs_on_which_version(log_in: LogIn) -> None:
    page = text_of(log_in("marit").get("/processen").text)
    assert "Ontvangst omgevingsvergunning" in page
    assert "versie 1 sinds ma 23 nov. 2026" in page
    assert "45 stappen" in page
    assert "1 instelling" in page
    assert "Nieuwe versie maken" not in page


def test_the_list_says_whose_draft_there_is_and_what_is_wrong_with_it(
    log_in: LogIn, office: Database, now: datetime
) -> None:
    client = log_in("petra")
    save_draft(office, now, text().replace(FORM, 'bb:form="weg"'))
    page = text_of(client.get("/processen").text)
    assert "Het concept van Ontvangst omgevingsvergunning heeft 1 fout. Los die op voordat u publiceert." in page
    assert "2, concept" in page
    assert "Andere vraag" in page


def test_numbers_lead_to_dossiers_for_who_may_see_them(log_in: LogIn) -> None:
    link = f'href="/dossiers?soort={SOORT}&amp;versie=1"'
    for username, has_link in (("marit", True), ("auke", True), ("petra", False)):
        pages = [log_in(username).get(path).text for path in ("/processen", f"/processen/{SOORT}/1")]
        assert [link in page for page in pages] == [has_link] * 2


def test_a_version_shows_the_steps_beside_the_diagram(log_in: LogIn) -> None:
    page = log_in("auke").get(f"/processen/{SOORT}/1").text
    tokens = json.loads(re.findall(r'<script type="application/json" id="tokens">(.*?)</script>', page)[0])
    assert list(tokens["active"].values()) == [1] * len(tokens["active"])
    element = next(iter(tokens["active"]))
    assert tokens["links"][element] == f"/dossiers?soort={SOORT}&versie=1&staat_op={element}"
    rows = text_of(page)
    assert "t02_controleren" in rows
    assert "norm niet ingesteld" in rows
    assert f'data-xml-url="/processen/{SOORT}/1/bestanden/{FILE}"' in page


def test_the_number_at_a_step_is_that_of_the_list_behind_it(log_in: LogIn) -> None:
    client = log_in("auke")
    page = client.get(f"/processen/{SOORT}/1").text
    link = re.findall(r'class="num full-s"[^>]*><a href="([^"]+)">1</a>', page)[0].replace("&amp;", "&")
    assert "1 dossier past bij uw keuze." in text_of(client.get(link).text)


def test_files_are_read_as_text_and_can_be_kept(log_in: LogIn) -> None:
    client = log_in("auke")
    answer = client.get(f"/processen/{SOORT}/1/bestanden/{FILE}")
    assert (answer.text, answer.content_type) == (text(), "text/plain; charset=utf-8")
    kept = client.get(f"/processen/{SOORT}/1/bestanden/forms/t02_controleren.json?download=1")
    assert kept.headers["Content-Disposition"] == "attachment; filename=t02_controleren.json"
    assert client.get(f"/processen/{SOORT}/1/bestanden/../soort.yaml").status_code == 404


@pytest.mark.parametrize("path", [f"/processen/{SOORT}/9", f"/processen/{SOORT}/2", "/processen/onzin/1"])
def test_what_is_not_published_is_not_found(log_in: LogIn, office: Database, now: datetime, path: str) -> None:
    client = log_in("auke")
    save_draft(office, now, text())
    assert client.get(path).status_code == 404


def test_processes_are_not_for_every_role(log_in: LogIn) -> None:
    client = log_in("noor")
    paths = ("", f"/{SOORT}/1", f"/{SOORT}/1/bestanden/{FILE}", f"/{SOORT}/concept")
    assert [client.get(f"/processen{path}").status_code for path in paths] == [403] * 4


def test_the_list_costs_the_same_for_one_version_as_for_three(
    log_in: LogIn, office: Database, now: datetime, statements: list[str]
) -> None:
    client = log_in("auke")
    costs = []
    for name in ("a", "b", "c"):
        client.get("/processen")  # compiles the version in force
        statements.clear()
        client.get("/processen")
        costs.append(len([each for each in statements if each.startswith("SELECT")]))
        draft_id = save_draft(office, now, text().replace('name="', f'name="{name}', 1))
        perform(office, SYSTEM, now, processes.publish, draft_id)
    assert costs == [5, 5, 5]  # two for the account
