"""What fails is tried again, then is an incident with a cause and an element, and is over when a retry goes well."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions.command.incidents import assign_incident
from bedrijfsbureau.actions.work.due_work import CLAIM, MOST_ATTEMPTS
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden
from bedrijfsbureau.model import SYSTEM, Dossier, DueWork, Incident, IncidentKind, Role, Task, TaskStatus, WorkKind
from tests.actions.conftest import Scene, say
from tests.durable.life import DUE

TONIGHT = datetime.fromisoformat("2026-11-23T23:05:00+00:00")


class Post:
    def __init__(self) -> None:
        self.sent: list[str] = []
        self.broken = True

    def __call__(self, work: DueWork) -> None:
        if self.broken:
            raise OSError("de mailserver antwoordt niet")
        self.sent.append(work.payload["subject"])


def keep_working(scene: Scene, moment: datetime, send: Callable[[DueWork], None]) -> datetime:
    """Until nothing is left for a worker that is patient enough; when that was."""
    for _ in range(MOST_ATTEMPTS + 1):
        while worker.work_off(scene.database, partial(datetime.fromtimestamp, moment.timestamp(), UTC), send, "w"):
            pass
        moment += CLAIM * 2**MOST_ATTEMPTS
    return moment


def only(scene: Scene, table: type[Any], *conditions: Any) -> Any:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.scalars(select(table).where(*conditions)).one()


def test_a_message_that_can_not_be_delivered_is_delivered_after_a_retry(klein: Scene) -> None:
    dossier_id, post = klein.open_dossier(), Post()
    klein.act(say, dossier_id)
    moment = keep_working(klein, klein.now, post)

    incident = only(klein, Incident)
    assert (incident.kind, incident.attempts) == (IncidentKind.BERICHT, MOST_ATTEMPTS)
    assert incident.cause == "OSError: de mailserver antwoordt niet"
    beheerder = klein.by(role=Role.BEHEERDER, now=moment)
    beheerder.act(retry_incident, incident.id)
    moment = keep_working(beheerder, moment, post)
    again = only(klein, Incident)
    assert (again.retried_at, again.resolved_at, again.attempts) == (None, None, 2 * MOST_ATTEMPTS)

    post.broken = False
    klein.by(role=Role.BEHEERDER, now=moment).act(retry_incident, incident.id)
    keep_working(klein, moment, post)

    assert post.sent == ["D-2026-00001 groet"]
    over = only(klein, Incident)
    assert over.resolved_at is not None
    assert (over.resolved_by_id, over.note) == (None, "Opnieuw geprobeerd en gelukt.")
    assert klein.kinds(dossier_id)[-1] == "storing_opgelost"


def break_state(scene: Scene, dossier_id: int) -> bytes:
    """The old one."""
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        state = tx.session.scalars(select(Dossier.state).where(Dossier.id == dossier_id)).one()
        assert state is not None
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(state=b"\x02" + state[1:]))
    return state


def test_a_timer_of_a_state_nobody_can_load_is_an_incident_at_once(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    state = break_state(klein, dossier_id)

    worker.work_off(klein.database, lambda: DUE, lambda work: None)

    incident = only(klein, Incident, Incident.work.like("timer:%"))
    assert (incident.kind, incident.element, incident.attempts) == (IncidentKind.PROCESSTAND, "processtand", 1)
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Dossier).where(Dossier.id == dossier_id).values(state=state))
    klein.by(role=Role.BEHEERDER, now=DUE).act(retry_incident, incident.id)
    worker.work_off(klein.database, lambda: DUE, lambda work: None)
    assert "t_oproep" in klein.tasks(dossier_id)
    assert only(klein, Incident, Incident.id == incident.id).resolved_at == DUE


def test_one_dossier_that_fails_in_the_review_holds_up_no_other(klein: Scene) -> None:
    dossiers = [klein.open_dossier() for _ in range(3)]
    worker.work_off(klein.database, lambda: klein.now, lambda work: None)
    state = break_state(klein, dossiers[1])

    keep_working(klein, TONIGHT, lambda work: None)

    assert [klein.dossier(each).changed_at for each in dossiers] == [TONIGHT, klein.now, TONIGHT]
    incident = only(klein, Incident)
    assert (incident.dossier_id, incident.kind) == (dossiers[1], IncidentKind.PROCESSTAND)
    assert state is not None


def test_a_dossier_that_says_someone_was_first_holds_up_no_other(klein: Scene) -> None:
    """Every time: the rows of its tasks are not those of its process."""
    dossiers = [klein.open_dossier() for _ in range(3)]
    worker.work_off(klein.database, lambda: klein.now, lambda work: None)
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        broken = update(Task).where(Task.dossier_id == dossiers[1], Task.status == TaskStatus.OPEN)
        tx.session.execute(broken.values(status=TaskStatus.LAPSED))

    keep_working(klein, TONIGHT, lambda work: None)

    assert [klein.dossier(each).changed_at for each in dossiers] == [TONIGHT, klein.now, TONIGHT]
    with reading(klein.database, SYSTEM, TONIGHT) as tx:
        incidents = tx.session.scalars(select(Incident)).all()
    found = {each.kind: (each.dossier_id, "unique" in each.cause.lower()) for each in incidents}
    assert found == {
        IncidentKind.HERBEOORDELING: (dossiers[1], True), IncidentKind.VASTGELOPEN: (dossiers[1], False)
    }  # fmt: skip


def test_a_round_goes_on_where_the_dead_worker_was(klein: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = [klein.open_dossier() for _ in range(5)]
    worker.work_off(klein.database, lambda: klein.now, lambda work: None)
    monkeypatch.setattr("bedrijfsbureau.worker.rounds.PAGE", 2)

    worker.work_off(klein.database, lambda: TONIGHT, lambda work: None, "dies after a page")
    later = TONIGHT + timedelta(minutes=1)
    while worker.work_off(klein.database, lambda: later, lambda work: None, "another"):
        pass

    changed = [klein.dossier(each).changed_at for each in dossiers]
    assert changed == [TONIGHT, TONIGHT, later, later, later]


def test_work_that_kills_every_worker_is_an_incident_in_the_end(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    with transaction(klein.database, SYSTEM, DUE) as tx:
        tx.session.execute(update(DueWork).where(DueWork.kind == WorkKind.TIMER).values(attempts=MOST_ATTEMPTS))

    worker.work_off(klein.database, lambda: DUE, lambda work: None)

    assert "timer_afgegaan" not in klein.kinds(dossier_id)
    assert "zonder te zeggen waarom" in only(klein, Incident).cause


def test_who_may_do_what_with_an_incident(klein: Scene) -> None:
    klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}})
    with transaction(klein.database, SYSTEM, DUE) as tx:
        tx.session.execute(update(DueWork).where(DueWork.kind == WorkKind.TIMER).values(attempts=MOST_ATTEMPTS))
    worker.work_off(klein.database, lambda: DUE, lambda work: None)
    incident, beheerder = only(klein, Incident), klein.by(role=Role.BEHEERDER)

    with pytest.raises(Forbidden):
        klein.act(retry_incident, incident.id)
    with pytest.raises(Forbidden):
        beheerder.act(assign_incident, incident.id, klein.actor.id)  # no beheerder
    beheerder.by(now=DUE).act(retry_incident, incident.id)
    worker.work_off(klein.database, lambda: DUE, lambda work: None)
    with pytest.raises(Conflict):
        beheerder.act(retry_incident, incident.id)
