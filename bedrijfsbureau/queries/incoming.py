"""What came in and is no stuk yet, where it may belong, and where the same bytes lie already."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, NotFound
from bedrijfsbureau.model import (
    Actor,
    Dossier,
    IncomingState,
    IncomingStuk,
    Json,
    Locatie,
    Medewerker,
    Stuk,
    StukVersion,
)
from bedrijfsbureau.queries.access import OF_THE_LOCATIE, READ_ONLY, dossiers_visible_to, may_work

PAGE = 50
QUARANTAINE = IncomingState.QUARANTAINE
OPEN = (IncomingState.POSTVAK, QUARANTAINE)
NUMBER = re.compile(r"(?<![A-Z0-9])D-\d{4}-\d{3,7}(?!\d)", re.I)
V_NUMMER = re.compile(r"(?<!\d)\d{10}(?!\d)")


@dataclass(frozen=True)
class Suggested:
    """A dossier of which the name of the file holds the number or the V-nummer."""

    dossier_id: int
    number: str
    heading: str


@dataclass(frozen=True)
class Twin:
    """Where the same bytes lie already: a stuk that this actor may know of."""

    dossier_id: int
    number: str
    stuk_id: int
    soort: str
    version: int


@dataclass(frozen=True)
class IncomingLine:
    id: int
    state: IncomingState
    dossier_id: int | None
    number: str | None
    sha256: str
    filename: str
    media_type: str
    size: int  # bytes
    soort: str | None
    received_on: date
    source: str
    reason: str | None
    draft: Json
    course: Sequence[Mapping[str, Any]]
    arrived_at: datetime
    arrived_by: str | None
    locatie_id: int
    locatie: str

    @property
    def waits(self) -> bool:
        return self.state in (IncomingState.POSTVAK, IncomingState.KLAARGEZET)


def in_postvak(tx: Tx, is_done: bool = False, before: int | None = None) -> tuple[IncomingLine, ...]:
    """What has no dossier, newest first; or what was linked or set aside. At most PAGE of those before id `before`."""
    states = (IncomingState.GEKOPPELD, IncomingState.NIET_VAN_ONS, IncomingState.AFGEKEURD) if is_done else OPEN
    query = _lines().where(_visible_to(tx.actor), IncomingStuk.state.in_(states))
    query = query.where(true() if is_done else IncomingStuk.dossier_id.is_(None))
    if before is not None:
        query = query.where(IncomingStuk.id < before)
    return tuple(_line(row) for row in tx.session.execute(query.order_by(IncomingStuk.id.desc()).limit(PAGE)))


def count(tx: Tx) -> int:
    """What waits in the postvak for this actor."""
    mine = select(func.count(IncomingStuk.id)).where(_visible_to(tx.actor), IncomingStuk.state.in_(OPEN))
    return tx.session.scalar(mine.where(IncomingStuk.dossier_id.is_(None))) or 0


def held_count(tx: Tx) -> int:
    """What waits for the virus scanner, anywhere: a number for who keeps the system going."""
    return tx.session.scalar(select(func.count(IncomingStuk.id)).where(IncomingStuk.state == QUARANTAINE)) or 0


def of_dossier(tx: Tx, dossier_id: int) -> tuple[IncomingLine, ...]:
    """What was put in a dossier that is visible already and is no stuk yet: waiting, held or refused; oldest first."""
    states = (IncomingState.KLAARGEZET, IncomingState.QUARANTAINE, IncomingState.AFGEKEURD)
    query = _lines().where(IncomingStuk.dossier_id == dossier_id, IncomingStuk.state.in_(states))
    return tuple(_line(row) for row in tx.session.execute(query.order_by(IncomingStuk.id)))


def find(tx: Tx, incoming_id: int) -> IncomingLine:
    """Raises NotFound, also for one of another locatie."""
    found = tx.session.execute(_lines().where(IncomingStuk.id == incoming_id, _visible_to(tx.actor))).one_or_none()
    if found is None:
        raise NotFound("Dit stuk bestaat niet, of hoort bij een andere locatie.")
    return _line(found)


def readable(tx: Tx, incoming_id: int) -> IncomingLine:
    """One of which the actor may see the content: nobody knows yet what it is, so it is for who works on dossiers.
    Raises NotFound, and Forbidden for who only looks and for what a virus scanner has not cleared."""
    line = find(tx, incoming_id)
    if not may_work(tx.actor):
        raise Forbidden("Dit stuk heeft nog geen dossier en is afgeschermd voor uw rol.")
    if line.state in (IncomingState.QUARANTAINE, IncomingState.AFGEKEURD):
        raise Forbidden("Dit stuk is niet vrijgegeven door de virusscanner en kan niet worden geopend.")
    return line


def from_postvak(tx: Tx, dossier_id: int) -> frozenset[int]:
    """Ids of the stukken of this dossier that can go back to the postvak."""
    mine = select(IncomingStuk.stuk_id).where(IncomingStuk.dossier_id == dossier_id)
    mine = mine.where(IncomingStuk.state == IncomingState.GEKOPPELD, IncomingStuk.stuk_id.is_not(None))
    return frozenset(stuk_id for stuk_id in tx.session.scalars(mine) if stuk_id is not None)


def suggested(tx: Tx, filenames: Collection[str]) -> dict[str, tuple[Suggested, ...]]:
    """By name of a file: dossiers that the actor may see and that the name points at. One statement."""
    words = {name: {*(word.upper() for word in NUMBER.findall(name)), *V_NUMMER.findall(name)} for name in filenames}
    wanted = set().union(*words.values()) if words else set()
    if not wanted:
        return dict.fromkeys(filenames, ())
    query = select(Dossier.id, Dossier.number, Dossier.heading, Dossier.v_nummer).where(dossiers_visible_to(tx.actor))
    query = query.where(or_(Dossier.number.in_(wanted), Dossier.v_nummer.in_(wanted)), Dossier.closed_at.is_(None))
    found = tx.session.execute(query.order_by(Dossier.id)).all()
    return {
        name: tuple(Suggested(row[0], row[1], row[2]) for row in found if row[1] in said or row[3] in said)
        for name, said in words.items()
    }


def twins(tx: Tx, hashes: Collection[str]) -> dict[str, tuple[Twin, ...]]:
    """By hash: stukken with these bytes in dossiers that the actor may see; of others not even that they are there."""
    query = (
        select(StukVersion.sha256, Dossier.id, Dossier.number, Stuk.id, Stuk.soort, StukVersion.number)
        .join(Stuk, Stuk.id == StukVersion.stuk_id)
        .join(Dossier, Dossier.id == Stuk.dossier_id)
        .where(StukVersion.sha256.in_(set(hashes)), dossiers_visible_to(tx.actor))
        .order_by(Dossier.id, StukVersion.id)
    )
    found: dict[str, tuple[Twin, ...]] = {}
    for row in tx.session.execute(query) if hashes else ():
        found[row[0]] = (*found.get(row[0], ()), Twin(*row[1:]))
    return found


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system or actor.role in READ_ONLY:
        return true()
    if actor.role not in OF_THE_LOCATIE:
        return false()
    return true() if actor.locatie_id is None else IncomingStuk.locatie_id == actor.locatie_id


def _lines() -> Select[*tuple[Any, ...]]:
    query = select(IncomingStuk, Dossier.number, Medewerker.name, Locatie.name)
    query = query.join(Locatie, Locatie.id == IncomingStuk.locatie_id)
    query = query.outerjoin(Dossier, Dossier.id == IncomingStuk.dossier_id)
    return query.outerjoin(Medewerker, Medewerker.id == IncomingStuk.arrived_by_id)


def _line(row: Any) -> IncomingLine:
    each, number, by, locatie = row
    return IncomingLine(
        each.id, each.state, each.dossier_id, number, each.sha256, each.filename, each.media_type, each.size,
        each.soort, each.received_on, each.source, each.reason, each.draft, each.course, each.arrived_at, by,
        each.locatie_id, locatie,
    )  # fmt: skip
