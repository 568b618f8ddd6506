"""The stukken of one dossier with all their versions, and who may open one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import StukKind
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor, Event, Medewerker, Stuk, StukState, StukVersion
from bedrijfsbureau.queries.access import may_see_field, may_work
from bedrijfsbureau.queries.dossier import visible

SPECIAL = "B"  # the sensitivity of what is confidential for a reason (medisch, motief): article 9 GDPR


@dataclass(frozen=True)
class VersionLine:
    number: int
    sha256: str
    filename: str
    media_type: str
    size: int  # bytes
    added_at: datetime
    added_by: str | None


@dataclass(frozen=True)
class StukPage:
    """A stuk; without versions it is only known to exist elsewhere."""

    id: int
    soort: str
    state: StukState
    received_on: date
    source: str
    valid_until: date | None
    gegevens: Mapping[str, Any]
    reason: str | None
    gone_at: datetime | None  # when it was withdrawn, and by whom
    gone_by: str | None
    versions: tuple[VersionLine, ...]  # newest first

    @property
    def is_there(self) -> bool:
        return self.state is StukState.AANWEZIG


def of_dossier(tx: Tx, dossier_id: int) -> tuple[StukPage, ...]:
    """Every stuk, newest first. One statement, and one more when a stuk was withdrawn."""
    query = (
        select(Stuk, StukVersion, Medewerker.name)
        .outerjoin(StukVersion, StukVersion.stuk_id == Stuk.id)
        .outerjoin(Medewerker, Medewerker.id == StukVersion.added_by_id)
        .where(Stuk.dossier_id.in_(visible(tx, dossier_id)))
        .order_by(Stuk.received_on.desc(), Stuk.id.desc(), StukVersion.number.desc())
    )
    found: dict[int, tuple[Stuk, list[VersionLine]]] = {}
    for stuk, version, by in tx.session.execute(query):
        _, versions = found.setdefault(stuk.id, (stuk, []))
        if version is not None:
            versions.append(_version(version, by))
    gone = _gone(tx, dossier_id) if any(stuk.state is StukState.INGETROKKEN for stuk, _ in found.values()) else {}
    return tuple(_page(stuk, tuple(versions), *gone.get(stuk.id, (None, None))) for stuk, versions in found.values())


def find(tx: Tx, dossier_id: int, stuk_id: int) -> StukPage:
    """Raises NotFound when it is not in a dossier the actor may see."""
    for stuk in of_dossier(tx, dossier_id):
        if stuk.id == stuk_id:
            return stuk
    raise NotFound("Dit stuk bestaat niet, of hoort bij een ander dossier.")


def may_open(actor: Actor, kind: StukKind | None) -> bool:
    """Whether this actor may read the content of such a stuk, in a dossier that is visible already.

    Confidential for a reason, as medisch and motief are, is for who may see special personal data; confidential without
    more, for those who work on dossiers. An unknown kind counts as confidential for a reason.
    """
    if kind is not None and not kind.confidential:
        return True
    if kind is not None and not kind.confidential_for:
        return may_work(actor)
    return may_see_field(actor, SPECIAL)


def _gone(tx: Tx, dossier_id: int) -> dict[int, tuple[datetime, str]]:
    """By id of a stuk: when it was last withdrawn, and by whom."""
    query = select(Event.data, Event.at, Event.actor).where(Event.kind == "stuk_ingetrokken")
    rows = tx.session.execute(query.where(Event.dossier_id == dossier_id).order_by(Event.number))
    return {row[0]["stuk"]: (row[1], row[2]) for row in rows}


def _version(version: StukVersion, by: str | None) -> VersionLine:
    return VersionLine(
        version.number, version.sha256, version.filename, version.media_type, version.size, version.added_at, by
    )


def _page(stuk: Stuk, versions: tuple[VersionLine, ...], gone_at: datetime | None, gone_by: str | None) -> StukPage:
    return StukPage(
        stuk.id, stuk.soort, stuk.state, stuk.received_on, stuk.source, stuk.valid_until, stuk.gegevens, stuk.reason,
        gone_at, gone_by, versions,
    )  # fmt: skip
