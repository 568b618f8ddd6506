"""The sealed record of a vrijgave, as the hoormedewerker and the printed cover show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.model import Actor, Vrijgave
from bedrijfsbureau.queries import stukken as queries
from bedrijfsbureau.queries.stukken import StukPage
from bedrijfsbureau.web.dossier.items import UNSURE
from bedrijfsbureau.web.streep import Streep, Tally, large_streep, mark, tally


@dataclass(frozen=True)
class Piece:
    """A line of the inventory. `now`: the stuk as it is today, None when it is gone altogether."""

    number: int  # of the line, from 1
    stuk_id: int
    name: str
    received_on: date
    source: str
    version: int | None  # None: it is kept elsewhere
    filename: str
    sha256: str
    is_confidential: bool
    may_open: bool
    now: StukPage | None

    @property
    def is_withdrawn(self) -> bool:
        return self.now is None or not self.now.is_there

    @property
    def is_replaced(self) -> bool:
        """A newer version came after the vrijgave."""
        latest = self.now.versions[0].number if self.now and self.now.versions else None
        return not self.is_withdrawn and latest != self.version


@dataclass(frozen=True)
class Waived:
    code: str
    title: str
    reason: str
    by: str
    valid_until: date


@dataclass(frozen=True)
class Record:
    dossier: str
    number: int
    at: datetime
    by: str
    process_version: int
    policy_version: int
    regime: str | None
    verdicts: tuple[Json, ...]
    strip: Streep
    tally: Tally
    inventory: tuple[Piece, ...]
    vrijstellingen: tuple[Waived, ...]
    remark: str  # what the bureau says to the hoormedewerker
    unsure: tuple[str, ...]  # titles of checks whose rule nobody confirmed yet

    @property
    def advising(self) -> list[Json]:
        return [verdict for verdict in self.verdicts if mark(verdict) == "a"]


def record_of(vrijgave: Vrijgave, kind: Kind, stukken: Sequence[StukPage], actor: Actor) -> Record:
    content = vrijgave.content
    verdicts = [{**verdict, "blocking": False} for verdict in content["verdicts"]]  # nothing blocked: it was sealed
    titles = {verdict["code"]: verdict["title"] for verdict in verdicts}
    unsure = {rule.check.code for rule in kind.policy.rules if UNSURE.search(rule.check.basis)}
    return Record(
        dossier=content["dossier"], number=content["number"], at=vrijgave.at, by=vrijgave.by,
        process_version=content["process_version"], policy_version=content["policy_version"],
        regime=content.get("regime"),
        verdicts=tuple(verdicts), strip=large_streep(sorted(verdicts, key=lambda v: "bwavon".index(mark(v)))),
        tally=tally(verdicts),
        inventory=tuple(_piece(place, line, kind, stukken, actor) for place, line in enumerate(content["stukken"], 1)),
        vrijstellingen=tuple(_waived(line, titles) for line in content["vrijstellingen"]),
        remark=str((content["gegevens"].get("vrijgave") or {}).get("opmerking") or ""),
        unsure=tuple(titles[code] for code in titles if code in unsure and _applies(verdicts, code)),
    )  # fmt: skip


def new_since(record: Record, stukken: Sequence[StukPage]) -> list[StukPage]:
    """Stukken that came after the seal."""
    sealed = {piece.stuk_id for piece in record.inventory}
    return [stuk for stuk in stukken if stuk.is_there and stuk.id not in sealed]


def _piece(place: int, line: Json, kind: Kind, stukken: Sequence[StukPage], actor: Actor) -> Piece:
    named = kind.soort.stukken.get(line["soort"])
    latest: Mapping[str, Any] = max(line["versions"], key=lambda version: version["number"], default={})
    return Piece(
        number=place, stuk_id=line["id"], name=named.name if named else line["soort"],
        received_on=date.fromisoformat(line["received_on"]), source=line["source"],
        version=latest.get("number"), filename=latest.get("filename", ""), sha256=latest.get("sha256", ""),
        is_confidential=named is None or named.confidential, may_open=queries.may_open(actor, named),
        now=next((stuk for stuk in stukken if stuk.id == line["id"]), None),
    )  # fmt: skip


def _waived(line: Json, titles: Mapping[str, str]) -> Waived:
    code = line["code"]
    return Waived(code, titles.get(code, code), line["reason"], line["by"], date.fromisoformat(line["valid_until"]))


def _applies(verdicts: Sequence[Json], code: str) -> bool:
    return any(verdict["code"] == code and mark(verdict) != "n" for verdict in verdicts)
