"""Moving running dossiers to another published version of their process.

A plan says which element goes on as which. A dossier moves in a transaction of its own and as a whole, or not at all:
its tasks keep their id, assignee and draft, its timers their moment. So a batch may stop between two dossiers at any
time; started again it goes on with those that have not moved.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, select

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.history import next_event
from bedrijfsbureau.actions.command.incidents import explain, open_incident
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.kinds.nobody import Nobody
from bedrijfsbureau.actions.kinds.task_work import task_at
from bedrijfsbureau.actions.moving.plans import Route
from bedrijfsbureau.database import Database, Tx, transaction
from bedrijfsbureau.errors import (
    BedrijfsbureauError,
    CannotMove,
    Conflict,
    DatabaseUnavailable,
    Obstacle,
    StateTampered,
)
from bedrijfsbureau.model import SYSTEM, Actor, Dossier, Event, IncidentKind, Json, Role

MOVED = "proces_gewijzigd"
log = logging.getLogger(__name__)
PAGE = 200  # dossiers whose state is read at a time
AT_ONCE = "Dit dossier veranderde op hetzelfde moment. Start de verhuizing nog een keer."
BROKEN = "Dit dossier kan niet verhuizen door een storing. De beheerder weet ervan."
WOULD_BREAK = "Nagaan of dit dossier kan verhuizen, mislukt door een storing ({}). Meld dit aan de beheerder."
NOT_FROM_THERE = "Dit dossier kwam niet met een verhuizing uit die versie; er is niets terug te zetten."


@dataclass(frozen=True)
class Outcome:
    """What came of one dossier, or would come of it: no reasons is well."""

    dossier_id: int
    number: str
    reasons: tuple[str, ...] = ()


def to_move(tx: Tx, route: Route, after: int = 0, most: int | None = None) -> dict[int, str]:
    """Running dossiers that have not moved yet, from beyond `after`: id -> number."""
    return _numbers(tx, _running(route.source_id, after).limit(most))


def to_undo(tx: Tx, route: Route, after: int = 0, most: int | None = None) -> dict[int, str]:
    """Running dossiers that came to the target from the source: id -> number. One that was opened there stays there."""
    versions = Event.data["from"].as_integer() == route.plan.source, Event.data["to"].as_integer() == route.plan.target
    came = exists().where(Event.dossier_id == Dossier.id, Event.kind == MOVED, *versions)
    return _numbers(tx, _running(route.target_id, after).where(came).limit(most))


def dry_run(tx: Tx, route: Route, ids: Iterable[int]) -> Iterator[Outcome]:
    """For each dossier why it can't move; nothing changes. Raises Forbidden."""
    require_role(tx, Role.PROCESEIGENAAR)
    pending = list(ids)
    for start in range(0, len(pending), PAGE):
        page = select(Dossier.id, Dossier.number, Dossier.state).where(Dossier.id.in_(pending[start : start + PAGE]))
        for dossier_id, number, state in tx.connection.execute(page.order_by(Dossier.id)):
            try:
                instance = engine.resume(route.old, state or b"", Nobody(tx.now), tx.database.key_for(dossier_id))
                found: tuple[Obstacle, ...] = engine.obstacles(instance, route.new, route.mapping)
                yield Outcome(dossier_id, number, _once(found))
            except StateTampered as error:
                yield Outcome(dossier_id, number, (error.report(),))
            except Exception as error:
                log.exception("Dossier %s is niet na te gaan.", number)
                yield Outcome(dossier_id, number, (WOULD_BREAK.format(type(error).__name__),))


def move(tx: Tx, dossier_id: int, route: Route) -> None:
    """To the target of the route; one that is there already is left alone.

    Raises Forbidden, NotFound, Conflict when it runs on another version or not at all, CannotMove, StepFailed.
    """
    require_role(tx, Role.PROCESEIGENAAR)
    with _unseen(tx, dossier_id) as at_hand:
        if at_hand.dossier.process_version_id != route.target_id:
            _require_on(at_hand, route.source_id)
            told = {before: after for before, after in route.mapping.items() if before != after}
            _move(at_hand, route.target_id, route.mapping)
            _tell(tx, at_hand, {"from": route.plan.source, "to": route.plan.target, "mapping": told})


def undo(tx: Tx, dossier_id: int, route: Route) -> None:
    """Back to the source of the route, by the mapping it came with; one that is there already is left alone.

    Raises as `move`; CannotMove when it has come to a step that the source has not.
    """
    require_role(tx, Role.PROCESEIGENAAR)
    with _unseen(tx, dossier_id) as at_hand:
        if at_hand.dossier.process_version_id != route.source_id:
            came, plan = _came(tx, dossier_id), route.plan
            if (came.get("from"), came.get("to")) != (plan.source, plan.target):
                raise Conflict(NOT_FROM_THERE)
            _require_on(at_hand, route.target_id)
            mapping = {**dict(zip(route.old.elements, route.old.elements, strict=True)), **came["mapping"]}
            back = engine.inverse(route.old, mapping)
            _move(at_hand, route.source_id, back)
            told = {before: after for before, after in back.items() if before != after}
            _tell(tx, at_hand, {"from": plan.target, "to": plan.source, "mapping": told, "undone": True})


def _came(tx: Tx, dossier_id: int) -> Json:
    """With which move it came to where it is: the last one that was not undone. Empty when it began there."""
    told = select(Event.data).where(Event.dossier_id == dossier_id, Event.kind == MOVED).order_by(Event.number)
    moves: list[Json] = [{}]
    for data in tx.connection.scalars(told):
        if data.get("undone"):
            moves.pop()
        else:
            moves.append(data)
    return moves[-1]


def each(
    database: Database,
    actor: Actor,
    clock: Callable[[], datetime],
    action: Callable[[Tx, int, Route], None],
    route: Route,
    dossiers: Mapping[int, str],
) -> Iterator[Outcome]:
    """`move` or `undo` for each of `dossiers` (id -> number). One that fails stays where it was and does not stop the
    others. Raises DatabaseUnavailable."""
    for dossier_id, number in dossiers.items():
        try:
            with transaction(database, actor, clock()) as tx:
                action(tx, dossier_id, route)
            yield Outcome(dossier_id, number)
        except DatabaseUnavailable:
            raise
        except BedrijfsbureauError as error:
            yield Outcome(dossier_id, number, reasons(error))
        except Exception as error:
            with transaction(database, actor, clock()) as tx:
                report(tx, dossier_id, error)
            yield Outcome(dossier_id, number, (BROKEN,))


def report(tx: Tx, dossier_id: int, error: Exception) -> None:
    """Something broke on this dossier, which has to stay."""
    cause, element = explain(error)
    open_incident(tx, dossier_id, element or "verhuizing", cause, IncidentKind.VERHUIZING)


def reasons(error: BedrijfsbureauError) -> tuple[str, ...]:
    """Why a dossier stays where it was."""
    if isinstance(error, CannotMove):
        return _once(error.obstacles)
    is_clash = isinstance(error, Conflict) and error.__cause__ is not None
    return (AT_ONCE if is_clash else error.report(),)


def _once(obstacles: Iterable[Obstacle]) -> tuple[str, ...]:
    """What holds for several tokens is said once."""
    return tuple(dict.fromkeys(obstacle.message for obstacle in obstacles))


@contextmanager
def _unseen(tx: Tx, dossier_id: int) -> Iterator[AtHand]:
    """The dossier at hand for someone who may move it, but whose it is not to see: what follows is the system's."""
    with handling(tx.at(tx.now, SYSTEM), dossier_id) as at_hand:
        yield at_hand


def _tell(tx: Tx, at_hand: AtHand, data: Json) -> None:
    """In the name of who ordered it."""
    at_hand.unwritten.add_values(Event, next_event(tx, at_hand.dossier, MOVED, data))


def _require_on(at_hand: AtHand, version_id: int) -> None:
    if at_hand.instance is None:
        raise Conflict("Dit dossier heeft geen lopend proces meer; het houdt de versie waarmee het eindigde.")
    if at_hand.dossier.process_version_id != version_id:
        raise Conflict("Dit dossier loopt intussen op een andere versie. Maak een plan vanaf die versie.")


def _move(at_hand: AtHand, version_id: int, mapping: engine.Mapped) -> None:
    """The rest follows from the state when the command is settled: timers, tasks that are new, the stage."""
    assert at_hand.instance is not None
    dossier = at_hand.dossier
    dossier.process_version_id = version_id
    at_hand.kind = load_kind(at_hand.tx, version_id, dossier.policy_version_id)
    at_hand.undecided = set(at_hand.kind.deciding.all)
    at_hand.changed()
    at_hand.instance = engine.migrate(at_hand.instance, at_hand.kind.model, mapping)
    ready = {task.id: task for task in at_hand.instance.tasks}
    for row in dossier.tasks:
        if task := ready.get(row.id):
            work = task_at(at_hand.kind, task)
            row.element, row.name, row.form, row.team = task.element.id, work.name, work.form, work.team
            row.competence, row.checks = work.competence, list(work.checks)


def _running(version_id: int, after: int) -> Select[int, str]:
    running = select(Dossier.id, Dossier.number).where(Dossier.process_version_id == version_id, Dossier.id > after)
    return running.where(Dossier.closed_at.is_(None)).order_by(Dossier.id)


def _numbers(tx: Tx, query: Select[int, str]) -> dict[int, str]:
    require_role(tx, Role.PROCESEIGENAAR)
    return {row[0]: row[1] for row in tx.connection.execute(query)}
