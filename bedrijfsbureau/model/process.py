"""Versions of processes. A published version never changes."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class VersionStatus(enum.StrEnum):
    CONCEPT = "concept"
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "vervallen"


class ProcessVersion(Base):
    """The BPMN, DMN and form files of one dossiersoort: `files` maps a path in its folder to text."""

    __tablename__ = "process_version"
    __table_args__ = (UniqueConstraint("dossiersoort", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str]
    number: Mapped[int]
    status: Mapped[VersionStatus]
    process_id: Mapped[str]
    files: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    saved_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
