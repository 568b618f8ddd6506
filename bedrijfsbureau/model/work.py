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
    PREVIEW = "proef"  # reference: id of the preview and number of the part; payload: {after, until}
    RECOMPUTE = "herberekening"  # reference: id of the run that recomputes a rule, and when it was planned
    MOVE = "verhuizing"  # reference: id of the run that moves dossiers to another version of their process
    SCAN = "scan"  # reference: id of the IncomingStuk that waits for the virus scanner
    SCRUB = "scrub"  # the bytes of all stukken are read again; payload: {after}, the last hash that was looked at
    RAPPEL = "rappel"  # reference: the day; what waits to be asked is put together per partij
    RAPPEL_OUT = "rappelbericht"  # reference: id of the rappel to deliver


class IncidentKind(enum.StrEnum):
    """What went wrong, in the words of the operations page."""

    STAP = "stap"  # a step of the process that someone wanted to do: handler, decision or expression
    TIMER = "timer"
    BERICHT = "bericht"  # could not be delivered
    CONTROLE = "controle"  # a check that crashed
    HERBEOORDELING = "herbeoordeling"
    PROEF = "proef"  # a policy that is tried on all running dossiers
    HERBEREKENING = "herberekening"  # of a term, for all dossiers
    VERHUIZING = "verhuizing"  # a batch that moves dossiers to another version of their process
    PROCESSTAND = "processtand"  # of another hand, or of a codec we do not know
    VASTGELOPEN = "vastgelopen"  # nobody works on it and nothing will come
    STUK = "stuk"  # bytes that are damaged or gone, or a virus scanner that does not answer


class DueWork(Base):
    """One row per thing to do at a moment, done once. A worker that takes it puts its token in `claimed_by` and keeps
    `claimed_until` ahead of the clock for as long as it lives; after a failure the row waits until `next_try_at`."""

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
    next_try_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Incident(Base):
    """Something that failed and needs a person: blocks the vrijgave of its dossier until someone resolves it.

    `element` is the element of the model or the code of the check; `work` names the row of due work to try again
    ("timer:5f2c"), `attempts` how often that was tried; `retried_at` says that it is being tried now.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "ix_incident_open",
            "opened_at",
            "id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IncidentKind]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    element: Mapped[str]
    cause: Mapped[str]
    work: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    retried_at: Mapped[datetime | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    note: Mapped[str | None]
