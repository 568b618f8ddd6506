"""The vrijgave record: what was green, on which evidence, when the dossier went to the gehoor. Sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Vrijgave(Base):
    """`content` holds policy version, gegevens, every verdict, evidence with hashes, vrijstellingen and actor;
    `seal` is the HMAC-SHA256 of its canonical JSON. The columns after it say what became of it."""

    __tablename__ = "vrijgave"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    by: Mapped[str]
    policy_version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    content: Mapped[dict[str, Any]]
    seal: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None]
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str | None]
    return_code: Mapped[str | None]  # the check that was returned
    return_reason: Mapped[str | None]
    return_note: Mapped[str | None]
