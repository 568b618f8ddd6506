"""What someone must know and say to have seen: a dossier that was ready for its gehoor no longer is."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.actor import Role
from bedrijfsbureau.model.base import Base


class Notice(Base):
    """For one role at the locatie of the dossier; the first colleague who has seen it, has seen it for all of them.
    `over_at`: since when it no longer matters, because the dossier is as far again as it was, or fell further."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_unseen",
            "role",
            "dossier_id",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    role: Mapped[Role]
    at: Mapped[datetime]
    sentence: Mapped[str]
    codes: Mapped[list[str]]
    gehoor_op: Mapped[date | None]
    over_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
