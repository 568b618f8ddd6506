"""History: one row per change, only ever added, chained per dossier by hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Event(Base):
    """`hash` covers the row and the hash of the row before it; the head of the chain is on the dossier."""

    __tablename__ = "event"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    actor: Mapped[str]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    hash: Mapped[str]
