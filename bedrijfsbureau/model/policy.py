"""Versions of completeness policy, and the drafts they come from. A published version never changes: the database
itself refuses that (migration 20261122_policies)."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base


class Transition(enum.StrEnum):
    """What becomes of dossiers that run already on the day that a policy takes effect."""

    NEW = "alleen nieuwe"  # they keep the policy they have
    UNRELEASED = "niet vrijgegeven"  # they go over, but not while a vrijgave of theirs counts
    ALL = "alle"  # they go over, and a vrijgave that no longer stands is withdrawn


class DraftStatus(enum.StrEnum):
    CONCEPT = "concept"
    OFFERED = "aangeboden"  # to a second pair of eyes
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "vervallen"


class PolicyVersion(Base):
    """`content`: what `Dossiersoort.to_json` gives but files: record, stukken, instellingen, checks.

    `counts_from`: the field of the record whose date says under which policy a new dossier falls; None: the day on
    which it is opened. `trail`: who did what and why, oldest first: {at, id, who, did, remark}.
    """

    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("dossiersoort", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    valid_from: Mapped[date]
    published_at: Mapped[datetime]
    transition: Mapped[Transition] = mapped_column(default=Transition.NEW)
    counts_from: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    trail: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class PolicyDraft(Base):
    """What the next version will say. `policy` is the part of the content that is edited: rows and instellingen;
    `revision` goes up with each change of it, so that nobody overwrites what a colleague saved meanwhile."""

    __tablename__ = "policy_draft"
    __table_args__ = (
        Index(
            "ix_policy_draft_open",
            "dossiersoort",
            unique=True,
            sqlite_where=text("status IN ('concept', 'aangeboden')"),
            postgresql_where=text("status IN ('concept', 'aangeboden')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossiersoort: Mapped[str]
    based_on_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    status: Mapped[DraftStatus]
    policy: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    transition: Mapped[Transition]
    note: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    trail: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
