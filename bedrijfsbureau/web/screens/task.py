"""/taken/<id>: the evidence left, the form right; save, complete and on to the next, give back, ask."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import tasks, verzoeken
from bedrijfsbureau.actions.command.access import WORKS_ON_DOSSIERS
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.dossiersoort import Field
from bedrijfsbureau.errors import BedrijfsbureauError, InvalidInput
from bedrijfsbureau.forms import Form, Row
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import task as queries
from bedrijfsbureau.queries.access import may_see_field
from bedrijfsbureau.queries.task import TaskPage
from bedrijfsbureau.web import evidence
from bedrijfsbureau.web.current import act, act_once, actor, looked_at, now, reading_here, today
from bedrijfsbureau.web.filled import ASKED, anchor, flat, parted, problems, questions, submitted
from bedrijfsbureau.web.formats import clock
from bedrijfsbureau.web.history import about, told
from bedrijfsbureau.web.screens.worklist import open_next

screen = Blueprint("task", __name__, url_prefix="/taken")

Errors: TypeAlias = Mapping[str, Sequence[str]]
NOTHING: Errors = {}


@screen.get("/<task_id>")
def show(task_id: str) -> ResponseReturnValue:
    return _page(task_id)


@screen.post("/<task_id>")
def complete(task_id: str) -> ResponseReturnValue:
    """The button says which: complete and go to the next task, or only save."""
    data = submitted(request.form)
    if request.form.get("actie") == "opslaan":
        act(tasks.save_draft, task_id, data)
        return redirect(url_for(".show", task_id=task_id))
    if _brings_up_questions(task_id, data):
        return _page(task_id, data, is_longer=True)
    try:
        act_once(tasks.complete, task_id, data)
    except InvalidInput as error:
        return _page(task_id, data, error.fields), 422
    with reading_here() as tx:
        done = queries.find(tx, task_id)
    flash(_("%(task)s is afgerond in %(number)s.", task=done.task.name, number=done.dossier.number))
    return open_next(task_id)


@screen.post("/<task_id>/concept")
def save_draft(task_id: str) -> str:
    """For a script that saves while someone types: one line that says whether it is kept."""
    try:
        act(tasks.save_draft, task_id, submitted(request.form))
    except BedrijfsbureauError as error:
        return render_template("task/saved.html", at=None, message=error.message)
    return render_template("task/saved.html", at=clock(now()), message="")


@screen.post("/<task_id>/nemen")
def claim(task_id: str) -> ResponseReturnValue:
    act_once(tasks.claim, task_id)
    return redirect(url_for(".show", task_id=task_id))


@screen.post("/<task_id>/terug")
def give_back(task_id: str) -> ResponseReturnValue:
    act_once(tasks.give_back, task_id)
    flash(_("De taak is terug bij het team."))
    return redirect(url_for("worklist.index"))


@screen.post("/<task_id>/opvragen")
def ask(task_id: str) -> ResponseReturnValue:
    """Ask the partij of one check for what is missing."""
    with reading_here() as tx:
        dossier_id = queries.find(tx, task_id).dossier.id
    act_once(verzoeken.ask, dossier_id, request.form.get("punt", ""), request.form.get("tekst", "").strip())
    flash(_("Het verzoek gaat mee met het volgende bericht aan deze partij."))
    return redirect(url_for(".show", task_id=task_id))


def _brings_up_questions(task_id: str, data: Mapping[str, Any]) -> bool:
    """Whether these answers ask for more than stood on the page, so that nobody skips a question unseen."""
    if ASKED not in request.form:
        return False
    with reading_here() as tx:
        page = queries.find(tx, task_id)
        kind = load_kind(tx, page.dossier.process_version_id, page.dossier.policy_version_id)
    _reading, filling = parted(_rows(kind.form_of(page.task.form, page.task.local), page, kind, data, NOTHING))
    return _situation(page) == "mijn" and not set(questions(filling)) <= set(request.form[ASKED].split())


def _page(
    task_id: str, data: Mapping[str, Any] | None = None, errors: Errors = NOTHING, *, is_longer: bool = False
) -> str:
    """`data`, `errors`: what was posted and refused; without it the draft, if there is one."""
    with reading_here() as tx:
        page = queries.find(tx, task_id)
        looked_at(page.dossier.id, "task", page.task.name)
        kind = load_kind(tx, page.dossier.process_version_id, page.dossier.policy_version_id)
    form = kind.form_of(page.task.form, page.task.local)
    rows = _rows(form, page, kind, page.task.draft if data is None else data, errors)
    reading, filling = parted(rows)
    points = evidence.points(kind, page)
    return render_template(
        "task/show.html",
        task=page.task, dossier=page.dossier, situation=_situation(page),
        may_assign=actor().role in (Role.MANAGER, Role.PLANNER),
        reading=reading, filling=filling, problems=problems(rows, errors), anchor=anchor,
        asked=list(questions(filling)), is_longer=is_longer,
        has_required=any(row.required for row in flat(filling)),
        shown=partial(evidence.shown, kind, page.dossier.gegevens),
        facts=evidence.facts(kind, page, actor(), rows), points=points, others=evidence.others(page, points),
        lacks=evidence.lacks(kind, page, today(), filling), pieces=evidence.pieces(kind, page),
        stukken=page.stukken, kinds=kind.soort.stukken,
        events=about(page.events, {point.code for point in points}), told=told,
    )  # fmt: skip


def _rows(form: Form | None, page: TaskPage, kind: Kind, data: Mapping[str, Any], errors: Errors) -> list[Row]:
    if form is None:
        return []
    gegevens = {group.name: page.dossier.gegevens.get(group.name) for group in kind.soort.record.groups}
    return form.view(gegevens, errors, data or None, page.task.local, _allowed)


def _allowed(field: Field) -> bool:
    return may_see_field(actor(), field.sensitivity)


def _situation(page: TaskPage) -> str:
    """Which of the panels stands right: gesloten, meekijken, bevoegdheid, mijn, collega or vrij."""
    who, task = actor(), page.task
    if not task.is_open:
        return "gesloten"
    if who.role not in WORKS_ON_DOSSIERS:
        return "meekijken"
    if task.competence is not None and task.competence not in who.competences:
        return "bevoegdheid"
    if task.assignee_id is None:
        return "vrij"
    return "mijn" if task.assignee_id == who.id else "collega"
