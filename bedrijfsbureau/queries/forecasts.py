"""When a dossier will probably be behandelklaar, and its chance to be so in time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bedrijfsbureau import planning
from bedrijfsbureau.checks import OPEN_STATES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Json
from bedrijfsbureau.planning import Item, Outlook
from bedrijfsbureau.queries import measurements
from bedrijfsbureau.queries.courses import day_of
from bedrijfsbureau.queries.dossier import Head
from bedrijfsbureau.queries.measurements import Measured
from bedrijfsbureau.queries.termijnen import TermijnLine
from bedrijfsbureau.queries.worklist import AMSTERDAM
from bedrijfsbureau.termijnen import atw

HALF, MOST = 0.5, 0.85
SLOWEST = 3


@dataclass(frozen=True)
class Target:
    """`name` is what people call it; the dossier has to be behandelklaar before `moment`."""

    name: str
    on: date
    moment: datetime


@dataclass(frozen=True)
class Expected:
    """half, most: the day on which it is ready with a chance of 50 and of 85 %; None when that lies further away than
    anything measured. chances: of each target. slowest: what takes longest, with the day on which it is in order
    with a chance of 85 %. silent: checks with too little to go by; then nothing else is said."""

    half: date | None
    most: date | None
    chances: tuple[tuple[Target, float], ...]
    slowest: tuple[tuple[str, date | None], ...]
    silent: tuple[str, ...]
    measured: Measured


def of_dossier(tx: Tx, head: Head, termijnen: Iterable[TermijnLine]) -> Expected | None:
    """For its gehoor and for the terms that steer the work."""
    if head.closed_at is not None:
        return None
    targets = [before("Gehoor", head.gehoor_op)] if head.gehoor_op else []
    steering = (each for each in termijnen if each.steers and each.met_on is None)
    targets += [within(each.title, each.due_on) for each in steering if each.due_on]
    return expected(tx, head.dossiersoort, head.locatie, head.verdicts, targets)


def before(name: str, day: date) -> Target:
    """What has to be there when the day begins, such as a gehoor."""
    return Target(name, day, datetime.combine(day, time(), AMSTERDAM))


def within(name: str, day: date) -> Target:
    """What may still be done on that day, such as the last day of a term."""
    return Target(name, day, datetime.combine(day + timedelta(days=1), time(), AMSTERDAM))


def expected(
    tx: Tx, dossiersoort: str, locatie: str, verdicts: Mapping[str, Json], targets: Iterable[Target]
) -> Expected | None:
    """None when nothing was measured yet, or nothing blocks. At most two statements."""
    items = [
        Item(code, verdict["partij"], _age(tx.now, verdict.get("open_since") or verdict["since"]))
        for code, verdict in verdicts.items()
        if verdict["blocking"] and verdict["state"] in OPEN_STATES
    ]
    measured = measurements.last(tx, dossiersoort) if items else None
    if measured is None:
        return None
    said, silent = planning.outlook(items, locatie, measured.learnt.waits, measured.learnt.calibration)
    if said is None:
        return Expected(None, None, (), (), silent, measured)
    return Expected(
        day_after(tx.now, said.within(HALF)),
        day_after(tx.now, said.within(MOST)),
        tuple((each, said.chance(_days(tx.now, each.moment))) for each in targets),
        _slowest(tx.now, said),
        (),
        measured,
    )


def _slowest(now: datetime, said: Outlook) -> tuple[tuple[str, date | None], ...]:
    far = float("inf")
    lasts = [(Outlook((wait,), planning.Calibration()).within(MOST), wait[0].code) for wait in said.waits]
    longest = sorted(lasts, key=lambda each: far if each[0] is None else each[0], reverse=True)
    return tuple((code, day_after(now, days)) for days, code in longest[:SLOWEST])


def _age(now: datetime, since: str) -> float:
    return max(0.0, _days(datetime.fromisoformat(since), now))


def _days(begin: datetime, end: datetime) -> float:
    return day_of(end) - day_of(begin)


def day_after(now: datetime, days: float | None) -> date | None:
    """The day so many days from now, or the first after it on which people work; None without."""
    return None if days is None else atw.working_day_from((now + timedelta(days=days)).astimezone(AMSTERDAM).date())
