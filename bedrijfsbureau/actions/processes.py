"""Versions of processes and policy: drafted, checked, published. What is published never changes."""

import hashlib
from collections.abc import Mapping
from datetime import date

import orjson
from sqlalchemy import func, select

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.actions.access import require_role
from bedrijfsbureau.actions.expressions import NAMES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, ModelRefused, NotFound, Problem
from bedrijfsbureau.model import Json, PolicyVersion, ProcessVersion, Role, VersionStatus


def publish_dossiersoort(tx: Tx, soort: dossiersoort.Dossiersoort) -> tuple[ProcessVersion, PolicyVersion]:
    """Publish what a folder holds; what is unchanged since the newest version stays as it is. Raises ModelRefused."""
    require_role(tx, Role.PROCESEIGENAAR)
    content = soort.to_json()
    files = content.pop("files")
    return _publish_files(tx, soort, files), _publish_policy(tx, soort, content)


def check(files: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the BPMN files among `files`, if anything."""
    return engine.check({name: text.encode() for name, text in files.items() if name.endswith(".bpmn")}, NAMES)


def save_draft(tx: Tx, dossiersoort_key: str, files: Mapping[str, str], note: str = "") -> ProcessVersion:
    """Keep a draft beside the newest version, whatever its faults; one draft per dossiersoort. Raises NotFound."""
    require_role(tx, Role.PROCESEIGENAAR)
    newest = newest_process(tx, dossiersoort_key)
    draft = _draft(tx, dossiersoort_key) or ProcessVersion(
        dossiersoort=dossiersoort_key,
        number=newest.number + 1,
        status=VersionStatus.CONCEPT,
        process_id=newest.process_id,
        created_at=tx.now,
        created_by_id=tx.actor.id,
    )
    merged = {**newest.files, **(draft.files or {}), **files}
    draft.files, draft.sha256, draft.note, draft.saved_at = merged, _sha256(merged), note, tx.now
    tx.session.add(draft)
    tx.session.flush()
    return draft


def publish(tx: Tx, version_id: int) -> ProcessVersion:
    """Make a draft the version that new dossiers use. Raises ModelRefused, Conflict when it is no draft."""
    require_role(tx, Role.PROCESEIGENAAR)
    draft = tx.session.get(ProcessVersion, version_id)
    if draft is None:
        raise NotFound("Deze versie bestaat niet.")
    if draft.status != VersionStatus.CONCEPT:
        raise Conflict("Deze versie is al gepubliceerd en verandert niet meer. Maak een nieuw concept.")
    _check_runs(draft.files, draft.process_id)
    draft.status, draft.published_at, draft.published_by_id = VersionStatus.PUBLISHED, tx.now, tx.actor.id
    return draft


def newest_process(tx: Tx, soort: str) -> ProcessVersion:
    """The version that new dossiers of this dossiersoort use. Raises NotFound."""
    published = ProcessVersion.status == VersionStatus.PUBLISHED
    query = select(ProcessVersion).where(ProcessVersion.dossiersoort == soort, published)
    found = tx.session.scalar(query.order_by(ProcessVersion.number.desc()).limit(1))
    if found is None:
        raise NotFound(f"Voor dossiersoort '{soort}' is nog geen proces gepubliceerd. Publiceer er eerst een.")
    return found


def policy_on(tx: Tx, soort: str, day: date) -> PolicyVersion:
    """The policy in force on `day`. Raises NotFound."""
    query = select(PolicyVersion).where(PolicyVersion.dossiersoort == soort, PolicyVersion.valid_from <= day)
    found = tx.session.scalar(query.order_by(PolicyVersion.number.desc()).limit(1))
    if found is None:
        raise NotFound(f"Voor dossiersoort '{soort}' geldt op {day:%d-%m-%Y} geen compleetheidsbeleid.")
    return found


def _publish_files(tx: Tx, soort: dossiersoort.Dossiersoort, files: Json) -> ProcessVersion:
    number, newest = _newest(tx, soort.key)
    if newest is not None and newest.sha256 == _sha256(files):
        return newest
    _check_runs(files, soort.process_id)
    version = ProcessVersion(
        dossiersoort=soort.key,
        number=number + 1,
        status=VersionStatus.PUBLISHED,
        process_id=soort.process_id,
        files=files,
        sha256=_sha256(files),
        created_at=tx.now,
        created_by_id=tx.actor.id,
        saved_at=tx.now,
        published_at=tx.now,
        published_by_id=tx.actor.id,
    )
    tx.session.add(version)
    tx.session.flush()
    return version


def _publish_policy(tx: Tx, soort: dossiersoort.Dossiersoort, content: Json) -> PolicyVersion:
    numbered = select(PolicyVersion).where(PolicyVersion.dossiersoort == soort.key)
    newest = tx.session.scalar(numbered.order_by(PolicyVersion.number.desc()).limit(1))
    if newest is not None and newest.sha256 == _sha256(content):
        return newest
    version = PolicyVersion(
        dossiersoort=soort.key,
        number=newest.number + 1 if newest else 1,
        content=content,
        sha256=_sha256(content),
        valid_from=soort.valid_from,
        published_at=tx.now,
    )
    tx.session.add(version)
    tx.session.flush()
    return version


def _newest(tx: Tx, soort: str) -> tuple[int, ProcessVersion | None]:
    """The highest number given out so far, drafts included, and the newest published version."""
    highest = (
        tx.session.scalar(select(func.max(ProcessVersion.number)).where(ProcessVersion.dossiersoort == soort)) or 0
    )
    return highest, newest_process(tx, soort) if highest else None


def _draft(tx: Tx, soort: str) -> ProcessVersion | None:
    is_draft = ProcessVersion.status == VersionStatus.CONCEPT
    return tx.session.scalar(select(ProcessVersion).where(ProcessVersion.dossiersoort == soort, is_draft))


def _check_runs(files: Mapping[str, str], process_id: str) -> None:
    if errors := [problem for problem in check(files) if problem.severity == "error"]:
        raise ModelRefused(errors)
    engine.compile({name: text.encode() for name, text in files.items() if name.endswith(".bpmn")}, process_id, NAMES)


def _sha256(content: object) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
