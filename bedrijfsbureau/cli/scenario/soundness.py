"""What holds for every dossier after every step, whatever the scenario is about."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.at_hand import AtHand, load
from bedrijfsbureau.actions.command.computed import recompute
from bedrijfsbureau.actions.command.host import Host
from bedrijfsbureau.actions.command.verdicts import as_json
from bedrijfsbureau.actions.command.vrijgave import has_open_incident, is_sealed, reevaluate
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, DueWork, Event, Json, OpenPoint, RappelItem, TaskStatus, Vrijgave, WorkKind
from bedrijfsbureau.queries.stuck import is_stuck

SENT = ("verzoek_verzonden", "verzoek_herinnerd")  # kinds of events


def faults(database: Database, now: datetime, dossier_id: int) -> list[str]:
    """Dutch sentences; empty when all is sound. Raises StateTampered when the state can't be resumed."""
    with reading(database, SYSTEM, now) as tx:
        at_hand = load(tx, dossier_id)
        at_hand.changed()  # commands ask again only what a change touched; here all is asked again, to compare
        if at_hand.dossier.state is not None:
            key = database.key_for(dossier_id)
            at_hand.instance = engine.resume(at_hand.kind.model, at_hand.dossier.state, Host(at_hand), key)
        checks = (
            _tasks, _timers, _rappels, _way_on, _verdicts, _open_points, _covered, _verzoeken, _history, _vrijgaven,
            _computed,
        )  # fmt: skip
        return [fault for check in checks for fault in check(at_hand)]


def _tasks(at_hand: AtHand) -> Iterator[str]:
    ready = {task.id for task in at_hand.instance.tasks} if at_hand.instance else set()
    listed = {row.id for row in at_hand.dossier.tasks if row.status == TaskStatus.OPEN}
    if ready != listed:
        yield f"de werkvoorraad heeft {len(listed)} taken en het proces {len(ready)}, of andere"


def _timers(at_hand: AtHand) -> Iterator[str]:
    """Each timer that the process waits for has its row of work, or an incident that says why not."""
    waits = {timer.id: timer.due_at for timer in at_hand.instance.timers if timer.due_at} if at_hand.instance else {}
    rows = select(DueWork).where(DueWork.dossier_id == at_hand.dossier.id, DueWork.kind == WorkKind.TIMER)
    kept = {row.reference: row for row in at_hand.tx.session.scalars(rows)}
    planned = {reference: row.due_at for reference, row in kept.items() if row.done_at is None or row.error is not None}
    if planned != waits:
        yield f"het proces wacht op {len(waits)} timers en de planning heeft er {len(planned)}, of andere"


def _rappels(at_hand: AtHand) -> Iterator[str]:
    """What the history says was asked of a partij is an item of a rappel, and the other way round."""
    told = select(func.count()).where(Event.dossier_id == at_hand.dossier.id, Event.kind.in_(SENT))
    mine = select(func.count()).where(RappelItem.dossier_id == at_hand.dossier.id)
    count, items = (at_hand.tx.session.scalar(query) for query in (told, mine))
    if count != items:
        yield f"er zijn {count} verzoeken en herinneringen en er zijn {items} vragen in rappels"


def _way_on(at_hand: AtHand) -> Iterator[str]:
    """An open dossier has a task, waits for something that can come, or has an incident."""
    instance, dossier = at_hand.instance, at_hand.dossier
    if dossier.closed_at is not None:
        if instance is not None:
            yield "het dossier is gesloten en het proces loopt nog"
        return
    if instance is None or instance.finished:
        yield "het dossier is open en het proces is klaar"
    elif is_stuck(at_hand.tx, dossier.id) and not has_open_incident(at_hand):
        yield "het dossier staat stil: geen taak, niets om op te wachten, geen storing"


def _verdicts(at_hand: AtHand) -> Iterator[str]:
    kept = {code: _said(verdict) for code, verdict in at_hand.dossier.verdicts.items()}
    judged = {verdict.code: _said(as_json(verdict, None, "")) for verdict in at_hand.verdicts}
    for code in sorted({*kept, *judged}):
        if kept.get(code) != judged.get(code):
            yield f"{code} is bewaard als {kept.get(code)} en is nu {judged.get(code)}"


def _said(verdict: Json) -> str:
    return f"{verdict['state']}: {verdict['message']} ({', '.join(verdict.get('missing', ()))})"


def _computed(at_hand: AtHand) -> Iterator[str]:
    """Fields, terms and priority that the system works out are what they would be now. Changes what is at hand."""
    before = at_hand.dossier.gegevens, at_hand.dossier.priority, _dates(at_hand)
    recompute(at_hand)
    if before != (at_hand.dossier.gegevens, at_hand.dossier.priority, _dates(at_hand)):
        yield "berekende velden, termijnen of prioriteit zijn niet bijgewerkt"


def _dates(at_hand: AtHand) -> dict[str, date | None]:
    return {kind: row.due_on for kind, row in at_hand.termijnen.items()}


def _open_points(at_hand: AtHand) -> Iterator[str]:
    rows = select(OpenPoint).where(OpenPoint.dossier_id == at_hand.dossier.id)
    listed = {(row.code, row.state, row.blocking) for row in at_hand.tx.session.scalars(rows)}
    judged = {(v.code, v.state.value, v.blocking or v.returned) for v in at_hand.verdicts if v.is_open}
    if listed != judged:
        yield f"de lijst van open punten wijkt af: {sorted(listed ^ judged)}"


def _covered(at_hand: AtHand) -> Iterator[str]:
    """Someone works on every check that blocks, will come to it, or waits for a partij."""
    if at_hand.instance is None or not at_hand.is_awaited("punt_open") or has_open_incident(at_hand):
        return
    tasks = at_hand.instance.tasks
    working = {task.element.id for task in tasks} | {str(task.local.get("taak")) for task in tasks}
    working |= at_hand.instance.ahead
    asked = {v.code for v in at_hand.dossier.verzoeken if v.is_open} | {str(task.local.get("punt")) for task in tasks}
    by_policy = {name for rule in at_hand.kind.policy.rules for name in rule.tasks.values()}
    asked |= {code for task in tasks if task.element.id not in by_policy for code in task.element.checks}
    for verdict in at_hand.verdicts:
        covered = {*verdict.tasks} & working or verdict.code in asked
        if verdict.blocks and not covered:
            yield f"niemand werkt aan {verdict.code} ({verdict.state.value})"


def _verzoeken(at_hand: AtHand) -> Iterator[str]:
    """Where the process itself asks, an open verzoek has someone who waits for its answer or works on it."""
    if at_hand.instance is None or not at_hand.is_awaited("opvragen_gevraagd"):
        return
    working = {task.local.get("punt") for task in at_hand.instance.tasks}
    for code in (verzoek.code for verzoek in at_hand.dossier.verzoeken if verzoek.is_open):
        if code not in working and not at_hand.is_awaited("antwoord_ontvangen", code):
            yield f"het verzoek voor {code} is open en niemand wacht erop"


def _history(at_hand: AtHand) -> Iterator[str]:
    events = select(Event).where(Event.dossier_id == at_hand.dossier.id).order_by(Event.number)
    if not history.is_unbroken(at_hand.dossier, at_hand.tx.session.scalars(events)):
        yield "de keten van het verloop is gebroken"


def _vrijgaven(at_hand: AtHand) -> Iterator[str]:
    """A record of a vrijgave says the same when it is evaluated again, whatever happened since."""
    made = select(Vrijgave).where(Vrijgave.dossier_id == at_hand.dossier.id)
    for vrijgave in at_hand.tx.session.scalars(made):
        if not is_sealed(vrijgave, at_hand.tx.database.secret):
            yield f"het zegel van vrijgave {vrijgave.number} past niet"
        sealed = {verdict["code"]: verdict["state"] for verdict in vrijgave.content["verdicts"]}
        again = {verdict.code: verdict.state.value for verdict in reevaluate(at_hand.tx, vrijgave)}
        if sealed != again:
            changed = sorted(code for code in {*sealed, *again} if sealed.get(code) != again.get(code))
            yield f"vrijgave {vrijgave.number} geeft nu een ander oordeel over {', '.join(changed)}"
