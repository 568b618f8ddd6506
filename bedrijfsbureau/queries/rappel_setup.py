"""How rappels go out: the route to each partij, the words, the hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union

from bedrijfsbureau.checks import OURSELVES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Channel, Locatie, OpenPoint, RappelHour, RappelRoute, RappelText, Verzoek
from bedrijfsbureau.rappel import DEFAULT, Texts

FIRST_HOUR = 7  # as long as nobody chose one; no source fixes it


@dataclass(frozen=True)
class Target:
    """Where what is asked at one locatie goes. `locatie_id` is None when one message serves all of them."""

    channel: Channel
    address: str
    locatie_id: int | None
    key_number: int = 1
    is_set: bool = True


@dataclass(frozen=True)
class Routes:
    rows: Sequence[RappelRoute]

    def to(self, partij: str, locatie_id: int) -> Target:
        """The locatie's own route, else the one for all, else a list. Lists are per locatie: someone prints them."""
        return self._target(self._row(partij, locatie_id) or self._row(partij, None), locatie_id)

    def of(self, partij: str, locatie_id: int | None) -> Target:
        """For a message that was made for this locatie, or (None) for all of them."""
        if locatie_id is None:
            return self._target(self._row(partij, None), None)
        return self.to(partij, locatie_id)

    def _row(self, partij: str, locatie_id: int | None) -> RappelRoute | None:
        return next((row for row in self.rows if (row.partij, row.locatie_id) == (partij, locatie_id)), None)

    def _target(self, row: RappelRoute | None, locatie_id: int | None) -> Target:
        if row is None:
            return Target(Channel.LIST, "", locatie_id, is_set=False)
        is_shared = row.locatie_id is None and row.channel is not Channel.LIST
        return Target(row.channel, row.address, None if is_shared else locatie_id, row.key_number)


@dataclass(frozen=True)
class RouteLine:
    id: int
    partij: str
    locatie_id: int | None
    locatie: str | None
    channel: Channel
    address: str
    key_number: int
    changed_at: datetime
    changed_by: str


def routes(tx: Tx) -> Routes:
    return Routes(tx.session.scalars(select(RappelRoute)).all())


def route_lines(tx: Tx) -> tuple[RouteLine, ...]:
    query = (
        select(
            RappelRoute.id, RappelRoute.partij, RappelRoute.locatie_id, Locatie.name, RappelRoute.channel,
            RappelRoute.address, RappelRoute.key_number, RappelRoute.changed_at, RappelRoute.changed_by,
        )
        .outerjoin(Locatie, Locatie.id == RappelRoute.locatie_id)
        .order_by(RappelRoute.partij, Locatie.name)
    )  # fmt: skip
    return tuple(RouteLine(*row) for row in tx.session.execute(query))


def texts(tx: Tx) -> dict[str, Texts]:
    """Those that someone wrote, by partij; "" is for all others."""
    rows = tx.session.scalars(select(RappelText).order_by(RappelText.partij))
    return {row.partij: Texts(row.subject, row.opening, row.line, row.closing, row.with_v_nummer) for row in rows}


def texts_for(written: dict[str, Texts], partij: str) -> Texts:
    """`with_v_nummer` is of the partij itself alone: what one may have says nothing about the others."""
    return written.get(partij) or written.get("") or DEFAULT


def hour(tx: Tx) -> int:
    found = tx.session.scalar(select(RappelHour.hour))
    return FIRST_HOUR if found is None else found


def is_hour_chosen(tx: Tx) -> bool:
    return tx.session.scalar(select(RappelHour.hour)) is not None


def known_partijen(tx: Tx) -> list[str]:
    """All who are waited for, were asked, or have a route or words of their own."""
    names = union(
        select(OpenPoint.partij), select(Verzoek.partij), select(RappelRoute.partij), select(RappelText.partij)
    )
    return sorted({name for name in tx.session.scalars(names) if name and name != OURSELVES}, key=str.casefold)


def locaties(tx: Tx) -> dict[int, str]:
    rows = tx.session.execute(select(Locatie.id, Locatie.name).order_by(Locatie.name))
    return {row.id: row.name for row in rows}
