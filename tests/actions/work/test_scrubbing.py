"""Bytes that are read again: what is gone or damaged is found, said, and blocks what rests on it."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bedrijfsbureau import worker
from bedrijfsbureau.actions import stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.post import incoming
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.actions.post.receiving import receive
from bedrijfsbureau.actions.work import scrubbing
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, DueWork, Incident, IncidentKind, Role, WorkKind
from bedrijfsbureau.storage import Condition, Stored
from tests.actions.conftest import Scene
from tests.intake.files import pdf

ON = date(2026, 11, 20)


def add(scene: Scene, dossier_id: int, content: bytes) -> Stored:
    stored = scene.database.storage.put(io.BytesIO(content))
    more = {"filename": "p.pdf", "media_type": "application/pdf", "stored": stored}
    scene.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=ON, source="aanvrager", **more)
    return stored


def harm(scene: Scene, stored: Stored, content: bytes | None) -> None:
    path = scene.database.storage.path(stored.sha256)  # type: ignore[attr-defined]  # a folder
    path.unlink()
    if content is not None:
        path.write_bytes(content)


def test_everything_is_whole(klein: Scene) -> None:
    add(klein, klein.open_dossier(), b"een")
    received = receive(klein.database, io.BytesIO(pdf()), "los.pdf")
    klein.act(incoming.keep, received, About(ON), locatie_id=klein.locatie_id)

    outcome = scrubbing.verify(klein.database, klein.now)

    assert (outcome.checked, outcome.is_whole, outcome.orphans, outcome.unfinished) == (2, True, [], [])


def test_gone_damaged_and_nameless_are_told_apart(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    gone, damaged, whole = (add(klein, dossier_id, content) for content in (b"een", b"twee", b"drie"))
    harm(klein, gone, None)
    harm(klein, damaged, b"iets anders")
    orphan = klein.database.storage.put(io.BytesIO(b"zonder rij"))
    (klein.database.storage.root / "tmpabc").write_bytes(b"half")  # type: ignore[attr-defined]

    outcome = scrubbing.verify(klein.database, klein.now)

    assert (outcome.missing, outcome.damaged, outcome.orphans) == ([gone.sha256], [damaged.sha256], [orphan.sha256])
    assert (outcome.checked, outcome.is_whole, outcome.unfinished) == (3, False, ["tmpabc"])
    assert whole.sha256 not in outcome.missing + outcome.damaged + outcome.orphans


def test_the_worker_reads_all_of_it_once_a_week_and_says_what_is_wrong(
    klein: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "PAGE", 2)  # more than one page
    mine, other = klein.open_dossier(), klein.open_dossier()
    kept = [add(klein, mine, f"stuk {n}".encode()) for n in range(4)]
    add(klein, other, b"stuk 1")
    harm(klein, kept[1], b"iets anders")
    perform(klein.database, SYSTEM, klein.now, scrubbing.plan_scrub)
    perform(klein.database, SYSTEM, klein.now, scrubbing.plan_scrub)
    (planned,) = works(klein)
    assert planned.due_at == klein.now.replace(day=29, hour=1)  # Sunday, 2:00 in Amsterdam

    moment = klein.now + timedelta(days=6)
    while worker.work_off(klein.database, lambda: moment, lambda work: None):
        pass

    incidents = [(row.dossier_id, row.kind) for row in rows(klein)]
    assert sorted(incidents) == [(mine, IncidentKind.STUK), (other, IncidentKind.STUK)]
    assert all(kept[1].sha256 in row.cause for row in rows(klein))
    assert sorted(work.done_at is None for work in works(klein)) == [False, True]  # done, and next week's


def test_an_incident_is_over_when_the_bytes_are_back(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    stored = add(klein, dossier_id, b"een")
    harm(klein, stored, b"iets anders")
    perform(klein.database, SYSTEM, klein.now, scrubbing.report, stored.sha256, Condition.DAMAGED)
    (incident,) = rows(klein)
    assert incident.dossier_id == dossier_id
    for content, is_over in ((b"nog anders", False), (b"een", True)):
        harm(klein, stored, content)
        klein.by(role=Role.BEHEERDER).act(retry_incident, incident.id)
        while worker.work_off(klein.database, lambda: klein.now, lambda work: None):
            pass
        assert [row.resolved_at is not None for row in rows(klein)] == [is_over]


def works(scene: Scene) -> list[DueWork]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return list(tx.session.scalars(select(DueWork).where(DueWork.kind == WorkKind.SCRUB).order_by(DueWork.due_at)))


def rows(scene: Scene) -> list[Incident]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return list(tx.session.scalars(select(Incident).where(Incident.kind == IncidentKind.STUK)))
