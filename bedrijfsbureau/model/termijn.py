"""Terms of a dossier: statutory, or set by a court."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Termijn(Base):
    """A statutory or court term as it stands; `steps` is the sum that answers "waarom deze datum?"."""

    __tablename__ = "termijn"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    due_on: Mapped[date]
    content: Mapped[dict[str, Any]]  # basis, start, steps [{text, on}], calendar, standing
