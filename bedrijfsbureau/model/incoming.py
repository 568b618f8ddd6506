"""Files that came in and are no stuk of a dossier yet: without a dossier, waiting for someone, or held by a scanner."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import PORTABLE_JSON, Base


class IncomingState(enum.StrEnum):
    POSTVAK = "in het postvak"  # nobody knows yet which dossier it belongs to
    KLAARGEZET = "klaargezet"  # in a dossier, and waits for who put it there to finish
    QUARANTAINE = "in quarantaine"  # the virus scanner has given no verdict
    GEKOPPELD = "gekoppeld"  # became a stuk
    AFGEKEURD = "afgekeurd"  # the virus scanner found something
    NIET_VAN_ONS = "niet van ons"  # set aside, with a reason


class IncomingStuk(Base):
    """Bytes that are kept, under what is known of them. Rows are never deleted; `course` says what happened to each.

    `soort` is empty until what was filled in is right; `draft` keeps what was typed, as it was typed. What a scanner
    has cleared becomes a stuk at once when `soort` is there. `course`: [{at, by, what, reason}].
    """

    __tablename__ = "incoming_stuk"
    __table_args__ = (Index("ix_incoming_stuk_list", "locatie_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("locatie.id"))
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    state: Mapped[IncomingState]
    sha256: Mapped[str] = mapped_column(index=True)
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    soort: Mapped[str | None]
    received_on: Mapped[date]
    source: Mapped[str]
    valid_until: Mapped[date | None]
    gegevens: Mapped[dict[str, Any]]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("stuk.id"))
    draft: Mapped[dict[str, Any]]
    arrived_at: Mapped[datetime]
    arrived_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    stuk_id: Mapped[int | None] = mapped_column(ForeignKey("stuk.id"), index=True)
    reason: Mapped[str | None]
    course: Mapped[list[dict[str, Any]]] = mapped_column(PORTABLE_JSON)
