"""Commands that were carried out under a key of the one who asked, so that asking again changes nothing."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Command(Base):
    """Written with what the command changed, in its transaction; a second with the same key collides with this row.

    `actor` is the medewerker's id, 0 for the system; `asked` the SHA-256 of what was asked; `result` names the row
    that the command gave, as "Dossier:12", or is empty.
    """

    __tablename__ = "command"

    actor: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    result: Mapped[str]
    at: Mapped[datetime]
