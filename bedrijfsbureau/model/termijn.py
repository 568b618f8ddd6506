"""Terms of a dossier: statutory, or set by a court."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Termijn(Base):
    """A statutory or court term as it stands; `steps` is the sum that answers "waarom deze datum?"."""

    __tablename__ = "termijn"
    __table_args__ = (UniqueConstraint("dossier_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    content: Mapped[dict[str, Any]]  # basis, start, steps [{text, on}], calendar, standing
