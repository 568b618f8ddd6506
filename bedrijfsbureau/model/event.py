"""History: one row per change, only ever added, chained per dossier by hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Event(Base):
    """`hash` covers the row and the hash of the row before it; the head of the chain is on the dossier."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    actor: Mapped[str]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    hash: Mapped[str]
