"""What was learnt of how long checks stay open, per dossiersoort: measured anew every night."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Measurement(Base):
    """`content`: curves, calibration and score, as `queries/measurements.py` writes and reads them. The last one of a
    dossiersoort counts."""

    __tablename__ = "measurement"
    __table_args__ = (Index("ix_measurement_last", "dossiersoort", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str]
    measured_at: Mapped[datetime]
    dossiers: Mapped[int]  # how many it was learnt from
    content: Mapped[dict[str, Any]]
