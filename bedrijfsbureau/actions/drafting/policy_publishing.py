"""A draft becomes a version: approved by a second person, fixed for ever, and in force from its day."""

import hashlib
from datetime import date, datetime, timedelta

import orjson
from sqlalchemy import select

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.drafting import policy_drafts
from bedrijfsbureau.actions.work.rounds import SOORT, add_once
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, Forbidden, NotFound
from bedrijfsbureau.model import DraftStatus, Json, PolicyDraft, PolicyVersion, Role, Transition, WorkKind

AFTER_MIDNIGHT = timedelta(minutes=1)


def publish(tx: Tx, draft_id: int, remark: str = "") -> PolicyVersion:
    """Running dossiers follow by themselves, on the day it takes effect. Raises Forbidden for who worked on it,
    Conflict when it is not offered or something else was published since, PolicyInvalid, InvalidInput."""
    draft = _approvable(tx, draft_id)
    newest = policy_drafts.newest_policy(tx, draft.dossiersoort)
    if newest.id != draft.based_on_id:
        raise Conflict(
            f"Versie {newest.number} is gepubliceerd nadat dit concept begon; publiceren zou haar ongedaan maken. "
            "Exporteer het concept, gooi het weg, en begin opnieuw vanuit die versie."
        )
    policy_drafts.refuse_unready(tx, draft)
    number = newest.number + 1
    policy = {**draft.policy, "versie": str(number), "geldig_vanaf": draft.valid_from.isoformat()}
    content = {**newest.content, "policy": policy}
    approved = policy_drafts.step(tx, policy_drafts.APPROVED, remark.strip()[: policy_drafts.LONGEST_NOTE])
    version = PolicyVersion(
        dossiersoort=draft.dossiersoort,
        number=number,
        content=content,
        sha256=_sha256(content),
        valid_from=draft.valid_from,
        published_at=tx.now,
        transition=draft.transition,
        counts_from=policy.get("peildatum"),
        note=draft.note,
        trail=[*draft.trail, approved],
    )
    tx.session.add(version)
    draft.status, draft.trail = DraftStatus.PUBLISHED, version.trail
    tx.session.flush()
    _plan_moves(tx, version)
    return version


def may_approve(actor_id: int | None, draft: PolicyDraft) -> bool:
    """Who worked on it looks at it with the first pair of eyes."""
    return actor_id is not None and actor_id not in policy_drafts.authors(draft.trail)


def _approvable(tx: Tx, draft_id: int) -> PolicyDraft:
    require_role(tx, Role.PROCESEIGENAAR)
    draft = tx.session.scalar(select(PolicyDraft).where(PolicyDraft.id == draft_id).with_for_update())
    if draft is None:
        raise NotFound("Dit concept bestaat niet.")
    if draft.status is not DraftStatus.OFFERED:
        raise Conflict("Dit concept is niet (meer) aangeboden. Ververs de pagina.")
    if not may_approve(tx.actor.id, draft):
        raise Forbidden(
            "U werkte zelf aan dit concept. Een andere proceseigenaar moet het goedkeuren: vier ogen zien meer dan "
            "twee."
        )
    return draft


def _plan_moves(tx: Tx, version: PolicyVersion) -> None:
    """Have the running dossiers looked at as soon as the policy takes effect."""
    if version.transition is Transition.NEW:
        return
    begins = _midnight(version.valid_from) + AFTER_MIDNIGHT
    row: Json = {
        "kind": WorkKind.REVIEW, "reference": f"beleid:{version.id}", "payload": {SOORT: version.dossiersoort},
        "due_at": max(begins, tx.now), "attempts": 0,
    }  # fmt: skip
    add_once(tx, row)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)


def _sha256(content: Json) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
