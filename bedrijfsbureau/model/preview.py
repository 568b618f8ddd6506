"""What a new policy or new decision tables would change in the dossiers that run now. Never written to a dossier."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class PreviewStatus(enum.StrEnum):
    RUNNING = "loopt"
    DONE = "klaar"
    STOPPED = "gestopt"
    FAILED = "mislukt"


class ChangeKind(enum.StrEnum):
    VERDICT = "oordeel"  # code: of the check; old and new: its state, "" where the check is not in the policy
    TASK = "taak"  # code: element of the task; one of old and new is "open", the other ""
    READY = "gereedheid"  # code: planbaar or behandelklaar; old and new are "ja" and "nee"
    VRIJGAVE = "vrijgave"  # code "": old is "vrijgegeven", new "ingetrokken"
    DECISION = "beslissing"  # code: of the decision; old and new: its outcome


class Preview(Base):
    """`subject`: what is tried: {"policy"} or {"files"}. `parts` of the dossiers are replayed beside each other;
    `parts_left` says how many are not done. `draft_revision` tells whether the draft was changed since."""

    __tablename__ = "preview"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str] = mapped_column(index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("policy_draft.id"))
    draft_revision: Mapped[int | None]
    process_version_id: Mapped[int | None] = mapped_column(ForeignKey("process_version.id"))
    subject: Mapped[dict[str, Any]]
    status: Mapped[PreviewStatus]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    stay: Mapped[int] = mapped_column(default=0)  # dossiers that keep their policy by the rule of transition
    parts_left: Mapped[int]
    error: Mapped[str | None]


class PreviewChange(Base):
    """One thing that would be different in one dossier."""

    __tablename__ = "preview_change"
    __table_args__ = (Index("ix_preview_change_counts", "preview_id", "kind", "code", "locatie_id"),)

    preview_id: Mapped[int] = mapped_column(ForeignKey("preview.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    kind: Mapped[ChangeKind] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("locatie.id"))
    old: Mapped[str]
    new: Mapped[str]
