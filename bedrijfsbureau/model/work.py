"""Work for the worker (timers, outbox, schedule) and what went wrong with it."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class WorkKind(enum.StrEnum):
    TIMER = "timer"  # reference: the engine's timer id
    OUTBOX = "outbox"  # reference: what is sent; payload: to whom and what
    SIGNAL = "signal"  # what one dossier threw, for all others; payload: {signal}
    REVIEW = "review"  # date-sensitive checks are looked at again


class DueWork(Base):
    """One row per thing to do at a moment; claimed by a worker until `claimed_until`, done once."""

    __tablename__ = "due_work"
    __table_args__ = (
        UniqueConstraint("kind", "dossier_id", "reference"),
        Index(
            "ix_due_work_next",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(  # null is never equal to null, so the constraint above does not keep work without a dossier single
            "ix_due_work_single",
            "kind",
            "reference",
            unique=True,
            sqlite_where=text("dossier_id IS NULL"),
            postgresql_where=text("dossier_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WorkKind]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    reference: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Incident(Base):
    """A step, check or delivery that failed: blocks the vrijgave of its dossier until someone resolves it."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    element: Mapped[str]
    cause: Mapped[str]
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    note: Mapped[str | None]
