"""The history is a chain: whatever is done to its rows outside the program shows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from bedrijfsbureau.actions import dossiers, messages
from bedrijfsbureau.actions.command import history
from bedrijfsbureau.database import Tx, reading, transaction
from bedrijfsbureau.errors import NotAwaited
from bedrijfsbureau.model import SYSTEM, Dossier, Event
from tests.actions.conftest import Scene


@pytest.fixture
def lived(klein: Scene) -> tuple[Scene, int]:
    """A dossier with a history of some length."""
    dossier_id = klein.open_dossier()
    for name in ("A", "B", "C"):
        klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": name})
    klein.do(dossier_id, "t_naam")
    return klein, dossier_id


def is_unbroken(scene: Scene, dossier_id: int) -> bool:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return history.is_unbroken(tx.session.get_one(Dossier, dossier_id), scene.events(dossier_id))


def row(dossier_id: int, number: int) -> Any:
    return (Event.dossier_id == dossier_id) & (Event.number == number)


def edit_data(tx: Tx, dossier_id: int) -> None:
    tx.session.execute(update(Event).where(row(dossier_id, 2)).values(data={"task": "iets anders"}))


def edit_actor(tx: Tx, dossier_id: int) -> None:
    tx.session.execute(update(Event).where(row(dossier_id, 3)).values(actor="Bas"))


def edit_moment(tx: Tx, dossier_id: int) -> None:
    tx.session.execute(update(Event).where(row(dossier_id, 3)).values(at=tx.now.replace(hour=3)))


def drop_one(tx: Tx, dossier_id: int) -> None:
    tx.session.execute(delete(Event).where(row(dossier_id, 3)))


def drop_one_and_close_the_gap(tx: Tx, dossier_id: int) -> None:
    drop_one(tx, dossier_id)
    tx.session.execute(update(Event).where(row(dossier_id, 4)).values(number=3))


def swap(tx: Tx, dossier_id: int) -> None:
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        tx.session.execute(update(Event).where(row(dossier_id, old)).values(number=new))


def put_in(tx: Tx, dossier_id: int) -> None:
    forged = {"dossier_id": dossier_id, "number": 0, "at": tx.now, "actor_id": None, "actor": "systeem"}
    tx.session.execute(insert(Event).values(**forged, kind="vrijgegeven", data={}, hash="0" * 64))


def cut_the_tail(tx: Tx, dossier_id: int) -> None:
    count = tx.session.get_one(Dossier, dossier_id).event_count
    tx.session.execute(delete(Event).where(row(dossier_id, count)))


def cut_everything(tx: Tx, dossier_id: int) -> None:
    tx.session.execute(delete(Event).where(Event.dossier_id == dossier_id))


def test_every_change_is_one_link_of_an_unbroken_chain(lived: tuple[Scene, int]) -> None:
    scene, dossier_id = lived

    events = scene.events(dossier_id)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert len({event.hash for event in events}) == len(events)
    assert is_unbroken(scene, dossier_id)


@pytest.mark.parametrize(
    "tamper",
    [
        edit_data,
        edit_actor,
        edit_moment,
        drop_one,
        drop_one_and_close_the_gap,
        swap,
        put_in,
        cut_the_tail,
        cut_everything,
    ],
)
def test_tampering_breaks_the_chain(lived: tuple[Scene, int], tamper: Callable[[Tx, int], None]) -> None:
    scene, dossier_id = lived

    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tamper(tx, dossier_id)

    assert not is_unbroken(scene, dossier_id)


def test_a_row_of_another_dossier_does_not_fit(lived: tuple[Scene, int]) -> None:
    scene, dossier_id = lived
    other_id = scene.open_dossier()

    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(delete(Event).where(row(dossier_id, 1)))
        tx.session.execute(update(Event).where(row(other_id, 1)).values(dossier_id=dossier_id))

    assert not is_unbroken(scene, dossier_id)


def test_a_refused_message_and_a_claim_are_links_too(lived: tuple[Scene, int]) -> None:
    scene, dossier_id = lived
    with pytest.raises(NotAwaited):
        scene.act(messages.receive, dossier_id, "gehoor_aanvaard")
    scene.act(messages.keep_refused, dossier_id, "gehoor_aanvaard")

    assert (scene.kinds(dossier_id)[-1], is_unbroken(scene, dossier_id)) == ("bericht_geweigerd", True)
