"""Which versions hold for a dossier: the newest process, and the policy by the date that counts and by what each
version says of dossiers that run already."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import PolicyVersion, ProcessVersion, Transition, VersionStatus


class Choice(NamedTuple):
    """A version without its content."""

    id: int
    number: int
    valid_from: date
    transition: Transition
    counts_from: str | None


def newest_process(tx: Tx, soort: str) -> ProcessVersion:
    """The version that new dossiers of this dossiersoort use. Raises NotFound."""
    published = ProcessVersion.status == VersionStatus.PUBLISHED
    query = select(ProcessVersion).where(ProcessVersion.dossiersoort == soort, published)
    found = tx.session.scalar(query.order_by(ProcessVersion.number.desc()).limit(1))
    if found is None:
        raise NotFound(f"Voor dossiersoort '{soort}' is nog geen proces gepubliceerd. Publiceer er eerst een.")
    return found


def policy_on(tx: Tx, soort: str, day: date, gegevens: Mapping[str, Any] = {}) -> Choice:
    """The policy for a dossier that is opened on `day` with these gegevens. One statement. Raises NotFound.

    A version that is only for new dossiers counts from the dossier's own date, where it names a field for that.
    """
    oldest = None
    for version in _versions(tx, soort, day):
        if version.transition is not Transition.NEW or _own_date(version, gegevens, day) >= version.valid_from:
            return version
        oldest = version
    if oldest is not None:  # its own date lies before any policy
        return oldest
    raise NotFound(f"Voor dossiersoort '{soort}' geldt op {day:%d-%m-%Y} geen compleetheidsbeleid.")


def policy_for_running(tx: Tx, soort: str, day: date, current_id: int, released: bool) -> int:
    """The policy that a dossier which runs under `current_id` must be under by `day`. One statement."""
    for version in _versions(tx, soort, day):
        if version.id == current_id or version.transition is Transition.ALL:
            return version.id
        if version.transition is Transition.UNRELEASED and not released:
            return version.id
    return current_id


def _versions(tx: Tx, soort: str, day: date) -> Iterator[Choice]:
    """Those that hold by `day`, the one that began last first; of two that began on one day the higher number."""
    columns = (getattr(PolicyVersion, name) for name in Choice._fields)
    query = select(*columns).where(PolicyVersion.dossiersoort == soort, PolicyVersion.valid_from <= day)
    order = query.order_by(PolicyVersion.valid_from.desc(), PolicyVersion.number.desc())
    return (Choice(*row) for row in tx.session.execute(order).all())


def _own_date(version: Choice, gegevens: Mapping[str, Any], otherwise: date) -> date:
    group, _, name = (version.counts_from or "").partition(".")
    value = (gegevens.get(group) or {}).get(name) if name else None
    try:
        return date.fromisoformat(value) if isinstance(value, str) else otherwise
    except ValueError:  # refused as a field of the record, where it is said
        return otherwise
