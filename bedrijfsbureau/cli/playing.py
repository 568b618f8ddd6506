"""Playing a log: what really happened, driven through our process at its own times and by its own people.

Every event completes the open task of its activity. One that has no open task is no reason to stop and is not lost: it
stands in the history of the dossier as a deviation, with the tasks that were open at that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree
from sqlalchemy import select

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people, tasks
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.kinds.in_force import newest_process
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.cli.receipt_log import LogEvent, Trace
from bedrijfsbureau.cli.shipped import folder
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor, Dossier, Medewerker, Role, TaskStatus

LOCATIE = "Gemeente uit het logboek"
DEVIATION = "afwijking"  # a kind of event in the history


@dataclass(frozen=True)
class Scene:
    """Of which dossiersoort and where the traces are played, by whom, and which task stands for each activity."""

    soort: str
    locatie_id: int
    actors: Mapping[str, Actor]
    elements: Mapping[str, str]


def set_scene(tx: Tx, soort: str, traces: Sequence[Trace]) -> Scene:
    """Publish the dossiersoort that ships with the program if none is, and make accounts for the people of the log.

    Nobody can log in on those accounts: they have no password.
    """
    try:
        process = newest_process(tx, soort)
    except NotFound:
        process, _ = processes.publish_dossiersoort(tx, dossiersoort.read(folder("bpmn") / soort))
    locatie = people.add_locatie(tx, LOCATIE)
    teams: dict[str, set[str]] = {}
    for event in (event for trace in traces for event in trace.events):
        teams.setdefault(event.resource, set()).update({event.team} if event.team else ())
    for team in sorted(set().union(*teams.values())):
        people.add_team(tx, team, team)
    actors = {resource: _actor(tx, resource, locatie.id, teams[resource]) for resource in sorted(teams)}
    return Scene(soort, locatie.id, actors, _elements(process.files))


def play(tx: Tx, scene: Scene, trace: Trace) -> None:
    """Open a dossier for the trace and let every event happen at its own time; nothing if that was done before."""
    key = source_key(scene.soort, trace)
    if tx.session.scalar(select(Dossier.id).where(Dossier.source_key == key)) is not None:
        return
    first = _at(tx, scene, trace.events[0])
    dossier = dossiers.open_dossier(
        first, soort=scene.soort, locatie_id=scene.locatie_id, gegevens={}, source_key=key, number=trace.key
    )
    for index, event in enumerate(trace.events):
        moment = _at(tx, scene, event)
        ready = {task.element: task for task in dossier.tasks if task.status == TaskStatus.OPEN}
        task = ready.get(scene.elements.get(event.activity, ""))
        if task is not None:
            dossier = tasks.complete(moment, task.id, trace.gegevens(index))
        else:
            names = sorted(task.name for task in ready.values())
            with handling(moment, dossier.id) as at_hand:
                at_hand.record(DEVIATION, activity=event.activity, open=names)


def source_key(soort: str, trace: Trace) -> str:
    """By which the dossier of this trace is found again."""
    return f"{soort}:{trace.key}"


def _at(tx: Tx, scene: Scene, event: LogEvent) -> Tx:
    """The same transaction at the moment of this event, by the one who did it."""
    return tx.at(event.at, scene.actors[event.resource])


def _actor(tx: Tx, resource: str, locatie_id: int, teams: set[str]) -> Actor:
    username = f"log-{resource}"
    found = tx.session.scalar(select(Medewerker).where(Medewerker.username == username))
    if found is None:
        found = people.add_medewerker(
            tx, username=username, name=resource, role=Role.MEDEWERKER, locatie_id=locatie_id, teams=sorted(teams)
        )
    return Actor(found.id, found.name, found.role, found.locatie_id, frozenset(teams))


def _elements(files: Mapping[str, str]) -> dict[str, str]:
    """Activity of the log -> id of the user task that says to be it (bb:activity)."""
    diagrams = [etree.fromstring(text.encode()) for name, text in files.items() if name.endswith(".bpmn")]
    found = [task for diagram in diagrams for task in diagram.iter("{*}userTask")]
    return {task.get("{urn:bedrijfsbureau:bpmn:1}activity"): task.get("id") for task in found}
