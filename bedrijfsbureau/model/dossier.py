"""The dossier: the aggregate. Its row is locked first, then read; `version` is the second fence."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bedrijfsbureau.model.base import JSON_OR_NULL, Base
from bedrijfsbureau.model.people import Locatie
from bedrijfsbureau.model.stuk import Stuk
from bedrijfsbureau.model.task import Task
from bedrijfsbureau.model.verzoek import Verzoek, Vrijstelling


class Stage(enum.StrEnum):
    VOORBEREIDING = "voorbereiding"
    PLANNING = "planning"  # planbaar: no blocking check of phase P is open
    BEHANDELKLAAR = "behandelklaar"
    VRIJGEGEVEN = "vrijgegeven"
    AANVAARD = "aanvaard"
    DUBLIN = "dublin"
    AFGEBROKEN = "afgebroken"
    AFGEROND = "afgerond"


class Dossier(Base):
    """`gegevens` is the record (group -> field -> JSON value); `verdicts` maps a check's code to its latest verdict
    (`actions/command/verdicts.py`) and `judged` says for which day and policy they hold; `results` maps a decision's
    name to its outcome; `state` is the engine's. `setback` says why it is no longer as far as it was ({at, was,
    sentence, codes}); None while it is."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index("ix_dossier_list", "locatie_id", "closed_at", "id"),
        Index("ix_dossier_stage", "stage", "locatie_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    source_key: Mapped[str | None] = mapped_column(unique=True)  # the sender's own key: importing twice changes nothing
    dossiersoort: Mapped[str]
    regime: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    process_version_id: Mapped[int] = mapped_column(ForeignKey("process_version.id"), index=True)
    policy_version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    locatie_id: Mapped[int] = mapped_column(ForeignKey("locatie.id"))
    stage: Mapped[Stage]
    priority: Mapped[int]  # 1 spoed, 2 hoog, 3 normaal
    heading: Mapped[str]  # how lists name the dossier: person, country, language
    v_nummer: Mapped[str | None] = mapped_column(index=True)
    gegevens: Mapped[dict[str, Any]]
    verdicts: Mapped[dict[str, Any]] = mapped_column(JSON)  # as text, which keeps the order of the policy
    judged: Mapped[str]
    results: Mapped[dict[str, Any]]
    reopened: Mapped[dict[str, Any]]  # check's code -> why the hearing officer sent it back; open until judged again
    state: Mapped[bytes | None]
    active: Mapped[dict[str, Any]]  # element id -> number of tokens, as the diagram shows them
    waits_for_others: Mapped[bool] = mapped_column(default=False)  # for a message, a signal or free-form work
    gehoor_op: Mapped[date | None]
    setback: Mapped[dict[str, Any] | None] = mapped_column(JSON_OR_NULL)
    beslistermijn: Mapped[date | None]
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    event_count: Mapped[int] = mapped_column(default=0)
    event_hash: Mapped[str] = mapped_column(default="")
    locatie: Mapped[Locatie] = relationship(lazy="raise")
    stukken: Mapped[list[Stuk]] = relationship(lazy="raise", order_by=Stuk.id)
    verzoeken: Mapped[list[Verzoek]] = relationship(lazy="raise", order_by=Verzoek.id)
    vrijstellingen: Mapped[list[Vrijstelling]] = relationship(lazy="raise", order_by=Vrijstelling.id)
    tasks: Mapped[list[Task]] = relationship(lazy="raise", order_by=Task.opened_at)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads this name from the class


class OpenPoint(Base):
    """Every verdict that is not in order, for lists and overviews: written with `Dossier.verdicts`, by one function."""

    __tablename__ = "open_point"
    __table_args__ = (Index("ix_open_point_partij", "partij", "blocking"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    partij: Mapped[str]
    phase: Mapped[str]
    blocking: Mapped[bool]
    since: Mapped[datetime]  # in this state
    open_since: Mapped[datetime]  # in whatever state


class Relatie(Base):
    """A dossier that belongs with another, seen from `dossier_id`; each pair has two rows."""

    __tablename__ = "relatie"
    __table_args__ = (UniqueConstraint("dossier_id", "other_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[str]
