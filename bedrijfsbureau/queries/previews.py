"""What a preview found, counted: by what changes, by locatie, and how many dossiers in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select, true

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import (
    ChangeKind,
    Dossier,
    DueWork,
    Locatie,
    PolicyDraft,
    PolicyVersion,
    Preview,
    PreviewChange,
    PreviewStatus,
    WorkKind,
)
from bedrijfsbureau.queries.access import WITHOUT_DOSSIERS, dossiers_visible_to

ORDER = list(ChangeKind)


@dataclass(frozen=True)
class Try:
    """A preview without its subject. has_failed: the worker gave up; an incident says why."""

    id: int
    soort: str
    draft_id: int | None
    draft_revision: int | None
    process_version_id: int | None
    status: PreviewStatus
    asked_at: datetime
    asked_by: str
    ended_at: datetime | None
    total: int
    done: int
    stay: int
    transition: str | None  # a Transition; None for a process
    has_failed: bool

    @property
    def is_running(self) -> bool:
        return self.status is PreviewStatus.RUNNING and not self.has_failed


@dataclass(frozen=True)
class Count:
    """How many dossiers would have this change."""

    kind: ChangeKind
    code: str
    old: str
    new: str
    count: int


@dataclass(frozen=True)
class AtLocatie:
    locatie_id: int
    locatie: str
    kind: ChangeKind
    count: int  # of dossiers


@dataclass(frozen=True)
class Summary:
    preview: Try
    dossiers: int
    changes: Sequence[Count]  # in the order of ChangeKind, the largest first
    locaties: Sequence[AtLocatie]

    def of(self, kind: str) -> list[Count]:
        return [change for change in self.changes if change.kind == kind]


def preview(tx: Tx, preview_id: int) -> Try:
    """Raises NotFound."""
    found = next(iter(_tries(tx, Preview.id == preview_id)), None)
    if found is None:
        raise NotFound("Deze proef bestaat niet.")
    return found


def latest(tx: Tx, draft_id: int) -> Try | None:
    return next(iter(_tries(tx, Preview.draft_id == draft_id)), None)


def titles(tx: Tx, preview_id: int) -> dict[str, str]:
    """Code -> title, as the policy that was tried says."""
    policy = tx.session.scalar(select(Preview.subject["policy"]).where(Preview.id == preview_id)) or {}
    return {row["code"]: row["titel"] for row in policy.get("punten") or () if row.get("titel")}


def is_of_draft(tx: Tx, of: Try) -> bool:
    """Whether the draft still says what was tried; its note may be another. Two statements at most."""
    if of.draft_id is None:
        return True
    draft = tx.session.get_one(PolicyDraft, of.draft_id)
    tried = tx.session.scalar(select(Preview.subject).where(Preview.id == of.id)) or {}
    return bool(draft.revision == of.draft_revision or tried == subject_of(draft))


def subject_of(draft: PolicyDraft) -> dict[str, Any]:
    """What of a draft is tried."""
    terms = {"valid_from": draft.valid_from.isoformat(), "transition": draft.transition.value}
    return {"policy": draft.policy, **terms}


def changes_settings(tx: Tx, of: Try) -> bool:
    """Whether the policy that was tried has other values of instellingen than the one it would come after."""
    tried = tx.session.scalar(select(Preview.subject["policy"]).where(Preview.id == of.id)) or {}
    in_force = select(PolicyVersion.content["policy"]).where(PolicyVersion.dossiersoort == of.soort)
    newest = tx.session.scalar(in_force.order_by(PolicyVersion.number.desc()).limit(1)) or {}
    return bool(tried) and _values(tried) != _values(newest)


def _values(policy: Any) -> dict[str, Any]:
    return {name: each.get("waarde") for name, each in (policy.get("instellingen") or {}).items()}


def summary(tx: Tx, of: Try) -> Summary:
    """As far as the actor may count. Three statements."""
    mine = (PreviewChange.preview_id == of.id) & _counted(tx)
    number = func.count()
    columns = (PreviewChange.kind, PreviewChange.code, PreviewChange.old, PreviewChange.new)
    changes = tx.session.execute(select(*columns, number).where(mine).group_by(*columns)).all()
    per_dossier = func.count(PreviewChange.dossier_id.distinct())
    by_locatie = (
        select(Locatie.id, Locatie.name, PreviewChange.kind, per_dossier)
        .join(Locatie, Locatie.id == PreviewChange.locatie_id)
        .where(mine)
        .group_by(Locatie.id, Locatie.name, PreviewChange.kind)
    )
    return Summary(
        preview=of,
        dossiers=tx.session.scalar(select(per_dossier).where(mine)) or 0,
        changes=sorted((Count(*row) for row in changes), key=lambda c: (ORDER.index(c.kind), -c.count, c.code)),
        locaties=sorted((AtLocatie(*row) for row in tx.session.execute(by_locatie)), key=lambda at: at.locatie),
    )


def _counted(tx: Tx) -> ColumnElement[bool]:
    """A number and the list behind it agree; who sees no dossiers counts them all."""
    if tx.actor.role in WITHOUT_DOSSIERS or tx.actor.is_system or tx.actor.locatie_id is None:
        return true()
    visible = select(literal(1)).where(Dossier.id == PreviewChange.dossier_id, dossiers_visible_to(tx.actor))
    return visible.correlate(PreviewChange).exists()


def _tries(tx: Tx, where: ColumnElement[bool]) -> Sequence[Try]:
    """The newest first."""
    name = cast(Preview.id, String) + ":"
    given_up = (
        select(literal(1))
        .where(
            DueWork.kind == WorkKind.PREVIEW, DueWork.reference.startswith(name), DueWork.done_at.is_not(None),
            DueWork.error.is_not(None),
        )
        .correlate(Preview)
        .exists()
    )  # fmt: skip
    query = select(
        Preview.id, Preview.dossiersoort, Preview.draft_id, Preview.draft_revision, Preview.process_version_id,
        Preview.status, Preview.asked_at, Preview.asked_by, Preview.ended_at, Preview.total, Preview.done, Preview.stay,
        Preview.subject["transition"].as_string(), given_up,
    )  # fmt: skip
    found: Sequence[Any] = tx.session.execute(query.where(where).order_by(Preview.id.desc())).all()
    return [Try(*row) for row in found]
