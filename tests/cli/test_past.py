"""The past of the demo is copied, and as sound as what it was copied from."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions import gehoren, stukken
from bedrijfsbureau.actions.verifying import verify
from bedrijfsbureau.actions.work import measuring
from bedrijfsbureau.cli import past
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Role, Stage, Vrijgave
from bedrijfsbureau.queries import learning
from tests.actions.conftest import Scene, on_stage, staged
from tests.databases import Start


@pytest.fixture
def start() -> Start:
    return staged("klein")


def accepted(scene: Scene, sent_back: bool = False) -> None:
    dossier_id = scene.open_dossier({"persoon": {"naam": "A"}})
    scene = scene.by(now=scene.now + timedelta(hours=1))
    day = date(2026, 11, 20)
    scene.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=day, source="aanvrager")
    scene.do(dossier_id, "t_naam", {"persoon.naam": "A"})
    scene.do(dossier_id, "t_vrijgeven")
    officer = scene.by(role=Role.HOORMEDEWERKER, now=scene.now + timedelta(hours=1))
    if sent_back:
        officer.act(gehoren.send_back, dossier_id, "PAS01", "onleesbaar", "Scan opnieuw.")
        again = scene.by(now=officer.now + timedelta(hours=1))
        again.do(dossier_id, "t_retour")
        again.do(dossier_id, "t_vrijgeven")
        officer = officer.by(now=again.now + timedelta(hours=1))
    officer.act(gehoren.accept, dossier_id)


def test_a_copied_past_is_sealed_and_told_apart_and_can_be_learnt_from(
    database: Database, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    scene = on_stage(database, now, "klein")
    accepted(scene)
    accepted(scene, sent_back=True)
    monkeypatch.setattr(past, "COPIES", 30)

    with transaction(database, SYSTEM, scene.now) as tx:
        past.repeat(tx, "klein")

    with reading(database, SYSTEM, scene.now) as tx:
        copies = tx.session.scalars(select(Dossier).where(Dossier.number.like("VB-%"))).all()
        assert {copy.heading.partition(" ")[0] for copy in copies} == {"Voorbeeld"}
        assert all(copy.opened_at < scene.now for copy in copies)
        sealed = tx.session.scalars(select(Vrijgave).where(Vrijgave.dossier_id.in_([copy.id for copy in copies])))
        assert {verify(tx, each).differences for each in sealed} == {()}
        assert {copy.stage for copy in copies} == {Stage.AANVAARD}
        tally = learning.by_code(tx, "klein", learning.last_year(scene.now.date()))["PAS01"].total
        assert (len(copies), tally.applied - tally.returned) == (30, 32)
        assert 1 < tally.missed == tally.returned
        assert measuring.learn_all(tx)["klein"][0] == 32
