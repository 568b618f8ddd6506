"""Batches that move dossiers to another version: how far they are, and which dossiers stayed and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, DueWork, MoveKind, MovePlan, MoveRun, MoveState, MoveStay, WorkKind
from bedrijfsbureau.queries.access import dossiers_visible_to, may_open_dossiers

MOST_REASONS = 50
MOST_NAMED = 200  # dossiers, of one run


@dataclass(frozen=True)
class Run:
    id: int
    kind: MoveKind
    state: MoveState
    mapping: Mapping[str, str | None]
    total: int
    visited: int
    moved: int
    ordered_at: datetime
    ordered_by: str
    finished_at: datetime | None
    has_failed: bool  # the worker gave up; an incident says why

    @property
    def stayed(self) -> int:
        return self.visited - self.moved


@dataclass(frozen=True)
class Reason:
    """`dossiers`: id -> number, of those the actor may see, at most a few."""

    text: str
    count: int
    dossiers: Mapping[int, str]


def mapping(tx: Tx, soort: str, source: int, target: int) -> Mapping[str, str | None] | None:
    """Of the kept plan; None when nobody kept one."""
    return tx.session.scalar(select(MovePlan.mapping).where(*_between(soort, source, target)))


def runs(tx: Tx, soort: str, source: int, target: int, most: int = 10) -> Sequence[Run]:
    """The newest first."""
    work = (DueWork.kind == WorkKind.MOVE) & (DueWork.reference == cast(MoveRun.id, String))
    given_up = DueWork.done_at.is_not(None) & (MoveRun.state == MoveState.BUSY)
    query = (
        select(
            MoveRun.id, MoveRun.kind, MoveRun.state, MoveRun.mapping, MoveRun.total, MoveRun.visited, MoveRun.moved,
            MoveRun.ordered_at, MoveRun.ordered_by, MoveRun.finished_at, given_up,
        )
        .join(MovePlan, MovePlan.id == MoveRun.plan_id)
        .join(DueWork, work)
        .where(*_between(soort, source, target))
    )  # fmt: skip
    return [Run(*row) for row in tx.session.execute(query.order_by(MoveRun.id.desc()).limit(most))]


def reasons(tx: Tx, run_id: int) -> Sequence[Reason]:
    """Why dossiers stayed, what holds for most of them first."""
    count = func.count().label("count")
    query = select(MoveStay.reason, count).where(MoveStay.run_id == run_id).group_by(MoveStay.reason)
    found = tx.session.execute(query.order_by(count.desc(), MoveStay.reason).limit(MOST_REASONS)).all()
    named: dict[str, dict[int, str]] = {}
    if found and may_open_dossiers(tx.actor):
        stays = select(MoveStay.reason, Dossier.id, Dossier.number).join(Dossier, Dossier.id == MoveStay.dossier_id)
        stays = stays.where(MoveStay.run_id == run_id, dossiers_visible_to(tx.actor)).order_by(Dossier.id)
        for reason, dossier_id, number in tx.session.execute(stays.limit(MOST_NAMED)):
            named.setdefault(reason, {})[dossier_id] = number
    return [Reason(text, number, named.get(text, {})) for text, number in found]


def _between(soort: str, source: int, target: int) -> tuple[ColumnElement[bool], ...]:
    return (MovePlan.dossiersoort == soort, MovePlan.source == source, MovePlan.target == target)
