"""Versions of a policy: since when each holds, who made and approved it, and how many dossiers are judged by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, DraftStatus, PolicyDraft, PolicyVersion, Task, Transition
from bedrijfsbureau.queries.access import dossiers_counted_for

WORKED = frozenset({"gewijzigd", "aangeboden"})


@dataclass(frozen=True)
class Version:
    """Without its content. running: open dossiers that are judged by it, as far as the actor may count them."""

    id: int
    number: int
    valid_from: date
    published_at: datetime
    transition: Transition
    counts_from: str | None
    note: str
    trail: Sequence[Mapping[str, Any]]
    running: int

    @property
    def authors(self) -> list[str]:
        return list(dict.fromkeys(step["who"] for step in self.trail if step["did"] in WORKED))

    @property
    def approved_by(self) -> str:
        """ "" for a version that came with the program."""
        return next((step["who"] for step in reversed(self.trail) if step["did"] == "goedgekeurd"), "")


def versions(tx: Tx, soort: str) -> Sequence[Version]:
    """The newest first. One statement. Raises NotFound."""
    running = (
        select(func.count())
        .select_from(Dossier)
        .where(Dossier.policy_version_id == PolicyVersion.id, Dossier.closed_at.is_(None))
        .where(dossiers_counted_for(tx.actor))
        .correlate(PolicyVersion)
        .scalar_subquery()
    )
    query = select(
        PolicyVersion.id, PolicyVersion.number, PolicyVersion.valid_from, PolicyVersion.published_at,
        PolicyVersion.transition, PolicyVersion.counts_from, PolicyVersion.note, PolicyVersion.trail, running,
    )  # fmt: skip
    rows = tx.session.execute(query.where(PolicyVersion.dossiersoort == soort).order_by(PolicyVersion.number.desc()))
    found = [Version(*row) for row in rows]
    if not found:
        raise NotFound("Voor deze dossiersoort is nog geen beleid gepubliceerd.")
    return found


@dataclass(frozen=True)
class Draft:
    """That someone works on a policy, without what it says."""

    status: DraftStatus
    saved_by: str
    saved_at: datetime

    @property
    def is_offered(self) -> bool:
        return self.status is DraftStatus.OFFERED


def drafts(tx: Tx) -> dict[str, Draft]:
    """By dossiersoort. One statement."""
    query = select(PolicyDraft.dossiersoort, PolicyDraft.status, PolicyDraft.saved_by, PolicyDraft.saved_at)
    rows: Any = tx.session.execute(query.where(PolicyDraft.status.in_((DraftStatus.CONCEPT, DraftStatus.OFFERED))))
    return {soort: Draft(*about) for soort, *about in rows}


def name(tx: Tx, soort: str) -> str:
    """Of the dossiersoort, as its newest version says."""
    query = select(PolicyVersion.content["soort"]["naam"].as_string()).where(PolicyVersion.dossiersoort == soort)
    return tx.session.scalar(query.order_by(PolicyVersion.number.desc()).limit(1)) or soort


def content(tx: Tx, version_id: int) -> Mapping[str, Any]:
    """What it says: rows and instellingen."""
    policy: Mapping[str, Any] = tx.session.get_one(PolicyVersion, version_id).content["policy"]
    return policy


def titles(tx: Tx, soort: str) -> Mapping[str, str]:
    """Code -> title of every row with one, in any version."""
    query = select(PolicyVersion.content["policy"]).where(PolicyVersion.dossiersoort == soort)
    rows = [row for policy in tx.session.scalars(query.order_by(PolicyVersion.id)) for row in policy["punten"]]
    return {row["code"]: row["titel"] for row in rows if row.get("titel")}


def task_names(tx: Tx, soort: str) -> Mapping[str, str]:
    """Element -> how its open tasks are called, for lists that name tasks. One statement."""
    query = select(Task.element, func.max(Task.name)).join(Dossier, Dossier.id == Task.dossier_id)
    query = query.where(Dossier.dossiersoort == soort).group_by(Task.element)
    return {row[0]: row[1] for row in tx.session.execute(query)}


def catalogue(tx: Tx, codes: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Rows with FEEL that any policy ever had, but those of `codes`: code -> row, the newest of each."""
    found: dict[str, Mapping[str, Any]] = {}
    for policy in tx.session.scalars(select(PolicyVersion.content["policy"]).order_by(PolicyVersion.id)):
        for row in policy.get("punten") or ():
            if row.get("voldaan_als") is not None and row["code"] not in codes:
                found[row["code"]] = row
    return dict(sorted(found.items()))
