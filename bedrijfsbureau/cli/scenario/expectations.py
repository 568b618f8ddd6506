"""What is so after a step, and where that differs from what the scenario expects."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.checks import OPEN_STATES, State
from bedrijfsbureau.cli.scenario.deeds import label
from bedrijfsbureau.cli.scenario.world import World
from bedrijfsbureau.database import reading
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.model import (
    NO_DUE,
    SYSTEM,
    Dossier,
    DueWork,
    Event,
    RappelItem,
    Task,
    TaskStatus,
    Termijn,
    Verzoek,
    Vrijgave,
    WorkKind,
)

PRIORITIES = {1: "spoed", 2: "hoog", 3: "normaal"}


@dataclass(frozen=True)
class Difference:
    what: str
    expected: Json
    found: Json

    def __str__(self) -> str:
        return f"{self.what}: verwacht {_shown(self.expected)}, is {_shown(self.found)}"


@dataclass(frozen=True)
class Sight:
    """The dossier as lists and screens would read it."""

    dossier: Dossier
    tasks: Mapping[str, Task]
    termijnen: Mapping[str, Termijn]
    vrijgaven: tuple[Vrijgave, ...]
    sent: tuple[str, ...]
    events: tuple[Event, ...]

    @cached_property
    def blocking(self) -> dict[str, str]:
        """Code -> phase of what blocks."""
        return {
            code: verdict["phase"]
            for code, verdict in self.dossier.verdicts.items()
            if verdict["state"] == State.FOUT or (verdict["blocking"] and verdict["state"] in OPEN_STATES)
        }


def look(world: World) -> Sight:
    with reading(world.database, SYSTEM, world.now) as tx:
        whole = selectinload(Dossier.tasks), selectinload(Dossier.verzoeken)
        dossier = tx.session.get_one(Dossier, world.dossier_id, options=whole)
        terms = select(Termijn).where(Termijn.dossier_id == dossier.id)
        released = select(Vrijgave).where(Vrijgave.dossier_id == dossier.id).order_by(Vrijgave.number)
        sent = select(DueWork).where(DueWork.dossier_id == dossier.id, DueWork.kind == WorkKind.OUTBOX)
        asked = select(Verzoek.partij).join(RappelItem, RappelItem.verzoek_id == Verzoek.id)
        asked = asked.where(Verzoek.dossier_id == dossier.id)
        events = select(Event).where(Event.dossier_id == dossier.id).order_by(Event.number)
        return Sight(
            dossier=dossier,
            tasks={task.id: task for task in dossier.tasks if task.status == TaskStatus.OPEN},
            termijnen={term.kind: term for term in tx.session.scalars(terms)},
            vrijgaven=tuple(tx.session.scalars(released)),
            sent=(*(row.payload["to"] for row in tx.session.scalars(sent)), *tx.session.scalars(asked)),
            events=tuple(tx.session.scalars(events)),
        )


def differences(expected: Mapping[str, Json], sight: Sight) -> list[Difference]:
    return [each for what, value in expected.items() for each in EXPECTATIONS[what](what, value, sight)]


Expectation = Callable[[str, Json, Sight], Iterator[Difference]]


def _open(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    """All that is open. A name without brackets stands for the task whatever it is about."""
    full = sorted(label(task.element, task.local) for task in sight.tasks.values())
    said = sorted(each if each in expected else each.partition("(")[0] for each in full)
    if said != sorted(expected):
        yield Difference(what, sorted(expected), full)


def _opened(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    tasks = sight.tasks.values()
    names = {name for task in tasks for name in (task.element, label(task.element, task.local))}
    if not set(expected) <= names:
        yield Difference(what, expected, sorted(label(task.element, task.local) for task in tasks))


def _not_open(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    names = {task.element for task in sight.tasks.values()}
    if both := names & set(expected):
        yield Difference(what, expected, f"open: {', '.join(sorted(both))}")


def _due(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    due: dict[str, Json] = {}
    for task in sight.tasks.values():
        on = None if task.due_on == NO_DUE else task.due_on.isoformat()
        due |= {task.element: on, label(task.element, task.local): on}
    yield from _each(what, expected, due)


def _planbaar(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, expected, "P" not in sight.blocking.values())


def _behandelklaar(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, expected, not sight.blocking)


def _red(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, sorted(expected), sorted(sight.blocking))


def _red_p(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, sorted(expected), sorted(code for code, phase in sight.blocking.items() if phase == "P"))


def _verdicts(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _each(what, expected, {code: verdict["state"] for code, verdict in sight.dossier.verdicts.items()})


def _message(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    """The words must be part of the message."""
    for code, words in expected.items():
        message = sight.dossier.verdicts.get(code, {}).get("message", "")
        if words not in message:
            yield Difference(f"{what} {code}", words, message)


def _fields(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    found = {}
    for path in expected:
        group, _, name = path.partition(".")
        value = sight.dossier.gegevens.get(group)
        found[path] = (value or {}).get(name) if name else value
    yield from _each(what, expected, found)


def _terms(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    dates = {kind: term.due_on.isoformat() if term.due_on else None for kind, term in sight.termijnen.items()}
    yield from _each(what, expected, dates)


def _days(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _each(what, expected, {kind: term.content.get("days") for kind, term in sight.termijnen.items()})


def _verzoeken(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    """All of them, oldest first; of each only what is named."""
    found = [
        {"punt": row.code, "partij": row.partij, "herinneringen": row.reminders, "open": row.is_open}
        for row in sight.dossier.verzoeken
    ]
    named = [{key: row[key] for key in wanted if key in row} for wanted, row in zip(expected, found, strict=False)]
    if len(found) != len(expected) or named != expected:
        yield Difference(what, expected, found)


def _sent(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    """Messages since the beginning, to the partijen and teams that are named."""
    yield from _each(what, expected, {to: sight.sent.count(to) for to in expected})


def _history(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    """Some event of this kind says these words."""
    for kind, words in expected.items():
        said = [str(event.data) for event in sight.events if event.kind == kind]
        if not any(words in each for each in said):
            yield Difference(f"{what} {kind}", words, said)


def _vrijgaven(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, expected, [_standing(vrijgave) for vrijgave in sight.vrijgaven])


def _standing(vrijgave: Vrijgave) -> str:
    if vrijgave.accepted_at:
        return "aanvaard"
    if vrijgave.returned_at:
        return "teruggezonden"
    return "ingetrokken" if vrijgave.withdrawn_at else "geldig"


def _stage(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, expected, sight.dossier.stage.value)


def _priority(what: str, expected: Json, sight: Sight) -> Iterator[Difference]:
    yield from _same(what, expected, PRIORITIES[sight.dossier.priority])


def _same(what: str, expected: Json, found: Json) -> Iterator[Difference]:
    if expected != found:
        yield Difference(what, expected, found)


def _each(what: str, expected: Mapping[str, Json], found: Mapping[str, Json]) -> Iterator[Difference]:
    for name, value in expected.items():
        yield from _same(f"{what} {name}", value, found.get(name))


def _shown(value: Json) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "leeg" if value is None else str(value)


EXPECTATIONS: Mapping[str, Expectation] = {
    "open": _open,
    "opened": _opened,
    "not_open": _not_open,
    "due": _due,
    "stage": _stage,
    "priority": _priority,
    "planbaar": _planbaar,
    "behandelklaar": _behandelklaar,
    "red": _red,
    "red_p": _red_p,
    "verdicts": _verdicts,
    "message": _message,
    "fields": _fields,
    "terms": _terms,
    "days": _days,
    "verzoeken": _verzoeken,
    "sent": _sent,
    "history": _history,
    "vrijgaven": _vrijgaven,
}
