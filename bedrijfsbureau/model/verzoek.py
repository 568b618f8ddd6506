"""What was asked of a partij, and which checks were let go with a reason."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Verzoek(Base):
    """A verzoek for one check; `answer` and `escalation` hold the forms of t_antwoord and t_escalatie.

    `answered_at`: an answer came in and is being processed; None again when it was incomplete and is asked once more.
    """

    __tablename__ = "verzoek"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    code: Mapped[str]
    partij: Mapped[str]
    text: Mapped[str]
    remark: Mapped[str | None]  # what of it goes out beside the title of the check
    asked_on: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_on: Mapped[date | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    escalation: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Vrijstelling(Base):
    """Someone let a check go: by whom, on which ground, why, until when. Withdrawn rows stay.

    needs_second: it counts only from the moment that someone else confirmed it.
    """

    __tablename__ = "vrijstelling"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    code: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")  # one of the policy's list, when it has one
    reason: Mapped[str]
    valid_until: Mapped[date]
    granted_by: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("medewerker.id"))
    granted_at: Mapped[datetime]
    needs_second: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[str | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]

    @property
    def counts(self) -> bool:
        """Given and not taken back; on which days it holds is another question."""
        return self.withdrawn_at is None and not self.is_asked

    @property
    def is_asked(self) -> bool:
        """It waits for a second person."""
        return self.withdrawn_at is None and self.needs_second and self.confirmed_at is None
