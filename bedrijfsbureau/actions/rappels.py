"""The one message per partij and day: put together, delivered, or handed over as a list.

When something must be asked or reminded is for the process to say; it leaves an item. Once a working day all items are
put together, each in one rappel. What was answered meanwhile is taken out, at the last moment that it can be.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import exists, or_, select, update

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.work.rounds import add_once
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, Forbidden, NotFound
from bedrijfsbureau.model import (
    Channel,
    Dossier,
    Locatie,
    Rappel,
    RappelItem,
    RappelState,
    Role,
    Verzoek,
    WorkKind,
)
from bedrijfsbureau.queries import rappel as queries
from bedrijfsbureau.queries.access import may_see_locatie
from bedrijfsbureau.queries.rappel import Item
from bedrijfsbureau.queries.rappel_setup import Routes, Target, hour, routes, texts, texts_for
from bedrijfsbureau.rappel import Letter, Point, compose, key_for
from bedrijfsbureau.termijnen import atw

OVER = frozenset({RappelState.SENT, RappelState.HANDED, RappelState.EMPTY})
TO_PRINT = frozenset({RappelState.LISTED})
ANYTHING = select(RappelItem.id).where(queries.UNSENT).limit(1)


def plan(tx: Tx) -> None:
    """Have the items put together on the next working day; planning it twice, also at once, changes nothing."""
    day = next_day(tx.now)
    at = datetime.combine(day, time(hour(tx)), AMSTERDAM)
    row = {"kind": WorkKind.RAPPEL, "reference": day.isoformat(), "due_at": at, "payload": {}, "attempts": 0}
    add_once(tx, row)


def next_day(now: datetime) -> date:
    return atw.next_working_day(now.astimezone(AMSTERDAM).date())


def bundle(tx: Tx, day: date | None = None, partij: str | None = None) -> list[int]:
    """Put together what waits, of one partij or of all: ids of the rappels that were made. What is asked after that
    waits for the next working day, for a partij gets one message a day.

    Raises Forbidden, Conflict when another did the same at this moment.
    """
    require_role(tx, Role.PLANNER, Role.MANAGER)
    if tx.session.scalar(ANYTHING) is None:
        return []
    day = day or tx.now.astimezone(AMSTERDAM).date()
    _drop_stale(tx)
    conditions = () if partij is None else (Verzoek.partij == partij,)
    known = routes(tx)
    groups: dict[tuple[str, int | None], list[Item]] = {}
    for item in queries.waiting(tx, *conditions):
        groups.setdefault((item.partij, known.to(item.partij, item.locatie_id).locatie_id), []).append(item)
    had = select(Rappel.partij, Rappel.locatie_id).where(Rappel.day == day)
    taken = {(name, locatie_id) for name, locatie_id in tx.session.execute(had)}
    return [
        _make(tx, day, place, known, items) for place, items in groups.items() if place not in taken and _may(tx, place)
    ]


def bundle_now(tx: Tx, partij: str) -> Rappel | None:
    """`bundle` for one partij, before the hour; None when there is nothing or it had its message today."""
    made = bundle(tx, None, partij)
    return tx.session.get_one(Rappel, made[0]) if made else None


def prepare(tx: Tx, rappel_id: int) -> Letter | None:
    """What is to be delivered now; None when there is nothing to deliver (any more). Without what was answered, but
    as it was when an earlier attempt may have arrived."""
    row = tx.session.scalars(select(Rappel).where(Rappel.id == rappel_id).with_for_update()).one()
    if row.state in OVER | TO_PRINT:
        return None
    items = _still_in(tx, row)
    target = routes(tx).of(row.partij, row.locatie_id)
    if row.state is not RappelState.SENDING:
        items = _fill(tx, row, items, target)
        if not items or target.channel is Channel.LIST:
            return None
    row.tried += 1
    return _letter(tx, row, items, target)


def sent(tx: Tx, rappel_id: int) -> None:
    row = tx.session.get_one(Rappel, rappel_id, with_for_update=True)
    row.state, row.sent_at, row.error = RappelState.SENT, tx.now, None


def refused(tx: Tx, rappel_id: int, cause: str) -> None:
    """It certainly did not arrive: the next attempt may say something else."""
    row = tx.session.get_one(Rappel, rappel_id, with_for_update=True)
    row.state, row.error = RappelState.FAILED, cause[:2000]


def give_list(tx: Tx, rappel_id: int) -> Rappel:
    """The list was printed and given to the partij: what was in it at this moment is kept. Raises NotFound, Conflict
    when that was done already or when everything in it was answered meanwhile."""
    require_role(tx, Role.MEDEWERKER, Role.PLANNER, Role.MANAGER)
    row = tx.session.scalar(select(Rappel).where(Rappel.id == rappel_id).with_for_update())
    if row is None or not _may(tx, (row.partij, row.locatie_id)):
        raise NotFound("Dit bericht bestaat niet, of gaat over een andere locatie.")
    if row.state is not RappelState.LISTED:
        raise Conflict(f"Deze lijst is niet (meer) af te geven: {row.state.value}.")
    target = Target(Channel.LIST, "", row.locatie_id)
    if not _fill(tx, row, _still_in(tx, row), target):
        return row
    row.state, row.sent_at, row.sent_by = RappelState.HANDED, tx.now, tx.actor.name
    return row


def composed(tx: Tx, partij: str, locatie: str | None, day: date, items: Iterable[Item]) -> tuple[str, str]:
    """Subject and body as they would be now; to look at."""
    words = texts_for(texts(tx), partij)
    said = compose(words, partij, locatie, day, [item.point for item in items])
    return said.subject, said.body


def _make(tx: Tx, day: date, place: tuple[str, int | None], known: Routes, items: list[Item]) -> int:
    partij, locatie_id = place
    target = known.to(partij, items[0].locatie_id)
    is_list = target.channel is Channel.LIST
    name = json.dumps(["rappel", partij, locatie_id, day.isoformat()]).encode()
    row = Rappel(
        partij=partij, locatie_id=locatie_id, day=day, channel=target.channel, address=target.address,
        message_id=f"rappel-{day:%Y%m%d}-{hmac.digest(tx.database.secret, name, 'sha256').hex()[:24]}",
        state=RappelState.LISTED if is_list else RappelState.QUEUED, made_at=tx.now, made_by=tx.actor.name, tried=0,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    mine = update(RappelItem).where(RappelItem.id.in_([item.id for item in items]))
    tx.session.execute(mine.values(rappel_id=row.id), execution_options={"synchronize_session": False})
    if not is_list:
        add_once(tx, {"kind": WorkKind.RAPPEL_OUT, "reference": str(row.id), "due_at": tx.now, "payload": {},
                      "attempts": 0})  # fmt: skip
    return row.id


def _fill(tx: Tx, row: Rappel, items: list[Item], target: Target) -> list[Item]:
    """Take out what was answered, and write down what goes out and where; nothing left is a rappel that lapses."""
    gone, left = [item for item in items if not item.is_asked], [item for item in items if item.is_asked]
    if gone:
        mine = update(RappelItem).where(RappelItem.id.in_([item.id for item in gone]))
        tx.session.execute(mine.values(dropped_at=tx.now), execution_options={"synchronize_session": False})
    if not left:
        row.state = RappelState.EMPTY
        return []
    row.channel, row.address = target.channel, target.address
    row.state = RappelState.LISTED if target.channel is Channel.LIST else RappelState.SENDING
    row.subject, row.body = composed(tx, row.partij, _locatie(tx, row), row.day, left)
    return left


def _letter(tx: Tx, row: Rappel, items: list[Item], target: Target) -> Letter:
    is_allowed = texts_for(texts(tx), row.partij).with_v_nummer
    return Letter(
        row.message_id, row.partij, _locatie(tx, row), row.day, row.made_at, row.channel.value, row.address,
        row.subject or "", row.body or "", tuple(_minimal(item.point, is_allowed) for item in items),
        key_for(tx.database.secret, row.partij, target.locatie_id, target.key_number),
    )  # fmt: skip


def _minimal(point: Point, with_v_nummer: bool) -> Point:
    v_nummer = point.v_nummer if with_v_nummer else None
    return Point(point.dossier, v_nummer, point.question, point.remark, point.reminder, point.asked_on)


def _still_in(tx: Tx, row: Rappel) -> list[Item]:
    return [item for item in queries.items_of(tx, row.id) if item.dropped_at is None]


def _locatie(tx: Tx, row: Rappel) -> str | None:
    return tx.session.get_one(Locatie, row.locatie_id).name if row.locatie_id else None


def _may(tx: Tx, place: tuple[str, int | None]) -> bool:
    """A message for all locaties is for who sees them all."""
    locatie_id = place[1]
    if locatie_id is not None:
        return may_see_locatie(tx.actor, locatie_id)
    if tx.actor.locatie_id is not None:
        raise Forbidden("Dit bericht gaat over alle locaties. Alleen wie die allemaal ziet, kan het nu versturen.")
    return True


def _drop_stale(tx: Tx) -> None:
    """Items that wait and will not go: answered, closed, or asked again since."""
    again = RappelItem.__table__.alias("again")
    newer = exists(
        select(again.c.id).where(
            again.c.verzoek_id == RappelItem.verzoek_id, again.c.id > RappelItem.id,
            again.c.rappel_id.is_(None), again.c.dropped_at.is_(None),
        )
    )  # fmt: skip
    asked = select(Verzoek.id).join(Dossier, Dossier.id == Verzoek.dossier_id).where(queries.STILL_ASKED)
    stale = update(RappelItem).where(queries.UNSENT, or_(newer, RappelItem.verzoek_id.not_in(asked)))
    tx.session.execute(stale.values(dropped_at=tx.now), execution_options={"synchronize_session": False})
