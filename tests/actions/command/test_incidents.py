"""What fails stops only what it must, leaves everything as it was, and is somebody's work afterwards."""

import sys
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, messages, stukken, tasks
from bedrijfsbureau.actions.command.incidents import SOON, open_incident, resolve_incident
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.work.due_work import CLAIM, MOST_ATTEMPTS
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.database import transaction
from bedrijfsbureau.errors import Forbidden, NotFound, StateTampered, StepFailed
from bedrijfsbureau.model import SYSTEM, Dossier, Incident, IncidentKind, Role, Stage
from bedrijfsbureau.worker import work_off
from tests.actions.conftest import KLEIN, Scene, shipped

CRASHING = '''
"""A check that can't do what it should as soon as someone is called Kapot."""
import os
from bedrijfsbureau.checks import Check, State
from bedrijfsbureau.checks.check import always, never


def satisfied(view):
    if view["persoon.naam"] == "Kapot" and "REGISTER_ANSWERS" not in os.environ:
        raise RuntimeError("het register antwoordt niet")
    return True

check = Check(
    code="KAP01", title="Register", theme="Persoon", basis="[I]", evidence="", messages={State.ONTBREEKT: "Ontbreekt."},
    applies=always, satisfied=satisfied, contradictory=never, expired=never, examples=(),
)
'''
PLACE = {"code": "KAP01", "fase": "B", "blokkeert": False, "ontheffing": "nee", "partij": "wij", "taak": "t_punt"}


@pytest.fixture
def with_plugin(klein: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The policy names a check of an installed package."""
    (tmp_path / "kapot_controle.py").write_text(CRASHING)
    metadata = tmp_path / "kapot_controle-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kapot_controle\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[bedrijfsbureau.checks]\nKAP01 = kapot_controle:check\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "kapot_controle", raising=False)
    content = shipped(KLEIN).to_json()
    content["policy"] = {**content["policy"], "punten": [*content["policy"]["punten"], PLACE]}
    klein.by(role=None).act(processes.publish_dossiersoort, dossiersoort.from_json(content))
    return klein


def add_paspoort(scene: Scene, dossier_id: int) -> None:
    received = date(2026, 11, 20)
    scene.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=received, source="aanvrager")


def test_a_check_that_crashes_is_fout_and_blocks_only_its_dossier(with_plugin: Scene) -> None:
    scene = with_plugin
    broken, sound = (scene.open_dossier({"persoon": {"naam": name}}) for name in ("Kapot", "Heel"))
    for dossier_id in (broken, sound):
        add_paspoort(scene, dossier_id)
        scene.do(dossier_id, "t_naam")
        scene.act(dossiers.change_gegevens, dossier_id, {"persoon.akkoord": True})

    assert scene.dossier(broken).verdicts["KAP01"]["state"] == "fout"
    assert "t_vrijgeven" not in scene.tasks(broken)
    assert (scene.rows(Incident, sound), scene.dossier(sound).stage) == ([], Stage.BEHANDELKLAAR)


def keep_working(scene: Scene, moment: datetime) -> datetime:
    """Until nothing is left for a worker that is patient enough; when that was."""
    for _ in range(MOST_ATTEMPTS + 1):
        while work_off(scene.database, partial(datetime.fromtimestamp, moment.timestamp(), UTC), lambda row: None):
            pass
        moment += CLAIM * 2**MOST_ATTEMPTS
    return moment


def test_a_check_that_crashes_is_tried_again_and_then_one_incident_that_a_retry_ends(
    with_plugin: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = with_plugin
    dossier_id = scene.open_dossier({"persoon": {"naam": "Kapot"}})
    scene.act(dossiers.change_gegevens, dossier_id, {"persoon.akkoord": True})
    assert scene.rows(Incident, dossier_id) == []

    later = keep_working(scene, scene.now + SOON)

    (incident,) = scene.rows(Incident, dossier_id)
    assert (incident.kind, incident.element, incident.cause, incident.attempts) == (
        IncidentKind.CONTROLE, "KAP01", "De controle kon niet worden uitgevoerd (RuntimeError).", MOST_ATTEMPTS
    )  # fmt: skip
    assert scene.kinds(dossier_id).count("storing_gemeld") == 1

    monkeypatch.setenv("REGISTER_ANSWERS", "1")
    scene.by(role=Role.BEHEERDER, now=later).act(retry_incident, incident.id)
    keep_working(scene, later)

    assert scene.dossier(dossier_id).verdicts["KAP01"]["state"] == "voldaan"
    (incident,) = scene.rows(Incident, dossier_id)
    assert incident.resolved_at is not None


def test_a_check_that_stops_crashing_ends_its_incident_by_itself(with_plugin: Scene) -> None:
    scene = with_plugin
    dossier_id = scene.open_dossier({"persoon": {"naam": "Kapot"}})
    later = keep_working(scene, scene.now + SOON)
    scene.by(now=later).act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "Heel"})

    keep_working(scene, later + SOON)

    (incident,) = scene.rows(Incident, dossier_id)
    assert incident.resolved_at is not None


def test_what_a_crash_says_holds_no_values_of_the_dossier(with_plugin: Scene) -> None:
    dossier_id = with_plugin.open_dossier({"persoon": {"naam": "Kapot"}})

    message = with_plugin.dossier(dossier_id).verdicts["KAP01"]["message"]

    assert "RuntimeError" in message
    assert "register antwoordt" not in message


def test_a_handler_that_raises_leaves_everything_as_it_was(klein: Scene) -> None:
    """The court's message without its date: the handler can't find what it needs."""
    dossier_id = klein.open_dossier()
    before, state = klein.kinds(dossier_id), klein.dossier(dossier_id).state

    with pytest.raises(StepFailed) as error:
        klein.act(messages.receive, dossier_id, "rechter_bepaalt")

    assert error.value.element == "sv_rechter"
    assert "Er is niets gewijzigd" in str(error.value)
    assert klein.kinds(dossier_id) == [*before, "storing_gemeld"]
    assert klein.dossier(dossier_id).state == state
    (incident,) = klein.rows(Incident, dossier_id)
    assert (incident.element, incident.opened_at, incident.resolved_at) == ("sv_rechter", klein.now, None)


def test_the_same_failure_is_one_incident_until_it_is_resolved(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    beheerder = klein.by(role=Role.BEHEERDER)
    for _ in range(2):
        with pytest.raises(StepFailed):
            klein.act(messages.receive, dossier_id, "rechter_bepaalt")
    (incident,) = klein.rows(Incident, dossier_id)

    beheerder.act(resolve_incident, incident.id, "bericht klopte niet")
    with pytest.raises(StepFailed):
        klein.act(messages.receive, dossier_id, "rechter_bepaalt")

    assert [(row.resolved_at, row.note) for row in klein.rows(Incident, dossier_id)] == [
        (klein.now, "bericht klopte niet"),
        (None, None),
    ]


def test_a_state_that_was_tampered_with_is_never_loaded(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    task_id = klein.tasks(dossier_id)["t_naam"]
    state = klein.dossier(dossier_id).state
    assert state is not None
    forged = state[:-1] + bytes([state[-1] ^ 1])
    overwrite(klein, dossier_id, forged)

    with pytest.raises(StateTampered):
        klein.act(tasks.complete, task_id, {"persoon.naam": "A"})

    assert (klein.dossier(dossier_id).state, klein.dossier(dossier_id).gegevens) == (forged, {})
    assert [incident.element for incident in klein.rows(Incident, dossier_id)] == ["processtand"]


def test_the_state_of_another_dossier_is_tampering_too(klein: Scene) -> None:
    mine, other = klein.open_dossier(), klein.open_dossier()
    state = klein.dossier(other).state
    assert state is not None
    overwrite(klein, mine, state)

    with pytest.raises(StateTampered):
        klein.act(dossiers.change_gegevens, mine, {"persoon.naam": "A"})

    assert klein.rows(Incident, other) == []


def test_only_operations_resolve_an_incident(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    incident_id = klein.by(role=None).act(open_incident, dossier_id, "sv", "stuk").id

    with pytest.raises(Forbidden):
        klein.act(resolve_incident, incident_id, "")
    with pytest.raises(NotFound):
        klein.by(role=Role.BEHEERDER).act(resolve_incident, incident_id + 1, "")


def overwrite(scene: Scene, dossier_id: int, state: bytes) -> None:
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(state=state))
