"""Reading all bytes again, to know before someone needs them that they are whole.

Once a week by the worker, a page at a time; at any moment by `bedrijfsbureau stukken verify`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.command.incidents import open_incident
from bedrijfsbureau.actions.work.rounds import AFTER, ONLY, add_once
from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.model import SYSTEM, DueWork, Incident, IncidentKind, WorkKind
from bedrijfsbureau.queries.incoming import held_count
from bedrijfsbureau.queries.kept import dossiers_with, named
from bedrijfsbureau.storage import Condition, condition

PAGE = 50
SCRUB_AT = timedelta(hours=2)  # after midnight in Amsterdam, on Sunday
SUNDAY = 6
OF_STUK = "stuk "  # begins the element of an incident; the hash follows


@dataclass
class Outcome:
    """Hashes that rows name and of which the bytes are gone or are others; `orphans` and `unfinished` are bytes that no
    row names: of an upload that was cut off or not gone on with. They harm nobody."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.damaged


def verify(database: Database, now: datetime) -> Outcome:
    """Read everything. What comes in meanwhile may be missed, and is never held for an orphan."""
    lying, outcome, known = set(database.storage.names()), Outcome(), set()
    for page in _pages(database, now):
        for sha256 in page:
            outcome.checked += 1
            match condition(database.storage, sha256):
                case Condition.MISSING:
                    outcome.missing.append(sha256)
                case Condition.DAMAGED:
                    outcome.damaged.append(sha256)
        known |= set(page)
    outcome.orphans = sorted(lying - known)
    outcome.unfinished = sorted(database.storage.unfinished())
    return outcome


def page_of(tx: Tx, work: DueWork) -> Sequence[str]:
    """The next hashes to look at; of an incident that someone tries again, its own."""
    if ONLY in work.payload:
        return [work.payload[ONLY]] if work.payload[ONLY] and AFTER not in work.payload else []
    return named(tx, work.payload.get(AFTER, ""), PAGE)


def report(tx: Tx, sha256: str, found: Condition) -> None:
    """An incident of every dossier that has these bytes: it blocks their vrijgave, which rests on them."""
    cause = f"De inhoud van een stuk is {found}: {sha256}. Zet haar terug uit een reservekopie."
    for dossier_id in dossiers_with(tx, sha256) or (None,):
        open_incident(tx, dossier_id, f"{OF_STUK}{sha256}", cause, IncidentKind.STUK)


def hash_in(incident: Incident) -> str:
    """Of the bytes it is about; "" when it is about the virus scanner."""
    return incident.element.removeprefix(OF_STUK) if incident.element.startswith(OF_STUK) else ""


def is_still_wrong(tx: Tx, incident: Incident) -> bool:
    """Whether the bytes are still not whole, or something still waits for the virus scanner."""
    sha256 = hash_in(incident)
    return condition(tx.database.storage, sha256) is not Condition.WHOLE if sha256 else held_count(tx) > 0


def go_on(tx: Tx, work: DueWork, last: str, worker: str) -> None:
    """The page is done: any worker may take the next."""
    mine = update(DueWork).where(DueWork.id == work.id, DueWork.claimed_by == worker)
    free = {"payload": {**work.payload, AFTER: last}, "attempts": 0, "claimed_by": None, "claimed_until": None}
    tx.session.execute(mine.values(free), execution_options={"synchronize_session": False})


def plan_scrub(tx: Tx) -> None:
    """Have all bytes read next Sunday; planning it twice, also at once, changes nothing."""
    today = tx.now.astimezone(AMSTERDAM).date()
    sunday = today + timedelta(days=(SUNDAY - today.weekday()) or 7)
    planned = select(DueWork.id).where(DueWork.kind == WorkKind.SCRUB, DueWork.reference == sunday.isoformat())
    if tx.session.scalar(planned) is None:
        at = datetime(sunday.year, sunday.month, sunday.day, tzinfo=AMSTERDAM) + SCRUB_AT
        row = {"kind": WorkKind.SCRUB, "reference": sunday.isoformat(), "due_at": at, "payload": {}, "attempts": 0}
        add_once(tx, row)


def _pages(database: Database, now: datetime) -> Iterator[Sequence[str]]:
    last = ""
    while True:
        with reading(database, SYSTEM, now) as tx:
            page = named(tx, last, PAGE)
        if not page:
            return
        yield page
        last = page[-1]
