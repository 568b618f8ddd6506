"""What the hoormedewerker sees: dossiers that were released to the gehoor, and what changed in them since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, NotFound
from bedrijfsbureau.model import Dossier, Event, Json, Locatie, Role, Stage, Vrijgave
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.queries.dossier import visible

SEES_GEHOREN = frozenset({Role.HOORMEDEWERKER, Role.PLANNER, Role.MANAGER, Role.AUDITOR})
TELLING = ("gegevens_gewijzigd", "stuk_toegevoegd", "stuk_ingetrokken", "oordeel_gewijzigd")
"""Kinds of event that can change what the hoormedewerker prepares on."""
MOST = 200  # a locatie holds some tens of gehoren a week
ACCEPTED_FOR = timedelta(days=7)  # that long an accepted dossier stays on the list


@dataclass(frozen=True)
class Row:
    dossier_id: int
    number: str
    heading: str
    stage: Stage
    gehoor_op: date | None
    locatie: str
    verdicts: Mapping[str, Json]
    released_at: datetime
    withdrawn_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str | None
    returned_at: datetime | None
    setback: Json | None  # why it is no longer ready
    waived: int  # checks that are let go now
    changes: int  # events since the vrijgave that tell something


@dataclass(frozen=True)
class Release:
    """A vrijgave; `sealed` is the row itself, so that its seal can be checked."""

    sealed: Vrijgave
    dossier_id: int
    number: str
    heading: str
    stage: Stage
    gehoor_op: date | None
    locatie: str
    verdicts: Mapping[str, Json]  # as they are now
    process_version_id: int
    policy_version_id: int
    setback: Json | None
    earlier: int  # vrijgaven before this one

    @property
    def stands(self) -> bool:
        """Can be accepted or sent back."""
        row = self.sealed
        return row.withdrawn_at is None and row.accepted_at is None and row.returned_at is None


@dataclass(frozen=True)
class ChangeLine:
    number: int
    at: datetime
    actor: str
    kind: str
    data: Json


def listed(tx: Tx) -> tuple[Row, ...]:
    """Dossiers with a vrijgave, by the date of the gehoor: those that stand, came back, or were accepted last week.

    One statement. Raises Forbidden for a role that holds or plans no gehoren.
    """
    require_gehoren(tx)
    query = (
        select(
            Dossier.id, Dossier.number, Dossier.heading, Dossier.stage, Dossier.gehoor_op, Locatie.name,
            Dossier.verdicts, Vrijgave.at, Vrijgave.withdrawn_at, Vrijgave.accepted_at, Vrijgave.accepted_by,
            Vrijgave.returned_at, Dossier.setback, _changes(),
        )
        .join(Dossier, Dossier.id == Vrijgave.dossier_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(
            dossiers_visible_to(tx.actor),
            _is_latest(),
            or_(Dossier.closed_at.is_(None), Vrijgave.accepted_at > tx.now - ACCEPTED_FOR),
        )
        .order_by(Dossier.gehoor_op, Dossier.id)
        .limit(MOST)
    )  # fmt: skip
    result: Any = tx.session.execute(query)
    rows: list[Any] = [(*row[:13], _waived(row[6]), row[13]) for row in result]
    return tuple(Row(*row) for row in rows)


def _waived(verdicts: Mapping[str, Json]) -> int:
    return sum(verdict["state"] == "vrijgesteld" for verdict in verdicts.values())


def find(tx: Tx, dossier_id: int) -> Release:
    """The latest vrijgave of a dossier. Raises NotFound without one, Forbidden for a role that sees no gehoren."""
    require_gehoren(tx)
    query = (
        select(Vrijgave, Dossier, Locatie.name)
        .join(Dossier, Dossier.id == Vrijgave.dossier_id)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))
        .order_by(Vrijgave.number.desc())
        .limit(1)
    )
    found = tx.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("Dit dossier is niet vrijgegeven voor een gehoor, of hoort bij een andere locatie.")
    vrijgave, dossier, locatie = found
    return Release(
        vrijgave, dossier.id, dossier.number, dossier.heading, dossier.stage, dossier.gehoor_op, locatie,
        dossier.verdicts, dossier.process_version_id, dossier.policy_version_id, dossier.setback,
        vrijgave.number - 1,
    )  # fmt: skip


def changes(tx: Tx, dossier_id: int) -> tuple[ChangeLine, ...]:
    """What changed since the latest vrijgave, newest first. One statement."""
    query = (
        select(Event.number, Event.at, Event.actor, Event.kind, Event.data)
        .where(Event.dossier_id.in_(visible(tx, dossier_id)), Event.kind.in_(TELLING))
        .where(Event.number > _released_by(dossier_id))
        .order_by(Event.number.desc())
    )
    result: Any = tx.session.execute(query)
    return tuple(ChangeLine(*row) for row in result)


def require_gehoren(tx: Tx) -> None:
    if not tx.actor.is_system and tx.actor.role not in SEES_GEHOREN:
        raise Forbidden("De gehoren zijn voor wie ze houdt of plant. Het dossier zelf vindt u via zoeken.")


def _is_latest() -> Any:
    later = aliased(Vrijgave)
    newer = and_(later.dossier_id == Vrijgave.dossier_id, later.number > Vrijgave.number)
    return ~exists(select(later.id).where(newer).correlate(Vrijgave))


def _changes() -> ScalarSelect[int]:
    """Events after the one that recorded the latest vrijgave, for the dossier of the row."""
    released = aliased(Event)
    last = select(func.max(released.number)).where(
        released.dossier_id == Vrijgave.dossier_id, released.kind == "vrijgegeven"
    )
    after = Event.number > last.correlate(Vrijgave).scalar_subquery()
    query: Select[int] = select(func.count()).select_from(Event)
    query = query.where(Event.dossier_id == Vrijgave.dossier_id, Event.kind.in_(TELLING), after)
    return query.correlate(Vrijgave).scalar_subquery()


def _released_by(dossier_id: int) -> ScalarSelect[int]:
    released = aliased(Event)
    last = select(func.max(released.number))
    return last.where(released.dossier_id == dossier_id, released.kind == "vrijgegeven").scalar_subquery()
