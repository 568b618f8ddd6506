"""What people do with tasks on the worklist."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.access import require_dossier, require_role
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotAwaited, NotFound
from bedrijfsbureau.model import Dossier, Medewerker, Role, Task, TaskStatus
from bedrijfsbureau.queries.access import may_see_field

ABOUT_VERZOEK = {"antwoord": "answer", "escalatie": "escalation"}  # groups of a form that belong to the verzoek at hand


def claim(tx: Tx, task_id: str) -> Task:
    """Make the task the actor's own. Raises Conflict when a colleague has it or it is no longer open."""
    return _give_to(tx, task_id, tx.actor.id, "taak_geclaimd")


def give_back(tx: Tx, task_id: str) -> Task:
    """Return the task to its team."""
    return _give_to(tx, task_id, None, "taak_teruggegeven")


def assign(tx: Tx, task_id: str, medewerker_id: int) -> Task:
    """Hand the task to a colleague of the same locatie. Raises Forbidden for someone who may not do it."""
    colleague = tx.session.get(Medewerker, medewerker_id)
    task = _readable(tx, task_id)
    if colleague is None or not colleague.active or colleague.locatie_id not in (None, task.locatie_id):
        raise Forbidden("Deze collega werkt niet op deze locatie. Kies iemand anders.")
    return _give_to(tx, task_id, medewerker_id, "taak_toegewezen", to=colleague.name)


def save_draft(tx: Tx, task_id: str, data: Mapping[str, Any]) -> Task:
    """Keep what was filled in so far, unchecked; it changes nothing else."""
    _, task = _locked_open(tx, task_id)
    _check_may_do(tx, task)
    task.draft, task.draft_at = dict(data), tx.now
    return task


def complete(tx: Tx, task_id: str, data: Mapping[str, Any]) -> Dossier:
    """Write the form into the record, move the process on, look at every check again: all or nothing.

    Raises InvalidInput with the fields to correct, Conflict when the task was done or taken meanwhile, Forbidden,
    NotFound, StepFailed.
    """
    with handling(tx, task_id, Task) as at_hand:
        task = next((row for row in at_hand.dossier.tasks if row.id == task_id), None)
        if task is None:
            raise _no_longer_open(tx, tx.session.get_one(Task, task_id))
        _check_may_do(tx, task)
        _write_form(at_hand, task, data)
        task.status, task.closed_at, task.closed_by_id = TaskStatus.DONE, tx.now, tx.actor.id
        task.assignee_id = task.assignee_id or tx.actor.id
        task.draft, task.draft_at = {}, None
        _judge_again(at_hand, task)
        at_hand.record("taak_afgerond", task=task.name, element=task.element)
        assert at_hand.instance is not None
        at_hand.instance.complete(task_id)
    return at_hand.dossier


def start_task(tx: Tx, dossier_id: int, code: str) -> Dossier:
    """Open a task for a check that opens none by itself (advisory, or nobody works on it). Raises NotAwaited."""
    with handling(tx, dossier_id) as at_hand:
        verdict = next((v for v in at_hand.verdicts if v.code == code), None)
        if verdict is None:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        if not at_hand.is_awaited("punt_open"):
            raise NotAwaited("In dit dossier kan nu geen losse taak worden gestart.")
        at_hand.deliver("punt_open", verdict.task, {"taak": verdict.task, "code": code})
    return at_hand.dossier


def begin(tx: Tx, dossier_id: int, offer: str) -> Dossier:
    """Begin an activity that free-form work offers: the id of an offer (`offers.offers`), or of its element, the first
    when several offer it. Raises NotAwaited, and Forbidden without the competence that the activity asks."""
    with handling(tx, dossier_id) as at_hand:
        offered = at_hand.instance.startable if at_hand.instance else ()
        found = next((each for each in offered if offer in (each.id, each.element.id)), None)
        if found is None or at_hand.instance is None:
            raise NotAwaited("Dit werk kan nu niet worden begonnen. Ververs de pagina: misschien is het al klaar.")
        _check_competence(tx, found.element.competence)
        at_hand.record("werk_begonnen", task=found.element.name, element=found.element.id)
        at_hand.instance.begin(found.id)
    return at_hand.dossier


def _write_form(at_hand: AtHand, task: Task, data: Mapping[str, Any]) -> None:
    form = at_hand.kind.form_of(task.form, task.local)
    if form is None:
        if data:
            raise InvalidInput({path: ["Deze taak heeft geen formulier."] for path in data})
        return
    actor = at_hand.tx.actor
    context = {**at_hand.record_context, **task.local}
    values = form.load(data, context, lambda field: may_see_field(actor, field.sensitivity))
    about_verzoek = {path: value for path, value in values.items() if path.partition(".")[0] in ABOUT_VERZOEK}
    at_hand.write({path: value for path, value in values.items() if path not in about_verzoek}, task=task.name)
    verzoek = at_hand.verzoek(str(task.local.get("punt"))) if about_verzoek else None
    for path, value in about_verzoek.items():
        group, _, field = path.partition(".")
        column = ABOUT_VERZOEK[group]
        setattr(verzoek, column, {**getattr(verzoek, column), field: value})
    at_hand.changed(*ABOUT_VERZOEK)


def _judge_again(at_hand: AtHand, task: Task) -> None:
    """What the hearing officer sent back counts as judged again when a task that serves it is done, or when the return
    was explained to the officer instead."""
    retour = at_hand.dossier.gegevens.get("retour") or {}
    judged = set(task.checks)
    if task.local.get("punt") and retour.get("besluit") == "uitgelegd":
        judged.add(str(task.local["punt"]))
    left = {code: why for code, why in at_hand.dossier.reopened.items() if code not in judged}
    if left != at_hand.dossier.reopened:
        at_hand.dossier.reopened = left
        at_hand.changed(codes=judged)


def _give_to(tx: Tx, task_id: str, medewerker_id: int | None, kind: str, **data: Any) -> Task:
    dossier, task = _locked_open(tx, task_id)
    _check_may_do(tx, task, giving=medewerker_id != tx.actor.id)
    if task.assignee_id != medewerker_id:
        task.assignee_id, task.claimed_at = medewerker_id, tx.now if medewerker_id else None
        history.record(tx, dossier, kind, task=task.name, **data)
    return task


def _readable(tx: Tx, task_id: str) -> Task:
    task = tx.session.get(Task, task_id)
    if task is None:
        raise NotFound("Deze taak bestaat niet, of hoort bij een andere locatie.")
    require_dossier(tx, task.dossier_id)
    return task


def _locked_open(tx: Tx, task_id: str) -> tuple[Dossier, Task]:
    """The dossier comes before its task, here as everywhere, so that two commands never wait for each other."""
    dossier_id = _readable(tx, task_id).dossier_id
    fresh = {"populate_existing": True}
    dossier = tx.session.scalars(
        select(Dossier).where(Dossier.id == dossier_id).with_for_update(), execution_options=fresh
    ).one()
    task = tx.session.scalars(select(Task).where(Task.id == task_id), execution_options=fresh).one()
    if task.status != TaskStatus.OPEN:
        raise _no_longer_open(tx, task)
    return dossier, task


def _no_longer_open(tx: Tx, task: Task) -> Conflict:
    who = tx.session.get(Medewerker, task.closed_by_id) if task.closed_by_id else None
    by = f" door {who.name}" if who else ""
    return Conflict(
        f"De taak '{task.name}' is al {task.status.value}{by}. "
        "Uw invoer is niet verwerkt; ga terug naar de werkvoorraad."
    )


def _check_may_do(tx: Tx, task: Task, giving: bool = False) -> None:
    """A colleague's task is the colleague's, unless a manager or planner hands it out; some tasks ask a competence."""
    if tx.actor.is_system:
        return
    if not giving:
        _check_competence(tx, task.competence)
    if task.assignee_id not in (None, tx.actor.id):
        if giving:
            require_role(tx, Role.MANAGER, Role.PLANNER)
            return
        who = tx.session.get(Medewerker, task.assignee_id)
        raise Conflict(f"{who.name if who else 'Een collega'} is met deze taak bezig. Kies een andere taak of overleg.")


def _check_competence(tx: Tx, competence: str | None) -> None:
    if competence is not None and not tx.actor.is_system and competence not in tx.actor.competences:
        raise Forbidden(f"Voor deze taak is de bevoegdheid '{competence}' nodig. Vraag een collega die haar heeft.")
