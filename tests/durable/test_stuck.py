"""A dossier that will never move again by itself is found, and is an incident the same night."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions import stukken, verzoeken
from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Incident, IncidentKind, Role, Task, TaskStatus
from bedrijfsbureau.queries.stuck import stuck
from tests.actions.conftest import Scene

TONIGHT = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)


def found(scene: Scene) -> list[int]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return [each.id for each in stuck(tx, 10)]


def strand(scene: Scene, dossier_id: int) -> None:
    """What may never happen: its open tasks are gone and its process is where it was."""
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(delete(Task).where(Task.dossier_id == dossier_id, Task.status == TaskStatus.OPEN))


def with_verzoek(scene: Scene, dossier_id: int) -> None:
    scene.act(verzoeken.ask, dossier_id, "PAS01")


def with_incident(scene: Scene, dossier_id: int) -> None:
    scene.by(role=None).act(open_incident, dossier_id, "sv", "stuk")


def closed(scene: Scene, dossier_id: int) -> None:
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(closed_at=scene.now))


def test_a_dossier_without_a_way_on_is_stuck_and_others_are_not(klein: Scene) -> None:
    stranded, waiting = klein.open_dossier(), klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    klein.open_dossier()
    for dossier_id in (stranded, waiting):
        strand(klein, dossier_id)

    assert found(klein) == [stranded]


@pytest.mark.parametrize("way_on", [with_verzoek, with_incident, closed])
def test_who_waits_or_is_known_or_closed_is_not_stuck(klein: Scene, way_on: Callable[[Scene, int], None]) -> None:
    dossier_id = klein.open_dossier()
    way_on(klein, dossier_id)
    strand(klein, dossier_id)

    assert found(klein) == []


def test_a_dossier_at_the_gehoor_is_not_stuck(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    klein.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=date(2026, 11, 20), source="aanvrager")
    klein.do(dossier_id, "t_naam")
    klein.do(dossier_id, "t_vrijgeven")
    klein.do(dossier_id, "t_punt")

    assert (klein.tasks(dossier_id), found(klein)) == ({}, [])


def test_the_worker_reports_it_once_and_a_retry_says_whether_it_still_is(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    worker.work_off(klein.database, lambda: klein.now, lambda work: None)
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(state=None))
    strand(klein, dossier_id)

    for _ in range(2):
        worker.work_off(klein.database, lambda: TONIGHT, lambda work: None)

    (incident,) = klein.rows(Incident, dossier_id)
    assert (incident.kind, incident.resolved_at) == (IncidentKind.VASTGELOPEN, None)
    klein.by(role=Role.BEHEERDER, now=TONIGHT).act(retry_incident, incident.id)
    worker.work_off(klein.database, lambda: TONIGHT, lambda work: None)
    (incident,) = klein.rows(Incident, dossier_id)
    assert (incident.retried_at, incident.resolved_at) == (None, None)
