"""Vrijstellingen across dossiers: what waits for a second person, and how often each check is let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Vrijstelling
from bedrijfsbureau.queries.access import dossiers_counted_for, dossiers_visible_to
from bedrijfsbureau.queries.worklist import local_day

MOST = 200


@dataclass(frozen=True)
class AskedLine:
    id: int
    dossier_id: int
    number: str
    heading: str
    gehoor_op: date | None
    code: str
    ground: str
    reason: str
    valid_until: date
    granted_by: str
    granted_at: datetime
    title: str
    waiver: str | None


@dataclass(frozen=True)
class PerCheck:
    """How often a check of a dossiersoort was let go on this ground, by what became of it."""

    soort: str
    code: str
    ground: str
    asked: int
    in_force: int
    over: int
    withdrawn: int


def asked(tx: Tx) -> tuple[AskedLine, ...]:
    """What others asked in dossiers that the actor may see, the first gehoor on top. Whether the actor may confirm is
    the policy's to say (`waiver`). One statement."""
    query = (
        select(
            Vrijstelling.id, Dossier.id, Dossier.number, Dossier.heading, Dossier.gehoor_op, Vrijstelling.code,
            Vrijstelling.ground, Vrijstelling.reason, Vrijstelling.valid_until, Vrijstelling.granted_by,
            Vrijstelling.granted_at, Dossier.verdicts,
        )
        .join(Dossier, Dossier.id == Vrijstelling.dossier_id)
        .where(
            _is_asked(), dossiers_visible_to(tx.actor), Dossier.closed_at.is_(None),
            Vrijstelling.granted_by_id != (tx.actor.id or 0),
        )
        .order_by(Dossier.gehoor_op, Vrijstelling.id)
        .limit(MOST)
    )  # fmt: skip
    result: Any = tx.session.execute(query)
    return tuple(_asked(row) for row in result)


def per_check(tx: Tx) -> Sequence[PerCheck]:
    """Numbers only, for who decides about the policy; the check that is let go most comes first. One statement."""
    today = local_day(tx.now)
    is_given = and_(Vrijstelling.withdrawn_at.is_(None), ~_is_asked())
    counts = (
        _is_asked(),
        and_(is_given, Vrijstelling.valid_until >= today),
        and_(is_given, Vrijstelling.valid_until < today),
        Vrijstelling.withdrawn_at.is_not(None),
    )
    by = (Dossier.dossiersoort, Vrijstelling.code, Vrijstelling.ground)
    query = (
        select(*by, *(func.sum(case((condition, 1), else_=0)) for condition in counts))
        .join(Dossier, Dossier.id == Vrijstelling.dossier_id)
        .where(dossiers_counted_for(tx.actor))
        .group_by(*by)
        .order_by(func.count().desc(), *by)
    )
    result: Any = tx.session.execute(query)
    return tuple(PerCheck(*row) for row in result)


def _is_asked() -> Any:
    return and_(Vrijstelling.withdrawn_at.is_(None), Vrijstelling.needs_second, Vrijstelling.confirmed_at.is_(None))


def _asked(row: Any) -> AskedLine:
    code, verdicts = row[5], row[11]
    verdict = verdicts.get(code, {})
    columns: list[Any] = [*row[:11], verdict.get("title", code), verdict.get("waiver")]
    return AskedLine(*columns)
