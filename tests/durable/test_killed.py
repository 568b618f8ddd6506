"""Kill -9 at every statement and every commit: afterwards all is as before the command, or all as after it.

Each command is given again after each kill, under the same key, as a person does whose screen stayed empty; so this
shows as well that a command that was carried out and never answered is not carried out twice.

CI tries a sample, spread over all commands. BB_KILL_EVERY=1 tries every point.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions import rappels, verzoeken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli.scenario.soundness import faults
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, DueWork, Event, StukVersion
from bedrijfsbureau.rappel import Letter, Outlet
from tests.actions.conftest import Scene, say
from tests.actions.test_rappels import by_mail
from tests.durable.crashing import everything, is_killed
from tests.durable.life import DUE, Step, life

EVERY = int(os.environ.get("BB_KILL_EVERY", "12"))


def unsound(scene: Scene, now: datetime) -> list[str]:
    with reading(scene.database, SYSTEM, now) as tx:
        found = list(tx.session.scalars(select(Dossier.id)))
        kept = tx.session.scalars(select(StukVersion.sha256))
        lost = [sha256 for sha256 in kept if not tx.database.storage.path(sha256).exists()]
    return [*lost, *(fault for dossier_id in found for fault in faults(scene.database, now, dossier_id))]


def kill_everywhere(scene: Scene, step: Step, number: int) -> int:
    """How often it was killed. The first point moves up by one with every command, so that a sample sees them all."""
    before, after, killed = everything(scene.database), None, 0
    point = 1 + number % min(EVERY, 6)
    while is_killed(scene.database, point, step.run):
        found = everything(scene.database)
        if after is None and found != before:
            after = found
            assert unsound(scene, scene.now) == [], f"{step.name}, killed at {point}"
        assert found == (after or before), f"{step.name}, killed at {point}"
        killed, point = killed + 1, point + EVERY
    assert after is None or everything(scene.database) == after, f"{step.name}, asked again"
    return killed


def forget_attempts(scene: Scene) -> None:
    """Work during which five workers died is an incident; here each death is a story of its own."""
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(DueWork).values(attempts=0))


def test_every_command_is_done_whole_or_not_at_all(
    klein: Scene, record_testsuite_property: Callable[[str, object], None]
) -> None:
    killed = {step.name: kill_everywhere(klein, step, number) for number, step in enumerate(life(klein))}

    assert unsound(klein, klein.now) == []
    assert len(killed) == 34
    assert min(killed.values()) >= 1, killed
    record_testsuite_property(f"kills on {klein.database.engine.dialect.name}", sum(killed.values()))


@pytest.mark.parametrize("seed", range(2))
def test_a_worker_that_is_killed_anywhere_loses_nothing_and_does_nothing_twice(
    klein: Scene, tmp_path: Path, seed: int
) -> None:
    """Another begins when the claim of the dead one is over. What is sent may be sent twice, under one name."""
    dossiers = [klein.open_dossier({"persoon": {"oproep_op": "2026-11-25"}}) for _ in range(2)]
    klein.act(say, dossiers[0])
    by_mail(klein)
    klein.act(verzoeken.ask, dossiers[0], "PAS01")
    perform(klein.database, SYSTEM, klein.now, rappels.plan)
    moment, killed, point = DUE, 0, 1 + seed * (EVERY // 2)
    send, mailed = worker.deliver_to(tmp_path / "uit"), tmp_path / "mail"
    mailed.mkdir()

    def mail(letter: Letter) -> None:
        with (mailed / letter.message_id).open("a", encoding="utf-8") as file:
            file.write(f"{letter}\n")

    def work() -> None:
        while worker.work_off(klein.database, lambda: moment, send, f"worker {moment}", Outlet(mail=mail)):
            pass

    while is_killed(klein.database, point, work):
        assert unsound(klein, moment) == [], f"killed at {point}"
        forget_attempts(klein)
        killed, point, moment = killed + 1, point + EVERY, moment + timedelta(seconds=16)

    with reading(klein.database, SYSTEM, moment) as tx:
        fired = Counter(
            event.dossier_id for event in tx.session.scalars(select(Event).where(Event.kind == "timer_afgegaan"))
        )
        undone = tx.session.scalars(select(DueWork).where(DueWork.done_at.is_(None), DueWork.due_at <= moment)).all()
    assert (fired, undone, unsound(klein, moment)) == (dict.fromkeys(dossiers, 1), [], [])
    assert len(list((tmp_path / "uit").glob("*.json"))) == 1
    (letter,) = mailed.iterdir()
    assert len(set(letter.read_text(encoding="utf-8").splitlines())) == 1  # perhaps more than once, but the same
    assert killed > 0
