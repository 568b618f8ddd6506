"""/werkvoorraad: queues of tasks; take and give back, one or many, and undo it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from bedrijfsbureau.actions import tasks
from bedrijfsbureau.errors import BedrijfsbureauError, Conflict, InvalidInput
from bedrijfsbureau.model import NO_DUE, Role
from bedrijfsbureau.queries import most_helpful, notices, worklist
from bedrijfsbureau.queries.most_helpful import Helpful
from bedrijfsbureau.queries.worklist import Position, Queue, Row, end_of_week
from bedrijfsbureau.web.current import act, actor, now, reading_here, today
from bedrijfsbureau.web.formats import clock
from bedrijfsbureau.web.screens import vrijstellingen

screen = Blueprint("worklist", __name__, url_prefix="/werkvoorraad")

TITLES = {
    Queue.MINE: lazy_gettext("Mijn taken"),
    Queue.TEAM: lazy_gettext("Mijn team"),
    Queue.LOCATIE: lazy_gettext("Mijn locatie"),
    Queue.WAITING: lazy_gettext("Wacht op derden"),
    Queue.THIS_WEEK: lazy_gettext("Loopt deze week af"),
    Queue.RETURNED: lazy_gettext("Teruggezonden"),
}
CHANGES: dict[str, Callable[..., Any]] = {"neem": tasks.claim, "terug": tasks.give_back}
UNDO = {"neem": "terug", "terug": "neem"}
MOST_HELPFUL = "helpt-het-meest"  # an order, as it stands in the address
TOLD = frozenset({Role.HOORMEDEWERKER, Role.PLANNER})  # who is told that a dossier is no longer ready for its gehoor
LAST = "laatst"  # in the session: the last change, its tasks and the moment, so that it can be undone


@dataclass(frozen=True)
class Group:
    title: str
    rows: Sequence[Row]
    is_whole: bool  # no further rows of this group on the next page


@screen.get("", defaults={"name": Queue.MINE.value})
@screen.get("/<name>")
def index(name: str) -> ResponseReturnValue:
    if name not in set(Queue):
        abort(404)
    queue, kind, helpful = Queue(name), request.args.get("taak", ""), request.args.get("volgorde") == MOST_HELPFUL
    with reading_here() as tx:
        ranked = most_helpful.ranked(tx, queue) if helpful else ()
        position = _position(request.args.get("na"))
        page = worklist.Page((), None) if helpful else worklist.page(tx, queue, kind, position)
        counts = worklist.counts(tx)
        kinds = worklist.names(tx, queue)
        told = notices.unseen(tx) if actor().role in TOLD else ()
        to_confirm = len(vrijstellingen.to_confirm(tx))
    return render_template(
        "worklist/index.html",
        queue=queue, titles=TITLES, Queue=Queue, counts=counts, kinds=kinds, kind=kind,
        groups=_by_help(ranked) if helpful else _groups(page.rows, whole=page.after is None),
        helpful=helpful, gains={each.row.task_id: each for each in ranked},
        after=_written(page.after) if page.after else None,
        is_first=not request.args.get("na"),
        last=session.get(LAST), waiting=_waiting, notices=told, to_confirm=to_confirm,
    )  # fmt: skip


@screen.post("/volgende")
def next_task() -> ResponseReturnValue:
    """Open the task to do next. One of the team is taken at once; when a colleague was first, the one after it."""
    return open_next(request.form.get("behalve", ""))


def open_next(skip: str = "") -> ResponseReturnValue:
    for _attempt in range(5):
        with reading_here() as tx:
            task_id = worklist.next_task(tx, but=skip)
        if task_id is None:
            return redirect(url_for("worklist.index"))
        try:
            act(tasks.claim, task_id)
        except Conflict:
            continue
        return redirect(url_for("task.show", task_id=task_id))
    return redirect(url_for("worklist.index", name=Queue.TEAM))


@screen.post("/taken")
def change() -> ResponseReturnValue:
    """Take or give back every ticked task, each in a transaction of its own: a refusal stops only itself."""
    chosen = request.form.getlist("taak")
    if not chosen:
        raise InvalidInput({}, _("U hebt geen taak geselecteerd. Ga terug en selecteer een taak."))
    _change_all(request.form.get("actie", ""), chosen)
    return redirect(_queue_address())


@screen.post("/ongedaan")
def undo() -> ResponseReturnValue:
    last = session.get(LAST)
    if last and last["taken"]:
        _change_all(UNDO[last["actie"]], last["taken"])
    return redirect(_queue_address())


def _change_all(change: str, chosen: Sequence[str]) -> None:
    if change not in CHANGES:
        abort(400)
    done, refused = [], []
    for task_id in chosen[: worklist.PAGE]:
        try:
            act(CHANGES[change], task_id)
            done.append(task_id)
        except BedrijfsbureauError as error:
            refused.append(error.message)
    session[LAST] = {"actie": change, "taken": done, "om": clock(now()), "tekst": _told(change, len(done), refused)}


def _told(change: str, done: int, refused: list[str]) -> str:
    if change == "neem":
        text = ngettext("%(num)d taak genomen.", "%(num)d taken genomen.", done)
    else:
        text = ngettext("%(num)d taak terug naar het team.", "%(num)d taken terug naar het team.", done)
    if refused:
        text += " " + ngettext("%(num)d lukte niet:", "%(num)d lukten niet:", len(refused)) + " " + refused[0]
    return str(text)


def _queue_address() -> str:
    name = request.form.get("lijst", "")
    return url_for(".index", name=name if name in set(Queue) else Queue.MINE)


def _by_help(ranked: Sequence[Helpful]) -> list[Group]:
    rows = [each.row for each in ranked]
    return [Group(_("Wat de meeste dossiers op tijd behandelklaar maakt"), rows, False)] if rows else []


def _groups(rows: Sequence[Row], whole: bool) -> list[Group]:
    """The rows of a page under the day they are due, in the order they came."""
    limits = (
        (today(), _("Vandaag")),
        (end_of_week(today()), _("Deze week")),
        (NO_DUE - timedelta(days=1), _("Later")),
        (NO_DUE, _("Zonder datum")),
    )
    found: dict[str, list[Row]] = {}
    for row in rows:
        title = next(title for limit, title in limits if row.due_on <= limit)
        found.setdefault(title, []).append(row)
    names = list(found)
    return [Group(name, found[name], whole or name != names[-1]) for name in names]


def _waiting(row: Row, queue: Queue) -> list[dict[str, Any]]:
    """Who must move before this task can: for its own checks; in the queue of waiting dossiers for any that blocks."""
    verdicts = [row.verdicts[code] for code in row.checks if code in row.verdicts]
    if queue is Queue.WAITING:
        verdicts += [verdict for verdict in row.verdicts.values() if verdict["blocking"]]
    return [dict(verdict) for verdict in verdicts if verdict["state"] == "wacht op"]


def _position(text: str | None) -> Position | None:
    """Raises 400 for an address that someone made up."""
    if not text:
        return None
    try:
        due_on, priority, task_id = text.split("_", 2)
        return Position(date.fromisoformat(due_on), int(priority), task_id)
    except ValueError:
        abort(400)


def _written(position: Position) -> str:
    return f"{position.due_on}_{position.priority}_{position.task_id}"
