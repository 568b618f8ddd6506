"""When the open dossiers will probably be behandelklaar, all of a list at once: what is least likely in time first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from bedrijfsbureau import planning
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Locatie, OpenPoint, Termijn
from bedrijfsbureau.planning import Item
from bedrijfsbureau.queries import forecasts, measurements
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.queries.courses import day_of
from bedrijfsbureau.queries.dossiers import NOT_READY
from bedrijfsbureau.queries.forecasts import HALF, MOST, Target

CAP = 300  # dossiers, those that have to be ready first


@dataclass(frozen=True)
class Line:
    """half, most: as in `Expected`. target: the first it has to be ready for, None without one; late: that is over."""

    dossier_id: int
    number: str
    heading: str
    half: date | None
    most: date | None
    target: Target | None
    chance: float | None

    @property
    def order(self) -> tuple[bool, float, date, str]:
        first = self.target.on if self.target else date.max
        return self.chance is None, self.chance or 0.0, first, self.number


@dataclass(frozen=True)
class Outlooks:
    """silent: dossiers of which too little is known to say anything."""

    lines: tuple[Line, ...]
    silent: int


def of_open(tx: Tx, locatie_id: int | None = None) -> Outlooks:
    """Of the first CAP dossiers that something still blocks. Three statements, and one for each dossiersoort."""
    first = func.coalesce(Dossier.gehoor_op, Dossier.beslistermijn)
    query = (
        select(Dossier.id, Dossier.number, Dossier.heading, Dossier.dossiersoort, Locatie.name, Dossier.gehoor_op)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(Dossier.stage.in_(NOT_READY), dossiers_visible_to(tx.actor))
        .order_by(first.is_(None), first, Dossier.id)
        .limit(CAP)
    )
    rows = tx.session.execute(query if locatie_id is None else query.where(Dossier.locatie_id == locatie_id)).all()
    ids = {row.id for row in rows}
    items, due = points(tx, ids), terms(tx, ids)
    known = {soort: measurements.last(tx, soort) for soort in {row.dossiersoort for row in rows}}
    lines, silent = [], 0
    for row in rows:
        measured = known[row.dossiersoort]
        if measured is None or not items.get(row.id):
            silent += measured is None
            continue
        learnt = measured.learnt
        said, _ = planning.outlook(items[row.id], row.name, learnt.waits, learnt.calibration)
        if said is None:
            silent += 1
            continue
        target = target_of(row.gehoor_op, due.get(row.id))
        chance = None if target is None else said.chance(day_of(target.moment) - day_of(tx.now))
        half, most = (forecasts.day_after(tx.now, said.within(share)) for share in (HALF, MOST))
        lines.append(Line(row.id, row.number, row.heading, half, most, target, chance))
    return Outlooks(tuple(sorted(lines, key=lambda line: line.order)), silent)


def points(tx: Tx, dossiers: Collection[int]) -> Mapping[int, list[Item]]:
    """What blocks each of them, and for how long."""
    query = select(OpenPoint.dossier_id, OpenPoint.code, OpenPoint.partij, OpenPoint.open_since)
    found: dict[int, list[Item]] = defaultdict(list)
    for dossier_id, code, partij, since in tx.session.execute(
        query.where(OpenPoint.dossier_id.in_(dossiers), OpenPoint.blocking)
    ):
        found[dossier_id].append(Item(code, partij, max(0.0, day_of(tx.now) - day_of(since))))
    return found


def terms(tx: Tx, dossiers: Collection[int]) -> Mapping[int, date]:
    """The first day that a term which steers the work ends, by dossier."""
    query = select(Termijn.dossier_id, func.min(Termijn.due_on)).where(Termijn.dossier_id.in_(dossiers))
    query = query.where(Termijn.steers, Termijn.met_on.is_(None)).group_by(Termijn.dossier_id)
    return {dossier_id: day for dossier_id, day in tx.session.execute(query) if day is not None}


def target_of(gehoor_op: date | None, term: date | None) -> Target | None:
    """What comes first."""
    found = [forecasts.before("gehoor", gehoor_op)] if gehoor_op else []
    found += [forecasts.within("termijn", term)] if term else []
    return min(found, key=lambda each: each.moment, default=None)
