"""What a step of a scenario does, each through the action that the product uses for it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.actions import dossiers, gehoren, messages, relaties, stukken, tasks, verzoeken, vrijstellingen
from bedrijfsbureau.cli.scenario.script import Deed
from bedrijfsbureau.cli.scenario.world import World, open_linked
from bedrijfsbureau.database import reading
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import SYSTEM, Stuk, StukState, Task, TaskStatus


def perform_deed(world: World, deed: Deed) -> None:
    """Raises what the action raises."""
    VERBS[deed.verb](world, deed.what, deed.more)


def label(element: str, local: Mapping[str, Json]) -> str:
    """A task as a scenario names it: with the task it stands in for, or the check it is about, when there is one."""
    about = local.get("taak") or local.get("punt")
    return f"{element}({about})" if about else element


def _complete(world: World, name: str, more: Mapping[str, Json]) -> None:
    """The task of this name that is open longest; with `all` every one, such as one for each stuk that came in."""
    with reading(world.database, SYSTEM, world.now) as tx:
        is_open = select(Task).where(Task.dossier_id == world.dossier_id, Task.status == TaskStatus.OPEN)
        rows = tx.session.scalars(is_open.order_by(Task.opened_at, Task.id)).all()
        found = [row.id for row in rows if name in (row.element, label(row.element, row.local))]
        names = sorted(label(row.element, row.local) for row in rows)
    if not found:
        raise NotFound(f"De taak '{name}' is niet open. Open zijn: {', '.join(names) or 'geen'}.")
    for task_id in found if more.get("all") else found[:1]:
        world.act(tasks.complete, task_id, more.get("fields") or {})


def _add_stuk(world: World, soort: str, more: Mapping[str, Json]) -> None:
    kind = world.soort.stukken.get(soort)
    world.act(
        stukken.add_stuk,
        world.dossier_id,
        soort=soort,
        received_on=world.today,
        source=more.get("from") or (kind.party if kind else ""),
        gegevens=more.get("gegevens") or {},
    )


def _withdraw_stuk(world: World, soort: str, more: Mapping[str, Json]) -> None:
    present = select(Stuk.id).where(
        Stuk.dossier_id == world.dossier_id, Stuk.soort == soort, Stuk.state == StukState.AANWEZIG
    )
    with reading(world.database, SYSTEM, world.now) as tx:
        stuk_id = tx.session.scalar(present.order_by(Stuk.id.desc()).limit(1))
    if stuk_id is None:
        raise NotFound(f"Er is geen stuk van de soort '{soort}'.")
    world.act(stukken.withdraw_stuk, stuk_id, more.get("reason") or "ingetrokken")


def _ask(world: World, code: str, more: Mapping[str, Json]) -> None:
    world.act(verzoeken.ask, world.dossier_id, code, more.get("text") or "", more.get("partij"))


def _answer(world: World, code: str, more: Mapping[str, Json]) -> None:
    world.act(verzoeken.answer, world.dossier_id, code, more.get("what") or "")


def _set(world: World, changes: Json, more: Mapping[str, Json]) -> None:
    world.act(dossiers.change_gegevens, world.dossier_id, changes)


def _send(world: World, message: str, more: Mapping[str, Json]) -> None:
    world.act(messages.receive, world.dossier_id, message, content=more.get("payload") or {})


def _link(world: World, number: str, more: Mapping[str, Json]) -> None:
    other = open_linked(world, number, more.get("gehoor_op"))
    world.act(relaties.link, world.dossier_id, other, more.get("soort") or "gezin")


def _waive(world: World, code: str, more: Mapping[str, Json]) -> None:
    until = date.fromisoformat(more["until"])
    reason, ground = more.get("reason") or "", more.get("ground") or ""
    world.act(vrijstellingen.grant, world.dossier_id, code, reason, until, ground)


def _start_task(world: World, code: str, more: Mapping[str, Json]) -> None:
    world.act(tasks.start_task, world.dossier_id, code)


def _accept(world: World, what: Json, more: Mapping[str, Json]) -> None:
    world.act(gehoren.accept, world.dossier_id, actor=world.officer)


def _return(world: World, code: str, more: Mapping[str, Json]) -> None:
    reason, note = more.get("reason") or "", more.get("note") or ""
    world.act(gehoren.send_back, world.dossier_id, code, reason, note, actor=world.officer)


VERBS: Mapping[str, Callable[[World, Any, Mapping[str, Json]], None]] = {
    "accept": _accept,
    "add_stuk": _add_stuk,
    "answer": _answer,
    "ask": _ask,
    "complete": _complete,
    "link": _link,
    "return": _return,
    "send": _send,
    "set": _set,
    "start_task": _start_task,
    "waive": _waive,
    "withdraw_stuk": _withdraw_stuk,
}
