"""Chasing partijen: what is to be asked (items), the one message per partij and day that carries them (rappel), where
it goes (route) and in what words (text)."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Channel(enum.StrEnum):
    MAIL = "e-mail"
    WEBHOOK = "webhook"
    LIST = "lijst"  # printed, and handed over by a person


class RappelState(enum.StrEnum):
    QUEUED = "klaargezet"
    SENDING = "onderweg"  # handed to the other side, which did not say yet that it has it: its content stays as it is
    SENT = "verzonden"
    FAILED = "mislukt"  # refused; tried again later, without what was answered meanwhile
    LISTED = "af te geven"
    HANDED = "afgegeven"
    EMPTY = "vervallen"  # everything in it was answered before it went


class Rappel(Base):
    """One message to one partij on one day; `locatie_id` only where locaties have routes of their own, and for lists.

    `message_id` is the same however often it is tried. `subject` and `body` are what went out; None before that.
    """

    __tablename__ = "rappel"
    __table_args__ = (
        UniqueConstraint("partij", "locatie_id", "day"),
        Index(  # null is never equal to null
            "ix_rappel_everywhere",
            "partij",
            "day",
            unique=True,
            sqlite_where=text("locatie_id IS NULL"),
            postgresql_where=text("locatie_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partij: Mapped[str]
    locatie_id: Mapped[int | None] = mapped_column(ForeignKey("locatie.id"))
    day: Mapped[date]
    channel: Mapped[Channel]
    address: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RappelState]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    tried: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None]  # who handed over the list


class RappelItem(Base):
    """One question or reminder that the process wants sent. It is in one rappel (`rappel_id`), or was taken out of
    all of them (`dropped_at`) because the answer came first; else it waits for the next.

    `number`: 0 for the first question, then the number of the reminder. `question` and `remark` are all that is said of
    the check: its title, and what the medewerker typed where that may go out.
    """

    __tablename__ = "rappel_item"
    __table_args__ = (
        Index(
            "ix_rappel_item_waiting",
            "verzoek_id",
            "id",
            sqlite_where=text("rappel_id IS NULL AND dropped_at IS NULL"),
            postgresql_where=text("rappel_id IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    verzoek_id: Mapped[int] = mapped_column(ForeignKey("verzoek.id"), index=True)
    rappel_id: Mapped[int | None] = mapped_column(ForeignKey("rappel.id"), index=True)
    number: Mapped[int]
    question: Mapped[str]
    remark: Mapped[str]
    made_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]


class RappelRoute(Base):
    """How a partij is reached: at every locatie, or at the one that has another address. Without one: a list."""

    __tablename__ = "rappel_route"
    __table_args__ = (
        UniqueConstraint("partij", "locatie_id"),
        Index(
            "ix_rappel_route_everywhere",
            "partij",
            unique=True,
            sqlite_where=text("locatie_id IS NULL"),
            postgresql_where=text("locatie_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partij: Mapped[str]
    locatie_id: Mapped[int | None] = mapped_column(ForeignKey("locatie.id"))
    channel: Mapped[Channel]
    address: Mapped[str]  # addresses of mail with commas between them, or of a webhook; empty for a list
    key_number: Mapped[int] = mapped_column(default=1)  # another number is another key to sign with
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class RappelText(Base):
    """The words of a rappel: of one partij, or ("") of all that have none of their own."""

    __tablename__ = "rappel_text"

    partij: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    opening: Mapped[str]
    line: Mapped[str]
    closing: Mapped[str]
    with_v_nummer: Mapped[bool]  # this partij may have it
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]


class RappelHour(Base):
    """One row: from which hour on, in Amsterdam, the rappels of a working day go out."""

    __tablename__ = "rappel_hour"

    id: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
