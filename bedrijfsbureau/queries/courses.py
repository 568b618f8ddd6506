"""What happened with the checks of dossiers, read from their histories, for `planning` to learn from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select

from bedrijfsbureau.checks import OPEN_STATES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Event, Locatie, OpenPoint, PolicyVersion
from bedrijfsbureau.planning import Course, Spell

MOST = 10_000  # dossiers, the last ones
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
SECONDS = 86_400.0


@dataclass(frozen=True)
class Rule:
    """Of a check in a policy: who supplies it, and whether it blocks."""

    partij: str
    blocking: bool


@dataclass(frozen=True)
class Change:
    at: datetime
    old: str
    new: str


def day_of(moment: datetime) -> float:
    """A moment as a number of days, for planning."""
    return (moment - FIRST_DAY).total_seconds() / SECONDS


def courses(tx: Tx, dossiersoort: str, most: int = MOST) -> list[Course]:
    """Of the last `most` dossiers of a dossiersoort. Four statements."""
    rules = _rules(tx, dossiersoort)
    chosen = select(Dossier.id).where(Dossier.dossiersoort == dossiersoort).order_by(Dossier.id.desc()).limit(most)
    changes, still = _changes(tx, chosen), _still_open(tx, chosen)
    query = select(Dossier.id, Dossier.opened_at, Dossier.closed_at, Dossier.policy_version_id, Locatie.name)
    query = query.join(Locatie, Locatie.id == Dossier.locatie_id).where(Dossier.id.in_(chosen))
    return [
        Course(
            locatie,
            day_of(opened),
            day_of(closed) if closed else None,
            tuple(_spells(opened, changes.get(dossier_id, {}), still.get(dossier_id, {}), rules[policy_id])),
        )
        for dossier_id, opened, closed, policy_id, locatie in tx.session.execute(query)
    ]


def _rules(tx: Tx, dossiersoort: str) -> dict[int, dict[str, Rule]]:
    query = select(PolicyVersion.id, PolicyVersion.content).where(PolicyVersion.dossiersoort == dossiersoort)
    return {
        number: {
            row["code"]: Rule(str(row.get("partij") or ""), bool(row.get("blokkeert")))
            for row in content["policy"]["punten"]
        }
        for number, content in tx.session.execute(query)
    }


def _changes(tx: Tx, chosen: Select[int]) -> Mapping[int, Mapping[str, list[Change]]]:
    """By dossier and check, oldest first."""
    code, old, new = (Event.data[name].as_string() for name in ("code", "old", "new"))
    query = select(Event.dossier_id, code, Event.at, old, new).where(Event.kind == "oordeel_gewijzigd")
    query = query.where(Event.dossier_id.in_(chosen)).order_by(Event.dossier_id, Event.number)
    found: dict[int, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for dossier_id, of, at, before, after in tx.session.execute(query):
        found[dossier_id][of].append(Change(at, before, after))
    return found


def _still_open(tx: Tx, chosen: Select[int]) -> Mapping[int, Mapping[str, datetime]]:
    """By dossier and check, since when it is open."""
    query = select(OpenPoint.dossier_id, OpenPoint.code, OpenPoint.open_since).where(OpenPoint.dossier_id.in_(chosen))
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    for dossier_id, code, since in tx.session.execute(query):
        found[dossier_id][code] = since
    return found


def _spells(
    opened: datetime, changes: Mapping[str, list[Change]], still: Mapping[str, datetime], rules: Mapping[str, Rule]
) -> Iterator[Spell]:
    """What the history has no change of was open, or was not, from the start. A check that the policy of the dossier
    does not have any more tells nothing."""
    for code in (changes.keys() | still.keys()) & rules.keys():
        rule = rules[code]
        for began, ended in _open_times(opened, changes.get(code, ())) if code in changes else [(still[code], None)]:
            yield Spell(code, rule.partij, day_of(began), day_of(ended) if ended else None, rule.blocking)


def _open_times(opened: datetime, changes: Iterable[Change]) -> Iterator[tuple[datetime, datetime | None]]:
    """From when until when, over all the states in which a check counts as open."""
    began: datetime | None = None
    for place, change in enumerate(changes):
        if not place and change.old in OPEN_STATES:
            began = opened
        if began is not None and change.new not in OPEN_STATES:
            yield began, change.at
            began = None
        elif began is None and change.new in OPEN_STATES:
            began = change.at
    if began is not None:
        yield began, None
