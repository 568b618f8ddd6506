"""What takes readiness away, before and after the vrijgave: what reopens, what the dossier says, and who is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import stukken, vrijstellingen
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import (
    SYSTEM,
    Dossier,
    DueWork,
    Notice,
    Role,
    Stage,
    Stuk,
    Task,
    TaskStatus,
    Vrijgave,
    WorkKind,
)
from bedrijfsbureau.worker import work_off
from tests.actions.conftest import ASIEL, Scene, stage
from tests.actions.conftest import on_stage as scene_of
from tests.databases import NOW, Start
from tests.web import released as complete

LAST_DAY = date(2026, 11, 25)
BEFORE, AFTER = "D-2026-06000", "D-2026-06001"
WAS = {BEFORE: Stage.BEHANDELKLAAR, AFTER: Stage.VRIJGEGEVEN}
AANVRAAG = "Het stuk 'Aanvraag asiel (M35-H)'"


def _fill(database: Database) -> None:
    stage(database, NOW, ASIEL)
    for number in WAS:
        complete.add_complete(database, NOW, number=number)
    complete.release(database, NOW, complete.dossier_id(database, NOW, AFTER))


@pytest.fixture
def start() -> Start:
    return Start("ready-and-released", _fill)


def asiel_of(database: Database) -> Scene:
    return scene_of(database, NOW, ASIEL)


def opened_for_checks(scene: Scene, dossier_id: int) -> list[str]:
    """The tasks that are open for a check: what judges a stuk that came or went is not one."""
    is_open = [task for task in scene.rows(Task, dossier_id) if task.status is TaskStatus.OPEN]
    return sorted(str(task.local["taak"]) for task in is_open if "taak" in task.local)


def told(scene: Scene, dossier_id: int) -> set[str]:
    return {work.payload["to"] for work in scene.rows(DueWork, dossier_id) if work.kind is WorkKind.OUTBOX}


def found(scene: Scene, number: str) -> Dossier:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.scalars(select(Dossier).where(Dossier.number == number)).one()


def aanvraag(scene: Scene, dossier_id: int) -> int:
    return next(int(stuk.id) for stuk in scene.rows(Stuk, dossier_id) if stuk.soort == "m35h")


def replacing(scene: Scene, dossier_id: int, valid_until: date | None) -> None:
    scene.act(
        stukken.add_stuk, dossier_id, soort="m35h", received_on=date(2026, 11, 23), source="AVIM",
        valid_until=valid_until, replaces=aanvraag(scene, dossier_id),
    )  # fmt: skip


def after_days(scene: Scene, days: int) -> Scene:
    """The worker was down for that long, and is back."""
    later = scene.by(now=scene.now + timedelta(days=days))
    while work_off(scene.database, lambda: later.now, lambda work: None):
        pass
    return later


def withdraw(scene: Scene, dossier_id: int) -> Scene:
    scene.act(stukken.withdraw_stuk, aanvraag(scene, dossier_id), "vals gebleken")
    return scene


def replace(scene: Scene, dossier_id: int) -> Scene:
    replacing(scene, dossier_id, date(2026, 11, 20))
    return scene


def contradict(scene: Scene, dossier_id: int) -> Scene:
    scene.act(
        stukken.add_stuk, dossier_id, soort="pv_identificatie", received_on=date(2026, 11, 23), source="AVIM",
        gegevens={"geboortedatum": "1996-05-12"},
    )  # fmt: skip
    return scene


def expire(scene: Scene, dossier_id: int) -> Scene:
    replacing(scene, dossier_id, LAST_DAY)
    assert scene.dossier(dossier_id).setback is None
    return after_days(scene, 4)


def end_vrijstelling(scene: Scene, dossier_id: int) -> Scene:
    """It was given before there was anything to let go."""
    scene.act(vrijstellingen.grant, dossier_id, "TEG01", "AVIM zoekt dit uit", LAST_DAY, "Overmacht")
    contradict(scene, dossier_id)
    assert scene.dossier(dossier_id).setback is None
    return after_days(scene, 4)


class Cause(NamedTuple):
    lose: Callable[[Scene, int], Scene]
    codes: list[str]
    tasks: list[str]  # that open because of them
    said: str


CAUSES = {
    "withdrawn": Cause(withdraw, ["AAN01", "VER02"], ["t_aanvraag"], f"{AANVRAAG} is ingetrokken"),
    "replaced": Cause(replace, ["AAN01"], ["t_aanvraag"], f"{AANVRAAG} is vervangen"),
    "expired": Cause(expire, ["AAN01"], ["t_aanvraag"], f"{AANVRAAG} was geldig tot en met wo 25 nov. 2026"),
    "contradicted": Cause(contradict, ["TEG01"], ["t_tegenspraak"], "is toegevoegd en spreekt iets anders tegen"),
    "no longer let go": Cause(end_vrijstelling, ["TEG01"], ["t_tegenspraak"], "De vrijstelling gold tot en met wo 25"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_reopens_its_own_tasks_only_and_tells_the_people_of_the_gehoor(
    database: Database, cause: str
) -> None:
    lose, codes, tasks, said = CAUSES[cause]
    for number, was in WAS.items():
        asiel = asiel_of(database)
        dossier_id = found(asiel, number).id
        assert found(asiel, number).stage is was
        later = lose(asiel, dossier_id)

        dossier = later.dossier(dossier_id)
        assert dossier.setback is not None
        assert said in dossier.setback["sentence"] and dossier.setback["sentence"].count(".") <= 3
        assert (dossier.setback["was"], dossier.setback["codes"]) == (was, codes)
        assert opened_for_checks(later, dossier_id) == tasks
        now_waiting = [row for row in later.rows(Notice, dossier_id) if row.over_at is None]
        assert [(n.role, n.gehoor_op) for n in now_waiting] == [
            (Role.HOORMEDEWERKER, dossier.gehoor_op), (Role.PLANNER, dossier.gehoor_op),
        ]  # fmt: skip
        assert {n.sentence for n in now_waiting} == {dossier.setback["sentence"]}
        assert {"horen en beslissen", "verdeelstation"} <= told(later, dossier_id)
        withdrawn = [v.withdrawn_at is not None for v in later.rows(Vrijgave, dossier_id)]
        assert all(withdrawn) and bool(withdrawn) is (number == AFTER)
