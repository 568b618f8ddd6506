"""The tab with terms: why a date is what it is, and the forms that record what happens to a term."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient

from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM, Termijn
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
AWB = {"ground": "awb4-15-1-a", "decision": "brief 12"}


def show(client: FlaskClient, complete: int) -> str:
    return client.get(f"/dossiers/{complete}/termijnen").text


def post(client: FlaskClient, complete: int, what: str, key: str = "k1", **data: str) -> Any:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', show(client, complete))[0]
    form = {"csrf_token": token, "sleutel": key, **data}
    return client.post(f"/dossiers/{complete}/termijnen/{what}", data=form, follow_redirects=True)


def test_a_term_that_waits_for_an_instelling_says_so(log_in: LogIn, complete: int) -> None:
    page = text_of(show(log_in("noor"), complete))
    assert "nog niet te berekenen, te bevestigen" in page
    assert "aa_telwijze" in page
    assert "Ook bewaard, telt hier niet: Datum van de loopbrief" in page


def test_a_suspension_is_recorded_once_ended_and_corrected(log_in: LogIn, complete: int) -> None:
    client = log_in("noor")
    for _ in range(2):
        said = post(client, complete, "beslistermijn/opschorten", **AWB, begin="2-3-2026", end="")
        assert "De opschorting is vastgelegd." in text_of(said.text)
    page = text_of(show(client, complete))
    assert page.count("Opgeschort van 02-03-2026 zonder einddatum") == 2  # the fact and its event
    assert "De einddatum is nog niet bekend." in page

    post(client, complete, "beslistermijn/1/beeindigen", "k2", end="12-3-2026")
    ended = text_of(show(client, complete))
    assert "(10 dagen)" in ended and "beëindigd" in ended

    post(client, complete, "beslistermijn/2/corrigeren", "k3", kind="opschorting", begin="2-3-2026", end="7-3-2026",
         decision="brief 12", why="telfout")  # fmt: skip
    assert "(5 dagen)" in text_of(show(client, complete))
    post(client, complete, "beslistermijn/3/intrekken", "k4", why="ander dossier")
    assert "Ingetrokken: ander dossier" in text_of(show(client, complete))


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(log_in: LogIn, complete: int) -> None:
    client = log_in("noor")
    answer = post(client, complete, "beslistermijn/verlengen", ground="vw42-5", length="9 maanden", decision="b 1")
    page = text_of(answer.text)
    assert answer.status_code == 422
    assert "hoogstens met 3 maanden worden verlengd" in page
    assert 'value="9 maanden"' in answer.text
    assert post(client, complete, "beslistermijn/opschorten", begin="nooit", **AWB).status_code == 422


def test_court_dates_extensions_and_notices_have_forms(log_in: LogIn, complete: int) -> None:
    client = log_in("noor")
    post(client, complete, "rechter", "a", about="besluit", on="1-2-2027", decision="NL26.1")
    post(client, complete, "beslistermijn/verlengen", "b", ground="vw42-4-a", length="9 maanden", decision="b 1")
    post(client, complete, "beslistermijn/ingebrekestelling", "c", on="20-11-2026", decision="post 3")
    page = text_of(show(client, complete))
    assert "Datum van de rechter voor het besluit" in page
    assert "Verlengd met 9 maanden: ingewikkelde zaak" in page
    assert "Twee weken na de ingebrekestelling" in page


def test_a_penalty_of_a_court_is_asked_for_shown_and_checked(log_in: LogIn, complete: int) -> None:
    client = log_in("noor")
    court = {"about": "besluit", "on": "1-2-2027", "decision": "NL26.1"}
    wrong = post(client, complete, "rechter", "a", **court, per_day="honderd")
    assert wrong.status_code == 422
    assert "Dit is geen bedrag in hele euro" in text_of(wrong.text)

    post(client, complete, "rechter", "a", **court, per_day="€ 100", most="7.500")
    page = text_of(show(client, complete))
    assert "Vanaf 02-02-2027 een dwangsom van € 100 per dag, hoogstens € 7.500." in page
    assert "dwangsommen van de rechter staan voor deze dossiersoort en periode niet aan" in page


def test_what_ran_up_is_shown_where_it_is_on(
    office: Database, now: datetime, log_in: LogIn, complete: int
) -> None:
    client = log_in("noor")
    post(client, complete, "rechter", "a", about="besluit", on="1-3-2026", decision="NL26.1", per_day="100", most="300")
    with transaction(office, SYSTEM, now) as tx:
        row = tx.session.get_one(Termijn, (complete, "rechter_beslissen"))
        row.content = {**row.content, "dwangsom": {**row.content["dwangsom"], "counts": True}}

    assert "Dwangsom tot en met vandaag: € 300 3 dagen, het maximum" in text_of(show(client, complete))
    assert "dwangsom € 300, het maximum" in text_of(log_in("manon").get("/risicolijst").text)


def test_a_minimum_is_over_and_never_too_late_and_what_runs_comes_first(log_in: LogIn, complete: int) -> None:
    page = show(log_in("noor"), complete)
    text = text_of(page)
    assert re.search(r"Rust- en voorbereidingstermijn (voorbij sinds|nog tot en met) ", text)
    order = re.findall(r'<h2 id="t-([a-z_]+)"', page)
    assert order.index("beslistermijn") < order.index("registratie")


def test_an_auditor_only_reads(log_in: LogIn, complete: int) -> None:
    page = text_of(show(log_in("aad"), complete))
    assert "6 maanden later" in page
    assert "Opschorting vastleggen" not in page
