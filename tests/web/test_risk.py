"""The risk list of planners and managers, and the page where a rule is recomputed for all dossiers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select, update

from bedrijfsbureau import worker
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Termijn
from tests.web.conftest import post
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]
RULE = "beslistermijn-vw2000"
LIST = "/risicolijst"


def test_the_list_is_in_order_of_the_time_left_with_the_terms_that_are_at_stake(
    log_in: LogIn, complete: int
) -> None:
    page = log_in("pim").get(LIST)
    text = text_of(page.text)
    assert page.status_code == 200
    assert "Beslistermijn (Vw 2000)" in text
    assert "D-2026-06000" in text
    assert "Rust- en voorbereidingstermijn" not in text


def test_the_list_is_narrowed_by_term_level_and_locatie(log_in: LogIn, office: Database, complete: int) -> None:
    client = log_in("manon")
    assert "D-2026-06000" in client.get(f"{LIST}?termijn=beslistermijn&stand=te-laat").text
    assert "D-2026-06000" not in client.get(f"{LIST}?termijn=rechter").text
    assert "Niets loopt risico" in text_of(client.get(f"{LIST}?locatie=2").text)
    assert [client.get(f"{LIST}?{wrong}").status_code for wrong in ("stand=x", "locatie=x", "na=x")] == [400] * 3


def test_pages_follow_each_other_at_the_same_cost(
    log_in: LogIn, office: Database, complete: int, now: datetime, statements: list[str]
) -> None:
    client = log_in("manon")
    statements.clear()
    client.get(LIST)
    few = len(statements)
    with transaction(office, SYSTEM, now) as tx:
        mine = select(Dossier.id).where(Dossier.closed_at.is_(None), Dossier.id != complete)
        for dossier_id in tx.session.scalars(mine).all():
            for n in range(8):
                tx.session.add(Termijn(
                    dossier_id=dossier_id, kind=f"proef_{n}", title="Proef", due_on=now.date() + timedelta(days=n),
                    content={"basis": "", "steps": []}, rule=RULE, rule_version=1, facts=[], steers=False,
                ))  # fmt: skip
    statements.clear()
    page = client.get(LIST).text
    assert len(statements) == few
    assert "Volgende dossiers" in page
    after = page.split("na=", 1)[1].split('"', 1)[0].split("&")[0]
    assert "Naar het begin van de lijst" in text_of(client.get(f"{LIST}?na={after}").text)


def test_who_has_no_business_there_is_refused(log_in: LogIn, complete: int) -> None:
    assert [log_in("noor").get(path).status_code for path in (LIST, "/termijnregels")] == [403, 403]
    assert log_in("petra").get(LIST).status_code == 403


def test_a_rule_is_previewed_recomputed_by_the_worker_and_turned_back(
    log_in: LogIn, office: Database, complete: int, now: datetime
) -> None:
    def due_on() -> str:
        with reading(office, SYSTEM, now) as tx:
            return str(tx.session.get_one(Termijn, (complete, "beslistermijn")).due_on)

    def work() -> None:
        while worker.work_off(office, lambda: now, lambda row: None):
            pass

    right = due_on()
    with transaction(office, SYSTEM, now) as tx:
        tx.connection.execute(update(Termijn).where(Termijn.rule == RULE).values(due_on=now.date(), rule_version=3))
    client = log_in("petra")
    assert "1 dossier krijgt een andere datum" in text_of(client.get(f"/termijnregels/{RULE}").text)
    post(client, f"/termijnregels/{RULE}", page="/termijnregels/" + RULE, sleutel="k")
    work()
    assert due_on() == right
    page = text_of(client.get("/termijnregels").text)
    assert "klaar, 1 van 1" in page and "Terugdraaien" in page

    post(client, "/termijnregels/herberekening/1/terugdraaien", page=f"/termijnregels/{RULE}", sleutel="u")
    work()
    assert due_on() != right
    assert "terugdraaien van 1" in text_of(client.get("/termijnregels").text)


def test_an_auditor_sees_the_rules_but_recomputes_nothing(log_in: LogIn, complete: int) -> None:
    client = log_in("aad")
    assert "Ook bewaard" not in client.get("/termijnregels").text
    assert "Herbereken deze dossiers" not in client.get(f"/termijnregels/{RULE}").text
    assert client.get("/termijnregels/niets").status_code == 404
