"""What the people of a gehoor must see: dossiers that are no longer ready for it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Notice, Vrijgave
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.queries.dossier import visible

MOST = 50  # on one page; who has more than that to see begins at the gehoor that comes first


@dataclass(frozen=True)
class NoticeLine:
    id: int
    dossier_id: int
    number: str
    heading: str
    at: datetime
    sentence: str
    gehoor_op: date | None
    seen_at: datetime | None
    seen_by: str | None


@dataclass(frozen=True)
class InDanger:
    """A dossier with a gehoor planned that is not as far as it was, and that has no vrijgave to show."""

    dossier_id: int
    number: str
    heading: str
    gehoor_op: date
    sentence: str


def unseen(tx: Tx) -> tuple[NoticeLine, ...]:
    """Those that nobody with the actor's role has seen, by the date of the gehoor. One statement."""
    if tx.actor.role is None:
        return ()
    query = _lines().where(
        Notice.role == tx.actor.role, Notice.seen_at.is_(None), Notice.over_at.is_(None), dossiers_visible_to(tx.actor)
    )
    return tuple(
        NoticeLine(*row) for row in tx.session.execute(query.order_by(Notice.gehoor_op, Notice.id).limit(MOST))
    )


def of_dossier(tx: Tx, dossier_id: int) -> tuple[NoticeLine, ...]:
    """Those that still matter, for every role. One statement."""
    query = _lines().where(Notice.dossier_id.in_(visible(tx, dossier_id)), Notice.over_at.is_(None))
    return tuple(NoticeLine(*row) for row in tx.session.execute(query.order_by(Notice.id)))


def in_danger(tx: Tx) -> tuple[InDanger, ...]:
    """One statement."""
    query = (
        select(Dossier.id, Dossier.number, Dossier.heading, Dossier.gehoor_op, Dossier.setback)
        .where(
            dossiers_visible_to(tx.actor), Dossier.closed_at.is_(None), Dossier.setback.is_not(None),
            Dossier.gehoor_op.is_not(None), Dossier.id.not_in(select(Vrijgave.dossier_id)),
        )
        .order_by(Dossier.gehoor_op, Dossier.id)
        .limit(MOST)
    )  # fmt: skip
    result: Any = tx.session.execute(query)
    return tuple(InDanger(one, number, heading, on, back["sentence"]) for one, number, heading, on, back in result)


def _lines() -> Any:
    columns = (
        Notice.id, Dossier.id, Dossier.number, Dossier.heading, Notice.at, Notice.sentence, Dossier.gehoor_op,
        Notice.seen_at, Notice.seen_by,
    )  # fmt: skip
    return select(*columns).join(Dossier, Dossier.id == Notice.dossier_id)
