"""Trying a policy on all running dossiers before it is published. Nothing of a dossier is written; what would change is
kept in rows of the preview itself.

The dossiers are divided into parts that workers take beside each other, each a page at a time: a page is read and
judged without a lock, and then kept together with how far the part has come.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
from sqlalchemy import delete, func, select, update

from bedrijfsbureau import checks, dossiersoort
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.bulk import insert_all
from bedrijfsbureau.actions.command.unwritten import table_of
from bedrijfsbureau.actions.drafting.policy_drafts import newest_policy, today
from bedrijfsbureau.actions.kinds.decisions import decisions
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.previewing.replay_rows import Wanted, read_rows, running, see
from bedrijfsbureau.actions.previewing.replaying import Replay, Side
from bedrijfsbureau.actions.previewing.replaying_decisions import DecisionReplay
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dmn import DmnError
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import (
    Dossier,
    DueWork,
    Json,
    PolicyDraft,
    Preview,
    PreviewChange,
    PreviewStatus,
    ProcessVersion,
    Role,
    Transition,
    WorkKind,
)
from bedrijfsbureau.queries.previews import subject_of

PARTS = 2
PAGE = 1_000  # dossiers


class Part(NamedTuple):
    """Dossiers from beyond `after` up to and including `until`."""

    after: int
    until: int


@dataclass(frozen=True)
class Trial:
    """What is tried, as a page of it needs: free of the database."""

    preview_id: int
    soort: str
    new: Side | None  # None: decision tables are tried
    files: Json
    effective: date
    transition: Transition
    thorough: bool = False


class Page(NamedTuple):
    """What came of one page. last: id of its last dossier, None when there was none."""

    last: int | None
    done: int
    stay: int
    changes: list[dict[str, Any]]


def start(tx: Tx, draft_id: int) -> Preview:
    """Have workers try a draft. Raises NotFound, PolicyInvalid, Conflict while another try of it runs."""
    draft = tx.session.get(PolicyDraft, draft_id)
    if draft is None:
        raise NotFound("Dit concept bestaat niet.")
    checks.policy(draft.policy, checks.plugins())
    about = {"draft_id": draft.id, "draft_revision": draft.revision}
    preview = _ordered(tx, draft.dossiersoort, subject_of(draft), about)
    _plan(tx, preview)
    return preview


def start_process(tx: Tx, version_id: int) -> Preview:
    """Have workers try the decision tables of a draft of a process. Raises NotFound, InvalidInput for tables that can't
    be read, Conflict while another try of it runs."""
    draft = tx.session.get(ProcessVersion, version_id)
    if draft is None:
        raise NotFound("Dit concept bestaat niet.")
    try:
        decisions({path: text.encode() for path, text in draft.files.items() if path.endswith(".dmn")})
    except DmnError as error:
        raise InvalidInput({}, f"De beslistabellen zijn niet te lezen: {error}.") from error
    preview = _ordered(tx, draft.dossiersoort, {"files": dict(draft.files)}, {"process_version_id": draft.id})
    _plan(tx, preview)
    return preview


def _plan(tx: Tx, preview: Preview) -> None:
    """A row of work for each part."""
    for number, part in enumerate(parts(tx, preview)):
        payload = {"after": part.after, "until": part.until}
        reference = f"{preview.id}:{number}"
        tx.session.add(DueWork(kind=WorkKind.PREVIEW, reference=reference, payload=payload, due_at=tx.now))


def begin(tx: Tx, soort: str, policy: Json, valid_from: date, transition: Transition) -> Preview:
    """A try that the caller carries out itself, part by part."""
    terms = {"valid_from": valid_from.isoformat(), "transition": transition.value}
    checks.policy(policy, checks.plugins())
    return _ordered(tx, soort, {"policy": policy, **terms}, {"draft_id": None, "process_version_id": None})


def stop(tx: Tx, preview_id: int) -> Preview:
    """Whoever is at it stops after the page at hand. Raises Forbidden, NotFound."""
    require_role(tx, Role.PROCESEIGENAAR)
    preview = tx.session.scalar(select(Preview).where(Preview.id == preview_id).with_for_update())
    if preview is None:
        raise NotFound("Deze proef bestaat niet.")
    if preview.status is PreviewStatus.RUNNING:
        preview.status, preview.ended_at = PreviewStatus.STOPPED, tx.now
    return preview


def parts(tx: Tx, preview: Preview, number: int = PARTS) -> list[Part]:
    """The running dossiers divided evenly; fewer parts when there are few."""
    each = running(preview.dossiersoort)
    size = max(1, -(-preview.total // number))
    ends = [
        tx.session.scalar(select(Dossier.id).where(each).order_by(Dossier.id).offset(place).limit(1))
        for place in range(size - 1, preview.total, size)
    ]
    last = tx.session.scalar(select(func.max(Dossier.id)).where(each)) or 0
    bounds = [0, *(end for end in ends if end is not None and end < last), last]
    found = [Part(after, until) for after, until in pairwise(bounds)]
    preview.parts_left = len(found)
    return found


def trial_of(tx: Tx, preview_id: int, thorough: bool = False) -> Trial | None:
    """None when it does not run any more."""
    preview = tx.session.get(Preview, preview_id)
    if preview is None or preview.status is not PreviewStatus.RUNNING:
        return None
    subject = preview.subject
    if "files" in subject:
        return Trial(preview.id, preview.dossiersoort, None, subject["files"], today(tx), Transition.ALL)
    content = {**newest_policy(tx, preview.dossiersoort).content, "policy": subject["policy"], "files": {}}
    return Trial(
        preview.id, preview.dossiersoort, _side(orjson.dumps(content)), {}, date.fromisoformat(subject["valid_from"]),
        Transition(subject["transition"]), thorough,
    )  # fmt: skip


def replay_page(tx: Tx, trial: Trial, part: Part, most: int = PAGE) -> Page:
    """One page of a part: read and judged, nothing written."""
    day = today(tx)
    rows = read_rows(tx, running(trial.soort, part.after, part.until), most, results=trial.new is None)
    compared: dict[tuple[int, int], Replay | DecisionReplay] = {}
    for row in rows:
        if (versions := (row.process_version_id, row.policy_version_id)) not in compared:
            compared[versions] = _replay(tx, trial, row, day)
    wanted = Wanted(*(any(getattr(each, name) for each in compared.values()) for name in Wanted._fields))
    stay, changes = 0, []
    for row, seen in zip(rows, see(tx, rows, day, wanted), strict=True):
        if trial.transition is Transition.UNRELEASED and seen.released:
            stay += 1
            continue
        for change in compared[row.process_version_id, row.policy_version_id].changes(seen, row.results or {}):
            changes.append({
                "preview_id": trial.preview_id, "dossier_id": seen.id, "locatie_id": seen.locatie_id,
                "kind": change.kind, "code": change.code, "old": change.old, "new": change.new,
            })  # fmt: skip
    return Page(rows[-1].id if rows else None, len(rows), stay, changes)


def keep_page(tx: Tx, preview_id: int, page: Page, is_last: bool) -> bool:
    """Whether to go on: not when it was stopped, or when this part is done. Raises Conflict for a page that was kept
    already."""
    values = {"done": Preview.done + page.done, "stay": Preview.stay + page.stay}
    if is_last:
        values["parts_left"] = Preview.parts_left - 1
    mine = update(Preview).where(Preview.id == preview_id, Preview.status == PreviewStatus.RUNNING)
    left = tx.session.scalar(mine.values(values).returning(Preview.parts_left), execution_options=UNSEEN)
    if left is None:
        return False
    if page.changes:
        insert_all(tx.connection, table_of(PreviewChange), page.changes)
    if left == 0:
        over = update(Preview).where(Preview.id == preview_id)
        tx.session.execute(over.values(status=PreviewStatus.DONE, ended_at=tx.now), execution_options=UNSEEN)
    return not is_last


UNSEEN = {"synchronize_session": False}


def _ordered(tx: Tx, soort: str, subject: Json, about: Json) -> Preview:
    """One try of a draft at a time; what those before it found goes, that they were made stays. `about`: columns that
    say of which draft."""
    require_role(tx, Role.PROCESEIGENAAR)
    mine = (getattr(Preview, name) == value for name, value in about.items() if name != "draft_revision")
    earlier = select(Preview).where(Preview.dossiersoort == soort, *mine)
    for each in tx.session.scalars(earlier).all():
        if each.status is PreviewStatus.RUNNING:
            raise Conflict("Er loopt al een proef van dit concept. Wacht tot die klaar is, of stop haar eerst.")
        tx.session.execute(delete(PreviewChange).where(PreviewChange.preview_id == each.id), execution_options=UNSEEN)
    total = tx.session.scalar(select(func.count()).select_from(Dossier).where(running(soort))) or 0
    if not total:
        raise InvalidInput({}, "Er lopen geen dossiers van deze soort: er is niets om dit op te proberen.")
    preview = Preview(
        dossiersoort=soort,
        subject=subject,
        **about,
        status=PreviewStatus.RUNNING,
        asked_at=tx.now,
        asked_by=tx.actor.name,
        total=total,
        parts_left=0,
    )
    tx.session.add(preview)
    tx.session.flush()
    return preview


@lru_cache(maxsize=8)
def _side(content: bytes) -> Side:
    soort = dossiersoort.from_json(orjson.loads(content))
    policy = checks.policy(soort.policy, checks.plugins())
    return Side(policy, soort.record, checks.rows_of(soort.policy))


def _replay(tx: Tx, trial: Trial, row: Any, day: date) -> Replay | DecisionReplay:
    """What a dossier with these versions is judged by now, against what is tried."""
    kind = load_kind(tx, row.process_version_id, row.policy_version_id)
    if trial.new is None:
        return DecisionReplay(kind, trial.files, day)
    old = Side(kind.policy, kind.soort.record, checks.rows_of(kind.soort.policy))
    return Replay(old, trial.new, day, max(day, trial.effective), trial.thorough)
