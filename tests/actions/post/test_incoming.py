"""Files that are no stuk yet: the postvak, what waits in a dossier, quarantine, and the way back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bedrijfsbureau import worker
from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.post import incoming, linking
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.actions.post.receiving import Received, receive
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound, UploadRefused
from bedrijfsbureau.intake import Rules, Scanner
from bedrijfsbureau.model import SYSTEM, Incident, IncomingState, IncomingStuk, Role, Stuk, StukState, StukVersion
from tests.actions.conftest import Scene
from tests.intake.clamd import Clamd
from tests.intake.files import pdf

ON = date(2026, 11, 20)
PASPOORT = About(ON, "aanvrager", "paspoort")


def came(scene: Scene, name: str = "scan.pdf", content: bytes = b"") -> Received:
    return receive(scene.database, io.BytesIO(content or pdf(name)), name)


def in_postvak(scene: Scene, **more: Any) -> IncomingStuk:
    kept: IncomingStuk = scene.act(incoming.keep, came(scene), About(ON, "post"), locatie_id=scene.locatie_id, **more)
    return kept


def row(scene: Scene, incoming_id: int) -> IncomingStuk:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return tx.session.get_one(IncomingStuk, incoming_id)


def versions(scene: Scene, stuk_id: int) -> list[tuple[str, int | None]]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        mine = select(StukVersion.filename, StukVersion.added_by_id).where(StukVersion.stuk_id == stuk_id)
        return [tuple(each) for each in tx.session.execute(mine.order_by(StukVersion.number))]


def test_what_is_linked_becomes_a_stuk_and_says_where_it_came_from(klein: Scene) -> None:
    dossier_id, kept = klein.open_dossier(), in_postvak(klein)
    assert klein.dossier(dossier_id).verdicts["PAS01"]["state"] == "ontbreekt"

    stuk = klein.act(linking.link, kept.id, dossier_id, PASPOORT)

    found = row(klein, kept.id)
    assert (found.state, found.stuk_id, found.dossier_id) == (IncomingState.GEKOPPELD, stuk.id, dossier_id)
    assert [step["what"] for step in found.course] == ["binnengekomen", "gekoppeld"]
    assert versions(klein, stuk.id) == [("scan.pdf", klein.actor.id)]
    assert klein.kinds(dossier_id).count("stuk_gekoppeld") == 1
    assert klein.dossier(dossier_id).verdicts["PAS01"]["state"] == "voldaan"


def test_what_is_linked_can_be_a_new_version(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    first = klein.act(linking.link, in_postvak(klein).id, dossier_id, PASPOORT)

    second = klein.act(linking.link, in_postvak(klein).id, dossier_id, replace(PASPOORT, replaces=first.id))

    assert (second.id, len(versions(klein, first.id))) == (first.id, 2)


def test_a_stuk_that_belongs_elsewhere_goes_back_and_can_be_linked_again(klein: Scene) -> None:
    wrong, right, kept = klein.open_dossier(), klein.open_dossier(), in_postvak(klein)
    stuk = klein.act(linking.link, kept.id, wrong, PASPOORT)

    klein.act(linking.unlink, stuk.id, "andere persoon")

    assert klein.rows(Stuk, wrong)[0].state is StukState.INGETROKKEN
    assert klein.dossier(wrong).verdicts["PAS01"]["state"] == "ontbreekt"
    assert (row(klein, kept.id).state, row(klein, kept.id).dossier_id) == (IncomingState.POSTVAK, None)
    klein.act(linking.link, kept.id, right, PASPOORT)
    assert klein.dossier(right).verdicts["PAS01"]["state"] == "voldaan"
    assert [step["what"] for step in row(klein, kept.id).course][-3:] == ["gekoppeld", "losgemaakt", "gekoppeld"]


def test_what_is_not_ours_is_set_aside_with_a_reason_and_comes_back(klein: Scene) -> None:
    dossier_id, kept = klein.open_dossier(), in_postvak(klein)
    with pytest.raises(InvalidInput):
        klein.act(linking.set_aside, kept.id, " ")

    klein.act(linking.set_aside, kept.id, "van de gemeente")

    assert (row(klein, kept.id).state, row(klein, kept.id).reason) == (IncomingState.NIET_VAN_ONS, "van de gemeente")
    with pytest.raises(Conflict):
        klein.act(linking.link, kept.id, dossier_id, PASPOORT)
    klein.act(linking.take_back, kept.id)
    assert row(klein, kept.id).state is IncomingState.POSTVAK
    with klein.database.storage.open(kept.sha256) as content:
        assert content.read() == pdf("scan.pdf")


def test_it_is_there_for_its_own_locatie_and_for_who_works_on_dossiers(klein: Scene) -> None:
    dossier_id, kept = klein.open_dossier(), in_postvak(klein)
    elsewhere = perform(klein.database, SYSTEM, klein.now, people.add_locatie, "Zevenaar").id
    deeds: tuple[Callable[[Scene], Any], ...] = (
        lambda scene: scene.act(linking.link, kept.id, dossier_id, PASPOORT),
        lambda scene: scene.act(linking.set_aside, kept.id, "x"),
        lambda scene: scene.act(linking.take_back, kept.id),
        lambda scene: in_postvak(replace(scene, locatie_id=klein.locatie_id)),
    )
    for deed in deeds:
        with pytest.raises(NotFound):
            deed(klein.by(locatie_id=elsewhere))
        with pytest.raises(Forbidden):
            deed(klein.by(role=Role.AUDITOR))
    assert row(klein, kept.id).state is IncomingState.POSTVAK


def test_two_who_link_the_same_make_one_stuk(klein: Scene) -> None:
    dossier_id, kept = klein.open_dossier(), in_postvak(klein)
    klein.act(linking.link, kept.id, dossier_id, PASPOORT)

    with pytest.raises(Conflict):
        klein.act(linking.link, kept.id, dossier_id, PASPOORT)

    assert len(klein.rows(Stuk, dossier_id)) == 1


def test_what_is_put_in_a_dossier_waits_there_until_someone_says_what_it_is(klein: Scene) -> None:
    dossier_id, kept = klein.open_dossier(), in_postvak(klein)

    klein.act(linking.place, kept.id, dossier_id)

    assert (row(klein, kept.id).state, klein.rows(Stuk, dossier_id)) == (IncomingState.KLAARGEZET, [])
    with pytest.raises(InvalidInput):
        klein.act(linking.put_back, kept.id, "")
    klein.act(linking.put_back, kept.id, "andere persoon")
    assert (row(klein, kept.id).state, row(klein, kept.id).dossier_id) == (IncomingState.POSTVAK, None)
    assert klein.kinds(dossier_id)[-2:] == ["stuk_gekoppeld", "stuk_losgemaakt"]
    klein.act(linking.place, kept.id, dossier_id)
    klein.act(linking.link, kept.id, dossier_id, PASPOORT)
    assert klein.dossier(dossier_id).verdicts["PAS01"]["state"] == "voldaan"


def test_the_same_bytes_are_asked_about_and_never_refused(klein: Scene) -> None:
    here, there, received = klein.open_dossier(), klein.open_dossier(), came(klein)
    assert isinstance(klein.act(incoming.bring, here, received, PASPOORT), Stuk)

    for dossier_id in (here, there):
        asked = klein.act(incoming.bring, dossier_id, received, PASPOORT)
        assert (asked.state, asked.soort) == (IncomingState.KLAARGEZET, None)
        assert isinstance(klein.act(incoming.bring, dossier_id, received, PASPOORT, even_so=True), Stuk)


def test_the_same_bytes_elsewhere_are_not_spoken_of(klein: Scene) -> None:
    """Not even by what happens: whoever brings them sees no difference."""
    received, here = came(klein), klein.open_dossier()
    elsewhere = perform(klein.database, SYSTEM, klein.now, people.add_locatie, "Zevenaar").id
    hidden = replace(klein.by(locatie_id=elsewhere), locatie_id=elsewhere).open_dossier()
    klein.by(locatie_id=elsewhere).act(incoming.bring, hidden, received, PASPOORT)

    assert isinstance(klein.act(incoming.bring, here, received, PASPOORT), Stuk)


# -- quarantine


def with_scanner(scene: Scene, address: str) -> Scene:
    return replace(scene, database=replace(scene.database, rules=Rules(scanner=Scanner(address, seconds=5))))


def work(scene: Scene, minutes: int = 0) -> None:
    moment = scene.now + timedelta(minutes=minutes)
    worker.work_off(scene.database, lambda: moment, lambda work: None)


@pytest.fixture
def held(klein: Scene, tmp_path: Any) -> tuple[Scene, int, int, Any]:
    """A complete paspoort that came in while the scanner was away: scene, dossier, row, and where the scanner was."""
    socket = tmp_path / "clamd"
    away = with_scanner(klein, f"unix://{socket}")
    dossier_id = klein.open_dossier()
    kept = away.act(incoming.keep, came(away), PASPOORT, dossier_id=dossier_id)
    return away, dossier_id, kept.id, socket


def test_in_quarantine_it_is_kept_and_proves_nothing(held: tuple[Scene, int, int, Any]) -> None:
    scene, dossier_id, incoming_id, _ = held

    assert row(scene, incoming_id).state is IncomingState.QUARANTAINE
    assert "stuk_in_quarantaine" in scene.kinds(dossier_id)
    assert scene.rows(Stuk, dossier_id) == []
    assert scene.dossier(dossier_id).verdicts["PAS01"]["state"] == "ontbreekt"
    with pytest.raises(Conflict):
        scene.act(linking.link, incoming_id, dossier_id, PASPOORT)


def test_the_scanner_is_asked_until_it_answers_and_then_it_counts(held: tuple[Scene, int, int, Any]) -> None:
    scene, dossier_id, incoming_id, socket = held
    for minutes in range(0, 30, 3):  # far more often than other work is tried
        work(scene, minutes)
    (incident,) = _open_incidents(scene.database)
    assert ("virusscanner", row(scene, incoming_id).state) == (incident.element, IncomingState.QUARANTAINE)

    with Clamd().listening(socket):
        work(scene, 33)

    assert row(scene, incoming_id).state is IncomingState.GEKOPPELD
    assert versions(scene, scene.rows(Stuk, dossier_id)[0].id) == [("scan.pdf", scene.actor.id)]
    assert scene.dossier(dossier_id).verdicts["PAS01"]["state"] == "voldaan"
    assert _open_incidents(scene.database) == []


@pytest.mark.parametrize(
    ("answer", "said"), [("stream: Eicar FOUND", "Eicar"), ("INSTREAM size limit exceeded. ERROR", "Te groot")]
)
def test_what_the_scanner_refuses_never_counts(held: tuple[Scene, int, int, Any], answer: str, said: str) -> None:
    scene, dossier_id, incoming_id, socket = held
    with Clamd(answer).listening(socket):
        work(scene)

    found = row(scene, incoming_id)
    assert (found.state, said in (found.reason or "")) == (IncomingState.AFGEKEURD, True)
    assert "stuk_afgekeurd" in scene.kinds(dossier_id)
    assert scene.rows(Stuk, dossier_id) == []
    with pytest.raises(Conflict):
        scene.act(linking.link, incoming_id, dossier_id, PASPOORT)


def test_what_lacks_something_waits_in_the_dossier_once_it_is_clean(klein: Scene, tmp_path: Any) -> None:
    scene = with_scanner(klein, f"unix://{tmp_path / 'clamd'}")
    dossier_id = klein.open_dossier()
    in_dossier = scene.act(incoming.keep, came(scene), About(ON), dossier_id=dossier_id)
    loose = scene.act(incoming.keep, came(scene), About(ON), locatie_id=scene.locatie_id)

    with Clamd().listening(tmp_path / "clamd"):
        work(scene)

    states = [row(scene, each.id).state for each in (in_dossier, loose)]
    assert states == [IncomingState.KLAARGEZET, IncomingState.POSTVAK]


@pytest.mark.parametrize(
    ("answer", "said"), [("stream: Eicar FOUND", "Eicar"), ("INSTREAM size limit exceeded. ERROR", "te groot")]
)
def test_what_the_scanner_refuses_at_once_is_not_kept(klein: Scene, answer: str, said: str) -> None:
    with Clamd(answer).listening() as address, pytest.raises(UploadRefused, match=said):
        came(with_scanner(klein, address))
    assert list(klein.database.storage.names()) == []


def _open_incidents(database: Database) -> list[Incident]:
    with database.engine.connect() as connection:
        found = list(connection.execute(select(Incident.element, Incident.kind).where(Incident.resolved_at.is_(None))))
        connection.rollback()
    return found  # type: ignore[return-value]
