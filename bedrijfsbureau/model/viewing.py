"""Who looked at which dossier: one row per page, only ever added."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Viewing(Base):
    """`name` and `role` as they were then; `part`: which page; `about`: of a stuk its kind and version."""

    __tablename__ = "viewing"
    __table_args__ = (Index("ix_viewing_dossier", "dossier_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    medewerker_id: Mapped[int] = mapped_column(ForeignKey("medewerker.id"))
    name: Mapped[str]
    role: Mapped[str]
    part: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]
