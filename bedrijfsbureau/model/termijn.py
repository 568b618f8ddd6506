"""Terms of a dossier: statutory, or set by a court; and what recomputing them all after a change of rule did."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import PORTABLE_JSON, Base


class Termijn(Base):
    """A statutory or court term as it stands; `steps` is the sum that answers "waarom deze datum?".

    `due_on` is None while it can't be computed: an instelling is empty, or a suspension is open. `rule` and
    `rule_version` are what it was computed by, and stay until the rule is recomputed for all. `warn_on`, `urgent_on`:
    from when lists and priority say so; `met_on`: when it was met. `facts` are those of `termijnen.facts`, also when
    taken back.
    """

    __tablename__ = "termijn"
    __table_args__ = (
        Index("ix_termijn_risk", "due_on", "dossier_id", "kind"),
        Index("ix_termijn_rule", "rule", "dossier_id"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    due_on: Mapped[date | None]
    content: Mapped[dict[str, Any]]  # basis, steps [{text, on}], days, missing
    rule: Mapped[str | None]
    rule_version: Mapped[int | None]
    begin_on: Mapped[date | None]
    warn_on: Mapped[date | None]
    urgent_on: Mapped[date | None]
    met_on: Mapped[date | None]
    steers: Mapped[bool] = mapped_column(default=False)  # tasks may not be due later
    facts: Mapped[list[Any]] = mapped_column(PORTABLE_JSON, default=list)


class RunStatus(enum.StrEnum):
    RUNNING = "bezig"
    PAUSED = "gepauzeerd"
    DONE = "klaar"


class TermijnRun(Base):
    """Recomputing one rule for all open dossiers; `after` is the last dossier it came to. `undo_of`: the run that this
    one turns back."""

    __tablename__ = "termijn_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    rule_version: Mapped[int]
    status: Mapped[RunStatus]
    total: Mapped[int]
    seen: Mapped[int]
    changed: Mapped[int]
    after: Mapped[int]
    undo_of: Mapped[int | None] = mapped_column(ForeignKey("termijn_run.id"))
    started_by: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class TermijnRunRow(Base):
    """What a run changed for one dossier, so that it can be shown and turned back."""

    __tablename__ = "termijn_run_row"

    run_id: Mapped[int] = mapped_column(ForeignKey("termijn_run.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    old_on: Mapped[date | None]
    new_on: Mapped[date | None]
    old_version: Mapped[int | None]
    new_version: Mapped[int | None]
