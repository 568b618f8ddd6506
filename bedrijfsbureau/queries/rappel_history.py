"""Who was asked what for one dossier, when, in which message, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Medewerker, Rappel, RappelItem, Verzoek
from bedrijfsbureau.queries.dossier import visible


@dataclass(frozen=True)
class Went:
    """One question or reminder. `rappel` is None while it waits for the next message, or when it was taken out."""

    item: RappelItem
    rappel: Rappel | None


@dataclass(frozen=True)
class Asked:
    """One verzoek, with the questions that came from it, the newest first."""

    code: str
    partij: str
    asked_on: date
    asked_by: str | None  # None: the process itself
    reminders: int
    is_open: bool
    answered_at: datetime | None
    closed_at: datetime | None
    closed_reason: str | None
    went: Sequence[Went]

    @property
    def waits(self) -> bool:
        return self.is_open and self.answered_at is None

    @property
    def may_remind(self) -> bool:
        """Not when it goes with the next message already."""
        return self.waits and not any(each.rappel is None and each.item.dropped_at is None for each in self.went)


def of_dossier(tx: Tx, dossier_id: int) -> list[Asked]:
    """What is open first, then the latest. Two statements."""
    mine = select(RappelItem, Rappel).outerjoin(Rappel, Rappel.id == RappelItem.rappel_id)
    mine = mine.where(RappelItem.dossier_id.in_(visible(tx, dossier_id))).order_by(RappelItem.id.desc())
    went: dict[int, list[Went]] = {}
    for item, rappel in tx.session.execute(mine):
        went.setdefault(item.verzoek_id, []).append(Went(item, rappel))
    query = select(Verzoek, Medewerker.name).outerjoin(Medewerker, Medewerker.id == Verzoek.asked_by_id)
    query = query.where(Verzoek.dossier_id.in_(visible(tx, dossier_id))).order_by(Verzoek.id.desc())
    asked = [
        Asked(
            row.code, row.partij, row.asked_on, by, row.reminders, row.is_open, row.answered_at, row.closed_at,
            row.closed_reason, went.get(row.id, ()),
        )
        for row, by in tx.session.execute(query)
    ]  # fmt: skip
    return sorted(asked, key=lambda each: not each.is_open)
