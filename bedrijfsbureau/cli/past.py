"""What the demo has behind it: closed dossiers of the months before, so that it can forecast and learn.

Playing months of work takes minutes, so the few dossiers of the demo that were played to their end are repeated: each
copy keeps what happened and in which order, and gets a pace of its own. They are recognisable: VB- for their number, no
name but Voorbeeld. Seals and hashes are real, and `release verify` reckons a copy again like any other dossier.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select

from bedrijfsbureau.actions.command.bulk import insert_all
from bedrijfsbureau.actions.command.history import next_event
from bedrijfsbureau.actions.command.vrijgave import seal
from bedrijfsbureau.cli.walk import BEGIN, END
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Actor, Dossier, Event, Json, Locatie, Role, Stage, Termijn, Vrijgave

COPIES = 120
WEEKS = 20
LONGEST = 8  # weeks that a copy may take longer than what it repeats
FIRST_DAY = date(2026, 6, 12)  # of the Pact: no copy begins before it
USUAL = 0.82  # of the copies: what was released once and accepted; the others came back, or had something let go
PLACES = {"Ter Apel": (5, 0.8), "Gilze": (4, 1.7), "Den Bosch": (3, 1.2)}  # how many of the copies, how slow; invented
DAYS = {"tolkenplanning": 3.5, "COA": 2.0, "RvR": 2.0, "wij": 0.35}  # how long it usually takes, invented
TOLD = frozenset({"geopend", "taak_afgerond", "oordeel_gewijzigd", "vrijgesteld", "vrijgegeven", "teruggezonden",
                  "vrijgave_ingetrokken", "aanvaard", "afgesloten"})  # fmt: skip
DATED = ("was", "message", "gegevens")  # of an event: words that name a day of the dossier that was repeated
LATER = ("withdrawn_at", "accepted_at", "returned_at")
UNMOVED = frozenset({"geboortedatum", "geldig_tot"})
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Played:
    """A dossier that was played to its end, with its history in order."""

    dossier: Dossier
    events: Sequence[Event]
    vrijgaven: Sequence[Vrijgave]
    termijnen: Sequence[Termijn]

    @property
    def is_usual(self) -> bool:
        return len(self.vrijgaven) == 1 and not any(event.kind == "vrijgesteld" for event in self.events)


@dataclass(frozen=True)
class Copy:
    """`back`: how much earlier it was; `moments`: when each moment of the played dossier was in it."""

    like: Played
    back: timedelta
    moments: Mapping[datetime, datetime]
    dossier: Dossier


def repeat(tx: Tx, soort: str) -> None:
    """COPIES of what was played to its end, over the last WEEKS."""
    chance = Random(1)  # the same past for everyone
    played = list(_played(tx, soort))
    usual = [each for each in played if each.is_usual]
    unusual = [each for each in played if not each.is_usual]
    first = min(each.dossier.opened_at for each in played).date()
    weeks = min(WEEKS, max(1, (first - FIRST_DAY).days // 7 - LONGEST))
    locaties = tx.session.scalars(select(Locatie).order_by(Locatie.id)).all()
    places = {each: PLACES[each.name][0] for each in locaties if each.name in PLACES}
    copies = []
    for number in range(1, COPIES + 1):
        like = chance.choice(usual if chance.random() < USUAL else unusual)
        back = timedelta(weeks=chance.randint(1, weeks))
        place = chance.choices(list(places), list(places.values()))[0]
        moments = _paced(like, back, PLACES[place.name][1], chance)
        copies.append(Copy(like, back, moments, _dossier(like, back, f"{number:04}", place.id, moments)))
    tx.session.add_all(each.dossier for each in copies)
    tx.session.flush()  # together they get their numbers in the table at once
    rows = [row for each in copies for row in _told(tx, each)]
    insert_all(tx.connection, Event.__table__, rows)  # type: ignore[arg-type]


def _played(tx: Tx, soort: str) -> Iterator[Played]:
    ended = select(Dossier).where(Dossier.dossiersoort == soort, Dossier.stage == Stage.AANVAARD)
    for dossier in tx.session.scalars(ended.order_by(Dossier.id)):
        events = select(Event).where(Event.dossier_id == dossier.id, Event.kind.in_(TOLD)).order_by(Event.number)
        vrijgaven = select(Vrijgave).where(Vrijgave.dossier_id == dossier.id).order_by(Vrijgave.number)
        termijnen = select(Termijn).where(Termijn.dossier_id == dossier.id)
        rows = (tx.session.scalars(query).all() for query in (events, vrijgaven, termijnen))
        yield Played(dossier, *rows)


def _dossier(
    like: Played, back: timedelta, name: str, locatie_id: int, moments: Mapping[datetime, datetime]
) -> Dossier:  # fmt: skip
    old = like.dossier
    assert old.closed_at is not None
    opened, closed = moments[like.events[0].at], moments[like.events[-1].at]
    gegevens = _moved(old.gegevens, back)
    gegevens["persoon"]["naam"] = f"Voorbeeld {name}"
    return Dossier(**_values(old) | {
        "number": f"VB-{opened:%Y}-{name}", "heading": f"Voorbeeld {name}", "v_nummer": None, "gegevens": gegevens,
        "verdicts": _moved(old.verdicts, back), "locatie_id": locatie_id, "opened_at": opened, "changed_at": closed,
        "closed_at": closed, "gehoor_op": old.gehoor_op and old.gehoor_op - back, "event_count": 0, "event_hash": "",
        "beslistermijn": old.beslistermijn and old.beslistermijn - back,
    })  # fmt: skip


def _told(tx: Tx, copy: Copy) -> Iterator[Json]:
    """Its terms and vrijgaven; yields the rows of its history."""
    mine = {"dossier_id": copy.dossier.id}
    tx.session.add_all(Termijn(**_earlier(each, copy.back) | mine) for each in copy.like.termijnen)
    seals = {each.number: _vrijgave(tx, each, copy) for each in copy.like.vrijgaven}
    for event in copy.like.events:
        data: Json = {key: "" if key in DATED else value for key, value in event.data.items()}
        if event.kind == "vrijgegeven":
            data["seal"] = seals[data["number"]]
        at = tx.at(copy.moments[event.at], Actor(event.actor_id, event.actor, Role.MEDEWERKER))
        yield next_event(at, copy.dossier, event.kind, data)


def _vrijgave(tx: Tx, old: Vrijgave, copy: Copy) -> str:
    """Sealed anew; judged by the policy that is stored, for the whole of it in each copy would make the demo large."""
    kept = {key: value for key, value in old.content.items() if key != "rules"}
    content = _moved(kept, copy.back) | {"dossier": copy.dossier.number, "stukken": []}
    content["gegevens"]["persoon"]["naam"] = copy.dossier.gegevens["persoon"]["naam"]
    sealed = seal(content, tx.database.secret)
    passed = {"at": copy.moments[old.at]}
    passed |= {name: at - copy.back for name in LATER if (at := getattr(old, name))}
    mine = {"dossier_id": copy.dossier.id, "content": content, "seal": sealed}
    tx.session.add(Vrijgave(**_values(old) | passed | mine))
    return sealed


def _paced(like: Played, back: timedelta, slow: float, chance: Random) -> dict[datetime, datetime]:
    """When each moment of the dossier was in its copy. What leads to the first vrijgave took a time of its own, by who
    had to move; the vrijgave and all after it is moved by whole weeks, so that it was judged on such a day."""
    released = like.vrijgaven[0].at
    moments = sorted({event.at for event in like.events})
    partijen = {event.at: like.dossier.verdicts[event.data["code"]]["partij"] for event in like.events
                if event.kind == "oordeel_gewijzigd" and event.data["new"] == "voldaan"}  # fmt: skip
    paced = {at: at - back for at in moments if at >= released}
    later = released - back
    for at, following in reversed([pair for pair in pairwise(moments) if pair[0] < released]):
        usual = DAYS.get(partijen.get(following, "wij"), 2.0)
        later = _working(later - timedelta(days=usual * slow * chance.lognormvariate(-0.1, 0.4)))
        paced[at] = later
    return paced


def _working(at: datetime) -> datetime:
    """That moment, or the last before it within working hours."""
    local = at.astimezone(AMSTERDAM)
    if local.time() < BEGIN:
        local = datetime.combine(local.date() - timedelta(days=1), END, AMSTERDAM)
    while local.weekday() > 4:
        local = datetime.combine(local.date() - timedelta(days=1), END, AMSTERDAM)
    return min(local, datetime.combine(local.date(), END, AMSTERDAM)).astimezone(at.tzinfo)


def _values(row: Any) -> Json:
    """What a copy starts from: all but its own number in the table."""
    return {each.key: getattr(row, each.key) for each in inspect(type(row)).column_attrs if each.key != "id"}


def _earlier(row: Any, back: timedelta) -> Json:
    """`_values`, with its days so much earlier."""
    return {key: value - back if isinstance(value, date) else _moved(value, back, key)
            for key, value in _values(row).items()}  # fmt: skip


def _moved(value: Any, back: timedelta, name: str = "") -> Any:
    """Days and moments in JSON, so much earlier; those of a person and a passport stay."""
    if isinstance(value, dict):
        return {key: _moved(item, back, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, back, name) for item in value]
    if not isinstance(value, str) or name in UNMOVED or not value[:4].isdecimal():
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return (moment.date() - back).isoformat() if len(value) == len("2026-11-22") else (moment - back).isoformat()
