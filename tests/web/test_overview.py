import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Locatie
from tests.web.office import PLANTED, add_dossier
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


def links(page: str) -> list[tuple[str, int]]:
    """Each figure of the overview and the list it leads to."""
    found = re.findall(r'<a href="(/dossiers\?[^"]+)">(\d+)</a>', page)
    return [(address.replace("&amp;", "&"), int(number)) for address, number in found]


def test_the_overview_opens_with_what_is_at_risk(log_in: LogIn) -> None:
    page = text_of(log_in("pim").get("/sturing").text)
    assert "Ter Apel, week 48" in page
    assert f"{len(PLANTED)} dossiers lopen risico: het gehoor of de beslistermijn valt uiterlijk ma 7 dec." in page
    assert re.search(r"D-2026-04\d+ do 26 nov. gehoor over 3 werkdagen", page)


@pytest.mark.parametrize("username", ["pim", "manon", "aad"])
def test_every_figure_is_the_number_of_dossiers_behind_it(log_in: LogIn, username: str) -> None:
    client = log_in(username)
    figures = links(client.get("/sturing").text)
    assert len(figures) >= 12
    for address, number in figures:
        found = re.findall(r"(\d+) dossiers? pas(?:t|sen) bij uw keuze", text_of(client.get(address).text))
        assert (address, found) == (address, [str(number)])


def test_a_process_owner_sees_the_figures_and_no_dossier(log_in: LogIn) -> None:
    client = log_in("petra")
    page = client.get("/sturing").text
    assert f"{len(PLANTED) + 1} dossiers lopen risico" in text_of(page)
    assert ("/dossiers" in page, "D-2026-" in page) == (False, False)
    assert client.get("/dossiers").status_code == 403


def test_who_sees_every_locatie_can_choose_one(log_in: LogIn, office: Database, now: datetime) -> None:
    with reading(office, SYSTEM, now) as tx:
        zevenaar = tx.session.scalars(select(Locatie.id).where(Locatie.name == "Zevenaar")).one()
    client = log_in("manon")
    page = client.get(f"/sturing?locatie={zevenaar}").text
    assert "1 dossier loopt risico" in text_of(page)
    assert {f"locatie={zevenaar}" in address for address, _ in links(page)} == {True}
    assert 'aria-label="Locatie"' not in log_in("pim").get("/sturing").text


@pytest.mark.parametrize(("username", "status"), [("noor", 403), ("hanna", 403), ("bea", 403), ("pim", 200)])
def test_steering_is_not_for_every_role(log_in: LogIn, username: str, status: int) -> None:
    assert log_in(username).get("/sturing").status_code == status


def test_the_list_says_what_it_is_narrowed_to_and_how_to_widen_it(log_in: LogIn) -> None:
    page = log_in("manon").get("/dossiers?fase=voorbereiding&wacht_op=KMar&gevraagd=ja").text
    assert "in voorbereiding" in page
    assert "gevraagd aan KMar" in page
    assert 'href="/dossiers?fase=voorbereiding" aria-label="Filter weghalen: gevraagd aan KMar"' in page
    assert "D-2026-04711" in page


@pytest.mark.parametrize("query", ["fase=onzin", "leeftijd=9", "leeftijd=-1", "week=x&wat=geopend", "na=x", "versie=x"])
def test_an_address_that_someone_made_up_is_refused(log_in: LogIn, query: str) -> None:
    assert log_in("noor").get(f"/dossiers?{query}").status_code == 400


def test_an_empty_list_says_so(log_in: LogIn) -> None:
    assert "Geen dossier past bij uw keuze." in log_in("noor").get("/dossiers?fase=dublin").text


@pytest.mark.parametrize(("path", "expected"), [("/sturing", 10), ("/dossiers", 7)])
def test_a_screen_costs_the_same_for_one_dossier_as_for_many(
    log_in: LogIn, office: Database, now: datetime, statements: list[str], path: str, expected: int
) -> None:
    client, costs = log_in("manon"), []
    for number in ("D-2026-07001", "D-2026-07002"):
        statements.clear()
        client.get(path)
        costs.append(len([text for text in statements if text.startswith("SELECT")]))
        with transaction(office, SYSTEM, now) as tx:
            add_dossier(tx, 1, PLANTED[0]._replace(number=number, v_nummer=None))
    assert costs == [expected, expected]  # two for the account
