"""/termijnregels: the rules behind the terms, what recomputing one would change, and the runs that do it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.actions.recompute import recompute_runs
from bedrijfsbureau.model import Role, RunStatus, TermijnRun
from bedrijfsbureau.queries import risk
from bedrijfsbureau.termijnen import in_force, rule_named
from bedrijfsbureau.termijnen.shipped import own_place
from bedrijfsbureau.web.current import act_once, actor, reading_here
from bedrijfsbureau.web.doors import admit

screen = Blueprint("termijnregels", __name__, url_prefix="/termijnregels")

STATES = {
    RunStatus.RUNNING: lazy_gettext("bezig"),
    RunStatus.PAUSED: lazy_gettext("gepauzeerd"),
    RunStatus.DONE: lazy_gettext("klaar"),
}
OWNERS = frozenset({Role.PROCESEIGENAAR, Role.MANAGER})


@screen.get("")
def index() -> str:
    _admit()
    with reading_here() as tx:
        return render_template(
            "termijnregels/index.html", rules=in_force().values(), used=risk.with_rule(tx), runs=risk.runs(tx),
            states=STATES, own_place=own_place(), undone=_undone(risk.runs(tx)), may_run=actor().role in OWNERS,
        )  # fmt: skip


@screen.get("/<key>")
def preview(key: str) -> str:
    """What recomputing would change; nothing is written."""
    _admit()
    rule = rule_named(key)
    with reading_here() as tx:
        made = recompute_runs.preview(tx, key) if rule.versions and actor().role in OWNERS else None
    return render_template("termijnregels/preview.html", rule=rule, preview=made)


@screen.post("/<key>")
def start(key: str) -> ResponseReturnValue:
    return _do(_start(key), _("De herberekening is gestart; de worker voert haar uit."))


@screen.post("/herberekening/<int:run_id>/<what>")
def turn(run_id: int, what: str) -> ResponseReturnValue:
    acts: dict[str, tuple[Callable[[], TermijnRun], str]] = {
        "pauzeren": (lambda: act_once(recompute_runs.pause, run_id), _("Gepauzeerd.")),
        "verder": (lambda: act_once(recompute_runs.go_on, run_id), _("De herberekening gaat verder.")),
        "terugdraaien": (
            lambda: act_once(recompute_runs.undo, run_id, by_worker=True), _("De herberekening wordt teruggedraaid."),
        ),
    }  # fmt: skip
    if what not in acts:
        return redirect(url_for(".index"))
    return _do(*acts[what])


def _start(key: str) -> Callable[[], TermijnRun]:
    return lambda: act_once(recompute_runs.start, key, by_worker=True)


def _do(act: Callable[[], TermijnRun], said: str) -> ResponseReturnValue:
    _admit()
    act()
    flash(said)
    return redirect(url_for(".index"))


def _admit() -> None:
    """Raises Forbidden."""
    if actor().role is not Role.MANAGER:
        admit("termijnregels.index")


def _undone(runs: tuple[TermijnRun, ...]) -> set[int]:
    return {run.undo_of for run in runs if run.undo_of is not None}
