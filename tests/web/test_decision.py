"""Why a decision came out as it did, on the page of the history."""

from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.database import Database, transaction
from bedrijfsbureau.model import SYSTEM, Dossier
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


def decisions_of(client: FlaskClient, dossier_id: int) -> list[str]:
    html = client.get(f"/dossiers/{dossier_id}/verloop?soort=gegevens").text
    return [text_of(part.split("</details>", 1)[0]) for part in html.split("waarom deze uitkomst?</summary>")[1:]]


def test_who_may_see_all_reads_what_was_seen_and_which_rule_it_was(log_in: LogIn, complete: int) -> None:
    days, route, _ = decisions_of(log_in("hanna"), complete)
    assert "Heeft een kenmerk dat complex maakt Niet ingevuld Regel 1 geldt in alle andere gevallen: 1." in days
    assert "Dublinstatus Geen claim aan de orde" in route
    assert "Medisch advies Geen actie nodig" in route
    assert "Regel 9 geldt in alle andere gevallen: spoor: 4, procedure: AA." in route


def test_what_is_shielded_is_shielded_here_and_so_is_what_the_rule_says(log_in: LogIn, complete: int) -> None:
    route = decisions_of(log_in("noor"), complete)[1]
    assert "Medisch advies afgeschermd voor uw rol" in route
    assert "Dublinstatus Geen claim aan de orde" in route
    assert "Geen actie nodig" not in route
    assert route.rstrip().endswith("Regel 9 geldt.")


def test_of_another_version_only_the_number_of_the_rule_is_told(
    log_in: LogIn, complete: int, office: Database, now: datetime
) -> None:
    data = {"name": "eigen", "outcome": 1, "rules": [2], "process": 99}
    data["tables"] = [{"decision": "eigen_keuze", "table": "weg", "inputs": {"Kleur": "rood"}, "rules": [2]}]
    with transaction(office, SYSTEM, now) as tx:
        history.record(tx, tx.session.get_one(Dossier, complete), "beslissing", **data)

    told = decisions_of(log_in("hanna"), complete)[0]

    other = "Dit was een andere versie van het proces; haar regels staan bij Processen."
    assert " ".join(told.split()) == f"Eigen keuze Kleur afgeschermd voor uw rol Regel 2 geldt. {other}"
