"""Versions of processes and policy, and how many dossiers run on them. Never the content of a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, cast, func, select
from sqlalchemy.orm import aliased

from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Dossiersoort, from_json
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, Medewerker, PolicyVersion, ProcessVersion, VersionStatus
from bedrijfsbureau.queries.access import dossiers_counted_for
from bedrijfsbureau.queries.worklist import local_day


@dataclass(frozen=True)
class Version:
    """`running`: dossiers on it that are not closed, as far as the actor may count them."""

    id: int
    soort: str
    number: int
    status: VersionStatus
    note: str
    sha256: str
    created_by_id: int | None
    created_by: str | None  # None: with the program itself
    saved_at: datetime
    published_at: datetime | None
    published_by: str | None
    running: int

    @property
    def is_draft(self) -> bool:
        return self.status is VersionStatus.CONCEPT


@dataclass(frozen=True)
class Policy:
    """The policy in force."""

    id: int
    number: int
    valid_from: date
    published_at: datetime


@dataclass(frozen=True)
class Soort:
    """One dossiersoort: its versions with the newest first."""

    key: str
    versions: tuple[Version, ...]
    policy: Policy | None

    @property
    def in_force(self) -> Version | None:
        return next((version for version in self.versions if version.status is VersionStatus.PUBLISHED), None)

    @property
    def draft(self) -> Version | None:
        return next((version for version in self.versions if version.is_draft), None)

    @property
    def on_older(self) -> int:
        """Dossiers that still run on an older version."""
        newest = self.in_force
        return sum(version.running for version in self.versions if newest and version.id != newest.id)


def soorten(tx: Tx) -> tuple[Soort, ...]:
    """Every dossiersoort with its versions. Two statements."""
    versions: dict[str, list[Version]] = {}
    for version in _versions(tx, _version_query(tx)):
        versions.setdefault(version.soort, []).append(version)
    policies = _policies(tx)
    return tuple(Soort(key, tuple(of_soort), policies.get(key)) for key, of_soort in sorted(versions.items()))


def soort(tx: Tx, key: str) -> Soort:
    """Two statements. Raises NotFound."""
    versions = _versions(tx, _version_query(tx).where(ProcessVersion.dossiersoort == key))
    if not versions:
        raise NotFound("Deze dossiersoort bestaat niet. Kies er een in de lijst van processen.")
    return Soort(key, versions, _policies(tx).get(key))


def files(tx: Tx, version_id: int) -> Mapping[str, str]:
    """Path -> text. One statement. Raises NotFound."""
    query = select(ProcessVersion.files).where(ProcessVersion.id == version_id)
    found: Mapping[str, str] | None = tx.session.scalar(query)
    if found is None:
        raise NotFound("Deze versie bestaat niet.")
    return found


def content(tx: Tx, policy: Policy, version_id: int) -> Dossiersoort:
    """The dossiersoort with the files of this version, whatever their faults, under `policy`. Two statements."""
    return from_json({**tx.session.get_one(PolicyVersion, policy.id).content, "files": files(tx, version_id)})


def at_elements(tx: Tx, version_id: int) -> dict[str, int]:
    """Element id -> how many open dossiers of this version stand there. One statement."""
    is_sqlite = tx.database.engine.dialect.name == "sqlite"
    entries = (func.json_each if is_sqlite else func.jsonb_each_text)(Dossier.active).table_valued("key", "value")
    query = (
        select(entries.c.key, func.count())
        .select_from(Dossier)
        .join(entries, cast(entries.c.value, Integer) > 0)
        .where(Dossier.process_version_id == version_id, Dossier.closed_at.is_(None), dossiers_counted_for(tx.actor))
        .group_by(entries.c.key)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def _version_query(tx: Tx) -> Select[*tuple[Any, ...]]:
    creator, publisher = aliased(Medewerker), aliased(Medewerker)
    return (
        select(
            ProcessVersion.id, ProcessVersion.dossiersoort, ProcessVersion.number, ProcessVersion.status,
            ProcessVersion.note, ProcessVersion.sha256, ProcessVersion.created_by_id, creator.name,
            ProcessVersion.saved_at, ProcessVersion.published_at, publisher.name, _running(tx),
        )
        .outerjoin(creator, creator.id == ProcessVersion.created_by_id)
        .outerjoin(publisher, publisher.id == ProcessVersion.published_by_id)
        .order_by(ProcessVersion.number.desc())
    )  # fmt: skip


def _versions(tx: Tx, query: Select[*tuple[Any, ...]]) -> tuple[Version, ...]:
    return tuple(Version(*row) for row in tx.session.execute(query))


def _running(tx: Tx) -> ScalarSelect[int]:
    query = select(func.count()).select_from(Dossier).where(Dossier.process_version_id == ProcessVersion.id)
    query = query.where(Dossier.closed_at.is_(None), dossiers_counted_for(tx.actor))
    return query.correlate(ProcessVersion).scalar_subquery()


def _policies(tx: Tx) -> dict[str, Policy]:
    """Of each dossiersoort the policy in force: the highest number that holds by now."""
    columns = (PolicyVersion.id, PolicyVersion.number, PolicyVersion.valid_from, PolicyVersion.published_at)
    query = select(PolicyVersion.dossiersoort, *columns).where(PolicyVersion.valid_from <= local_day(tx.now))
    return {row[0]: Policy(*row[1:]) for row in tx.session.execute(query.order_by(PolicyVersion.number))}
