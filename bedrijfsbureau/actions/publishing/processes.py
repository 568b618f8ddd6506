"""Versions of processes and policy: drafted, checked, published. What is published never changes."""

import hashlib
from collections.abc import Mapping
from datetime import date

import orjson
from sqlalchemy import func, select

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.actions.kinds.in_force import newest_process, policy_on
from bedrijfsbureau.actions.people import add_team
from bedrijfsbureau.actions.publishing.policies import check_policy
from bedrijfsbureau.actions.publishing.references import broken
from bedrijfsbureau.actions.publishing.typed import mistyped
from bedrijfsbureau.actions.publishing.typed_forms import mistyped_forms
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, ModelRefused, NotFound, Problem
from bedrijfsbureau.model import Json, PolicyVersion, ProcessVersion, Role, VersionStatus


def publish_dossiersoort(tx: Tx, soort: dossiersoort.Dossiersoort) -> tuple[ProcessVersion, PolicyVersion]:
    """Publish what a folder holds, its teams included; what is unchanged since the newest version stays as it is.

    Raises ModelRefused, PolicyInvalid.
    """
    require_role(tx, Role.PROCESEIGENAAR)
    for code, name in soort.teams.items():
        add_team(tx, code, name)
    content = soort.to_json()
    files = content.pop("files")
    return _publish_files(tx, soort, files), _publish_policy(tx, soort, content)


def check(files: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the BPMN files among `files`, if anything."""
    return engine.check_apart(_diagrams(files), NAMES)


def check_draft(tx: Tx, soort: str, files: Mapping[str, str]) -> list[Problem]:
    """What is wrong with these files of a dossiersoort, errors first: in the diagrams, and in what they refer to."""
    return check_whole(_whole(tx, soort, files))


def save_draft(
    tx: Tx, soort: str, files: Mapping[str, str], note: str | None = None, expected: Mapping[str, str] | None = None
) -> ProcessVersion:
    """Keep a draft beside the newest version, whatever its faults; one draft per dossiersoort.

    `expected`: path -> fingerprint of the text that was changed. Raises NotFound, InvalidInput for what is no XML at
    all, Conflict when someone else changed that file first.
    """
    require_role(tx, Role.PROCESEIGENAAR)
    newest = newest_process(tx, soort)
    tx.session.execute(select(ProcessVersion.id).where(ProcessVersion.id == newest.id).with_for_update())
    draft = draft_of(tx, soort) or _new_draft(tx, newest)
    before = {**newest.files, **(draft.files or {})}
    _refuse_changed_meanwhile(before, expected or {})
    _refuse_unreadable(files)
    draft.files = {**before, **files}
    draft.sha256, draft.saved_at = _sha256(draft.files), tx.now
    if note is not None:
        draft.note = note
    tx.session.add(draft)
    tx.session.flush()
    return draft


def publish(tx: Tx, version_id: int, note: str | None = None) -> ProcessVersion:
    """Make a draft the version that new dossiers use; running dossiers keep theirs.

    Raises ModelRefused, Conflict when it is no draft, or when a newer version was published since it was begun.
    """
    draft = _locked_draft(tx, version_id, VersionStatus.CONCEPT)
    newest = newest_process(tx, draft.dossiersoort)
    if newest.number > draft.number:
        raise Conflict(
            f"Versie {newest.number} is gepubliceerd nadat dit concept begon; publiceren zou haar ongedaan maken. "
            "Download uw bestanden, gooi het concept weg en begin opnieuw."
        )
    _check_runs(_whole(tx, draft.dossiersoort, draft.files))
    draft.status, draft.published_at, draft.published_by_id = VersionStatus.PUBLISHED, tx.now, tx.actor.id
    draft.note = draft.note if note is None else note
    return draft


def discard_draft(tx: Tx, version_id: int) -> ProcessVersion:
    """Put a draft away; its files stay, so that `restore_draft` brings it back. Raises NotFound, Conflict."""
    draft = _locked_draft(tx, version_id, VersionStatus.CONCEPT)
    draft.status = VersionStatus.WITHDRAWN
    return draft


def restore_draft(tx: Tx, version_id: int) -> ProcessVersion:
    """Take back a draft that was put away. Raises NotFound, Conflict when there is another draft by now."""
    draft = _locked_draft(tx, version_id, VersionStatus.WITHDRAWN)
    if draft_of(tx, draft.dossiersoort) is not None:
        raise Conflict("Er is al een ander concept. Publiceer dat eerst, of gooi het weg.")
    draft.status = VersionStatus.CONCEPT
    return draft


def draft_of(tx: Tx, soort: str) -> ProcessVersion | None:
    is_draft = ProcessVersion.status == VersionStatus.CONCEPT
    return tx.session.scalar(select(ProcessVersion).where(ProcessVersion.dossiersoort == soort, is_draft))


def fingerprint(text: str) -> str:
    """Tells two texts of a file apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _publish_files(tx: Tx, soort: dossiersoort.Dossiersoort, files: Json) -> ProcessVersion:
    number, newest = _newest(tx, soort.key)
    if newest is not None and newest.sha256 == _sha256(files):
        return newest
    _check_runs(soort)
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
    """A folder that was published before and is the same still changes nothing, whatever was approved in the editor
    since. One that changed takes the place of the version in force, also when its own date is older."""
    query = select(PolicyVersion).where(PolicyVersion.dossiersoort == soort.key)
    versions = tx.session.scalars(query.order_by(PolicyVersion.number.desc())).all()
    from_folder = next((version for version in versions if not version.trail), None)
    if from_folder is not None and from_folder.sha256 == _sha256(content):
        return versions[0]
    check_policy(soort)
    today = tx.now.astimezone(AMSTERDAM).date()
    version = PolicyVersion(
        dossiersoort=soort.key,
        number=versions[0].number + 1 if versions else 1,
        content=content,
        sha256=_sha256(content),
        valid_from=max(soort.valid_from, *(v.valid_from for v in versions if v.valid_from <= today), date.min),
        counts_from=soort.policy.get("peildatum"),
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


def _new_draft(tx: Tx, newest: ProcessVersion) -> ProcessVersion:
    numbers = select(func.max(ProcessVersion.number)).where(ProcessVersion.dossiersoort == newest.dossiersoort)
    return ProcessVersion(
        dossiersoort=newest.dossiersoort,
        number=tx.session.scalars(numbers).one() + 1,
        status=VersionStatus.CONCEPT,
        process_id=newest.process_id,
        note="",
        created_at=tx.now,
        created_by_id=tx.actor.id,
    )


def _locked_draft(tx: Tx, version_id: int, status: VersionStatus) -> ProcessVersion:
    """Raises Forbidden, NotFound, and Conflict when it has another status by now."""
    require_role(tx, Role.PROCESEIGENAAR)
    draft = tx.session.scalar(select(ProcessVersion).where(ProcessVersion.id == version_id).with_for_update())
    if draft is None:
        raise NotFound("Deze versie bestaat niet.")
    if draft.status is VersionStatus.PUBLISHED:
        raise Conflict("Deze versie is al gepubliceerd en verandert niet meer. Maak een nieuw concept.")
    if draft.status is not status:
        raise Conflict("Een collega was u voor: dit concept is intussen weggegooid of teruggezet. Ververs de pagina.")
    return draft


def _refuse_changed_meanwhile(files: Mapping[str, str], expected: Mapping[str, str]) -> None:
    for path, known in expected.items():
        if fingerprint(files.get(path, "")) != known:
            raise Conflict(
                f"{path} is intussen gewijzigd, door een collega of in een ander venster. Er is niets overschreven. "
                "Download uw versie en ververs dan de pagina."
            )


def _refuse_unreadable(files: Mapping[str, str]) -> None:
    """A text that is no XML would leave nothing to edit."""
    for path, text in files.items():
        if fault := engine.unreadable(text):
            raise InvalidInput({path: [fault]}, f"{path} is niet bewaard. {fault}")


def _whole(tx: Tx, soort: str, files: Mapping[str, str]) -> dossiersoort.Dossiersoort:
    """The dossiersoort as it would be with these files, under the policy of today."""
    policy = tx.session.get_one(PolicyVersion, policy_on(tx, soort, tx.now.astimezone(AMSTERDAM).date()).id)
    return dossiersoort.from_json({**policy.content, "files": files})


def check_whole(soort: dossiersoort.Dossiersoort) -> list[Problem]:
    problems = [*check(soort.files), *broken(soort), *mistyped_forms(soort), *mistyped(soort)]
    return sorted(problems, key=lambda problem: problem.severity != "error")


def _check_runs(soort: dossiersoort.Dossiersoort) -> None:
    if errors := [problem for problem in check_whole(soort) if problem.severity == "error"]:
        raise ModelRefused(errors)
    engine.compile(_diagrams(soort.files), soort.process_id, NAMES)


def _diagrams(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode("utf-8", "surrogatepass") for name, text in files.items() if name.endswith(".bpmn")}


def _sha256(content: object) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
