"""Incidents and stuck dossiers on the command line."""

import json

import pytest
from sqlalchemy import delete

from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Incident, Task
from tests.actions.conftest import Scene
from tests.cli.conftest import Run


def test_incidents_are_listed_and_tried_again(klein: Scene, run: Run) -> None:
    dossier_id = klein.open_dossier()
    klein.by(role=None).act(open_incident, dossier_id, "sv_iets", "het register antwoordt niet")

    (listed,) = json.loads(run("incident", "list", "--json").output)
    assert (listed["kind"], listed["number"], listed["element"]) == ("stap", "D-2026-00001", "sv_iets")
    assert run("incident", "list").output == (
        f"{listed['id']}  23-11-2026 09:00  {listed['number']}  sv_iets  (stap)\n"
        "    het register antwoordt niet\n1 storing.\n"
    )
    assert json.loads(run("incident", "list", "--json", "--kind", "timer").output) == []
    assert run("incident", "retry", listed["id"]).output == "1 storing. De worker probeert het opnieuw.\n"
    assert run("incident", "retry", "--all").output == "1 storing. De worker probeert het opnieuw.\n"
    with reading(klein.database, SYSTEM, klein.now) as tx:
        assert tx.session.get_one(Incident, listed["id"]).retried_at is not None
    assert "Noem de nummers" in str(run("incident", "retry").exception)


def test_stuck_dossiers_are_named_and_reported(klein: Scene, run: Run) -> None:
    dossier_id = klein.open_dossier()
    assert run("dossier", "stuck").output == "Er is geen dossier vastgelopen.\n"
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(delete(Task).where(Task.dossier_id == dossier_id))

    found = run("dossier", "stuck", "--json")
    assert (found.exit_code, [each["number"] for each in json.loads(found.output)]) == (1, ["D-2026-00001"])
    assert "D-2026-00001  voorbereiding  sinds" in run("dossier", "stuck", "--report").output
    assert [row.kind for row in klein.rows(Incident, dossier_id)] == ["vastgelopen"]
    assert run("dossier", "stuck").exit_code == 0


def test_all_are_more_than_one_page(klein: Scene, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedrijfsbureau.queries.incidents.PAGE", 2)
    dossier_id = klein.open_dossier()
    for element in ("sv_a", "sv_b", "sv_c"):
        klein.by(role=None).act(open_incident, dossier_id, element, "stuk")

    assert run("incident", "retry", "--all").output == "3 storingen. De worker probeert het opnieuw.\n"
    assert all(incident.retried_at for incident in klein.rows(Incident, dossier_id))
