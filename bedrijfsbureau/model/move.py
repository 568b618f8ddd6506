"""Moving running dossiers to another version of their process: the plan, each time it was carried out, what stayed."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class MoveKind(enum.StrEnum):
    TRY = "proef"  # nothing changes
    MOVE = "verhuizen"
    UNDO = "terugzetten"


class MoveState(enum.StrEnum):
    BUSY = "bezig"
    PAUSED = "gepauzeerd"
    DONE = "klaar"
    STOPPED = "gestopt"  # by a person, with dossiers left


class MovePlan(Base):
    """`source`, `target`: numbers of published versions; `mapping`: element of the one -> of the other, or null."""

    __tablename__ = "move_plan"
    __table_args__ = (UniqueConstraint("dossiersoort", "source", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str]
    source: Mapped[int]
    target: Mapped[int]
    mapping: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))


class MoveRun(Base):
    """One batch. Its progress is written with every dossier, in that dossier's transaction.

    `mapping` is complete and as it was when the run was ordered; `after` the last dossier that had its turn, `visited`
    how many had, `moved` how many of those went (or could go).
    """

    __tablename__ = "move_run"
    __table_args__ = (
        Index(  # one at a time
            "ix_move_run_unfinished",
            "plan_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("move_plan.id"), index=True)
    kind: Mapped[MoveKind]
    state: Mapped[MoveState]
    mapping: Mapped[dict[str, Any]]
    total: Mapped[int]
    visited: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    after: Mapped[int] = mapped_column(default=0)
    ordered_at: Mapped[datetime]
    ordered_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    ordered_by: Mapped[str]
    finished_at: Mapped[datetime | None]


class MoveStay(Base):
    """A reason why a dossier stayed where it was, or would."""

    __tablename__ = "move_stay"
    __table_args__ = (Index("ix_move_stay_reason", "run_id", "reason"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("move_run.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
