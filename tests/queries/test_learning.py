"""What came back although it was green, and what was let go: counted over vrijgaven, as they were sealed."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedrijfsbureau.actions import gehoren
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Forbidden
from bedrijfsbureau.model import SYSTEM, PolicyVersion, Role, Vrijgave
from bedrijfsbureau.queries import learning
from bedrijfsbureau.queries.learning import Period, Tally
from tests.actions.command.test_vrijgave import released
from tests.actions.conftest import KLEIN, Scene, on_stage, staged
from tests.databases import Start

PERIOD = Period(date(2026, 10, 1), date(2026, 11, 30))


@pytest.fixture
def start() -> Start:
    return staged(KLEIN)


@pytest.fixture
def klein(database: Any, now: Any) -> Scene:
    return on_stage(database, now, KLEIN)


def plant(scene: Scene, dossier_id: int, days_ago: int, states: dict[str, str], **returned: str) -> None:
    """A vrijgave with these verdicts; `returned`: return_code and return_reason."""
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        number = len(scene.rows(Vrijgave, dossier_id)) + 1 if not tx.is_reading else 1
        policy_id = tx.session.query(PolicyVersion.id).order_by(PolicyVersion.id).first()[0]
        verdicts = [{"code": code, "title": f"Punt {code}", "state": state} for code, state in states.items()]
        tx.session.add(
            Vrijgave(
                dossier_id=dossier_id, number=number, at=scene.now - timedelta(days=days_ago), by="x",
                policy_version_id=policy_id, content={"verdicts": verdicts}, seal="",
                returned_at=scene.now if returned else None, **returned,
            )
        )  # fmt: skip


def found(scene: Scene, **more: Any) -> dict[str, learning.Row]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return {row.code: row for row in learning.rows(tx, KLEIN, PERIOD, **more)}


def test_missed_waived_and_returned_are_told_apart(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    green = {"A01": "voldaan", "B01": "vrijgesteld", "C01": "niet van toepassing", "D01": "ontbreekt"}
    plant(klein, dossier_id, 3, green)
    plant(klein, dossier_id, 2, green, return_code="A01", return_reason="onjuist")
    plant(klein, dossier_id, 30, green, return_code="D01", return_reason="ontbreekt")  # it was shown as open
    plant(klein, dossier_id, 31, {"E01": "voldaan"}, return_code="E01", return_reason="De heer X wist het niet")
    plant(klein, dossier_id, 90, green, return_code="A01", return_reason="onjuist")  # before the period

    rows = found(klein)

    assert {code: row.total for code, row in rows.items()} == {
        "A01": Tally(applied=3, waived=0, returned=1, missed=1),
        "B01": Tally(applied=3, waived=3, returned=0, missed=0),
        "D01": Tally(applied=3, waived=0, returned=1, missed=0),
        "E01": Tally(applied=1, waived=0, returned=1, missed=1),
    }
    assert (list(rows), dict(rows["E01"].reasons)) == (["A01", "E01", "D01", "B01"], {"": 1})
    assert (rows["A01"].title, dict(rows["A01"].reasons)) == ("Punt A01", {"onjuist": 1})
    assert {month: tally.missed for month, tally in rows["A01"].months.items()} == {"2026-10": 0, "2026-11": 1}
    assert {month: tally.applied for month, tally in rows["A01"].months.items()} == {"2026-10": 1, "2026-11": 2}
    assert (list(rows["A01"].versions), found(klein, version=99)) == ([1], {})


def test_a_share_is_said_from_twenty_on(klein: Scene) -> None:
    assert Tally(applied=19, missed=1).missed_share is None
    assert (Tally(applied=20, missed=1).missed_share, Tally(applied=20, waived=5).waived_share) == (0.05, 0.25)


def test_a_real_return_is_counted(klein: Scene) -> None:
    dossier_id, _ = released(klein)
    officer = klein.by(role=Role.HOORMEDEWERKER, name="Hana")
    officer.act(gehoren.send_back, dossier_id, "PAS01", "onleesbaar", "bladzijde 2")

    rows = found(klein)

    assert (rows["PAS01"].total, dict(rows["PAS01"].reasons)) == (Tally(1, 0, 1, 1), {"onleesbaar": 1})
    assert rows["NAM01"].total == Tally(applied=1)


def test_who_may_learn(klein: Scene) -> None:
    for role, sees in ((Role.PROCESEIGENAAR, True), (Role.MANAGER, True), (Role.MEDEWERKER, False)):
        scene = klein.by(role=role)
        with reading(scene.database, scene.actor, scene.now) as tx:
            if sees:
                assert learning.rows(tx, KLEIN, PERIOD) == []
            else:
                assert learning.by_code(tx, KLEIN, PERIOD) == {}
                with pytest.raises(Forbidden):
                    learning.rows(tx, KLEIN, PERIOD)
