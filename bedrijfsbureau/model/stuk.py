"""Stukken and their versions. The bytes lie in storage, under the SHA-256 that the version names."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bedrijfsbureau.model.base import Base


class StukState(enum.StrEnum):
    AANWEZIG = "aanwezig"
    INGETROKKEN = "ingetrokken"
    VERVANGEN = "vervangen"
    AFGEKEURD = "afgekeurd"


class StukVersion(Base):
    __tablename__ = "stuk_version"
    __table_args__ = (UniqueConstraint("stuk_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stuk_id: Mapped[int] = mapped_column(ForeignKey("stuk.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))


class Stuk(Base):
    """`gegevens` holds the values taken over from the stuk (geboortedatum, nationaliteit, taal)."""

    __tablename__ = "stuk"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    soort: Mapped[str]
    state: Mapped[StukState]
    received_on: Mapped[date]
    source: Mapped[str]  # the partij it came from
    valid_until: Mapped[date | None]
    gegevens: Mapped[dict[str, Any]]
    in_use: Mapped[bool] = mapped_column(default=False)  # was evidence of a check that is or was voldaan
    reason: Mapped[str | None]  # why it was ingetrokken or afgekeurd
    versions: Mapped[list[StukVersion]] = relationship(lazy="raise", order_by=StukVersion.number)
