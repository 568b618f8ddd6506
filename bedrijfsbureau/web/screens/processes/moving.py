"""/processen/<soort>/<target>/verhuizen/<source>: running dossiers go on in this version; a plan, a try, a batch."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau import engine
from bedrijfsbureau.actions.moving import move_runs
from bedrijfsbureau.actions.moving.plans import Plan, Route, read_route
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import MoveKind, MoveState, Role
from bedrijfsbureau.queries import moves, processes
from bedrijfsbureau.queries.processes import Soort, Version
from bedrijfsbureau.web.current import act_once, actor, reading_here
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.process import mapping
from bedrijfsbureau.web.process.steps import kind_of

screen = Blueprint("moving", __name__, url_prefix="/<soort>/<int:target>/verhuizen/<int:source>")

KINDS = {
    MoveKind.TRY: lazy_gettext("Proef"),
    MoveKind.MOVE: lazy_gettext("Verhuizing"),
    MoveKind.UNDO: lazy_gettext("Terugzetten"),
}
STATES = {
    MoveState.BUSY: lazy_gettext("bezig"),
    MoveState.PAUSED: lazy_gettext("gepauzeerd"),
    MoveState.DONE: lazy_gettext("klaar"),
    MoveState.STOPPED: lazy_gettext("gestopt"),
}


@screen.get("")
def show(soort: str, target: int, source: int) -> str:
    admit("processes.index")
    with reading_here() as tx:
        versions = processes.soort(tx, soort)
        before, after = _version(versions, source), _version(versions, target)
        route = _route(tx, soort, source, target)
        steps = engine.outline(processes.files(tx, before.id))
        table = mapping.rows(route, steps, processes.at_elements(tx, before.id))
        progress = _progress(tx, soort, source, target)
    return render_template(
        "processes/moving.html",
        soort=soort, source=before, target=after, table=table, kind_of=kind_of, field=mapping.FIELD,
        is_owner=actor().role is Role.PROCESEIGENAAR, **progress, **_next(progress["runs"], route, before),
    )  # fmt: skip


@screen.get("/stand")
def progress(soort: str, target: int, source: int) -> ResponseReturnValue:
    """The part of the page that changes while a batch runs; at its end the page is asked anew, with what is next."""
    admit("processes.index")
    with reading_here() as tx:
        shown = _progress(tx, soort, source, target)
    is_owner = actor().role is Role.PROCESEIGENAAR
    is_over = not any(run.finished_at is None for run in shown["runs"][:1])
    page = render_template("processes/progress.html", soort=soort, is_owner=is_owner, **shown)
    return page, {"HX-Refresh": "true"} if is_over else {}


@screen.post("/plan")
def save(soort: str, target: int, source: int) -> ResponseReturnValue:
    _keep_plan(soort, source, target)
    flash(_("Het plan is bewaard. Doe nu een proef: er verandert dan nog niets."))
    return redirect(url_for(".show", soort=soort, target=target, source=source))


@screen.post("")
def change(soort: str, target: int, source: int) -> ResponseReturnValue:
    """The pressed button. A try is with the plan as it is on the screen, saved or not."""
    plan, run_id = Plan(soort, source, target, {}), request.form.get("run", 0, int)
    deeds: Mapping[str, Callable[[], Any]] = {
        "proef": lambda: act_once(move_runs.order, plan, MoveKind.TRY),
        "verhuizen": lambda: act_once(move_runs.order, plan, MoveKind.MOVE),
        "terugzetten": lambda: act_once(move_runs.order, plan, MoveKind.UNDO),
        "pauzeren": lambda: act_once(move_runs.pause, run_id),
        "verder": lambda: act_once(move_runs.go_on, run_id),
        "stoppen": lambda: act_once(move_runs.stop, run_id),
    }
    deed = deeds.get(request.form.get("actie", ""))
    if deed is None:
        abort(400)
    try:
        if any(name.startswith(mapping.FIELD) for name in request.form):
            _keep_plan(soort, source, target)
        deed()
    except (Conflict, InvalidInput) as late:  # the page that follows shows how things are now
        flash(late.message)
    return redirect(url_for(".show", soort=soort, target=target, source=source))


def _keep_plan(soort: str, source: int, target: int) -> None:
    with reading_here() as tx:
        route = _route(tx, soort, source, target)
    act_once(move_runs.save_plan, Plan(soort, source, target, mapping.posted(route, request.form)))


def _progress(tx: Tx, soort: str, source: int, target: int) -> dict[str, Any]:
    runs = moves.runs(tx, soort, source, target)
    return {
        "runs": runs, "reasons": moves.reasons(tx, runs[0].id) if runs else (), "kinds": KINDS, "states": STATES,
        "place": {"soort": soort, "source": source, "target": target},
    }  # fmt: skip


def _next(runs: Any, route: Route, before: Version) -> dict[str, bool]:
    """What can be done now: a try first, and a move when the last try was with this plan and something can move."""
    latest = runs[0] if runs else None
    is_busy = latest is not None and latest.finished_at is None
    tries = [run for run in runs if run.kind is MoveKind.TRY and run.finished_at is not None]
    is_tried = bool(tries) and tries[0].mapping == dict(route.mapping)
    return {
        "is_busy": is_busy,
        "may_try": not is_busy and before.running > 0,
        "may_move": not is_busy and before.running > 0 and is_tried and tries[0].moved > 0,
        "may_undo": not is_busy and any(run.kind is MoveKind.MOVE and run.moved for run in runs),
    }


def _route(tx: Tx, soort: str, source: int, target: int) -> Route:
    return read_route(tx, Plan(soort, source, target, moves.mapping(tx, soort, source, target) or {}))


def _version(versions: Soort, number: int) -> Version:
    for version in versions.versions:
        if version.number == number and version.published_at:
            return version
    raise NotFound("Deze versie bestaat niet, of is nog niet gepubliceerd.")
