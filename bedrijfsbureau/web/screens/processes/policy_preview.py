"""/processen/<soort>/beleid/proeven/<id>: a policy tried on all running dossiers; each number leads to its dossiers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau import checks
from bedrijfsbureau.actions.previewing import previews as actions
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import BedrijfsbureauError, Forbidden, NotFound
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import policies, previews, processes
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.previews import Try
from bedrijfsbureau.web.current import act, act_once, actor, reading_here
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.policy import words
from bedrijfsbureau.web.screens.processes.policy_draft import draft_here

screen = Blueprint("policy_preview", __name__, url_prefix="/<soort>/beleid/proeven")


@screen.post("")
def start(soort: str) -> ResponseReturnValue:
    if actor().role is not Role.PROCESEIGENAAR:
        raise Forbidden("Een proef start de proceseigenaar.")
    with reading_here() as tx:
        draft_id = draft_here(tx, soort).id
    try:
        preview = act_once(actions.start, draft_id)
    except BedrijfsbureauError as error:
        flash(error.message)
        return redirect(url_for("processes.policy_draft.show", soort=soort))
    return redirect(url_for(".show", soort=soort, preview_id=preview.id))


@screen.post("/proces")
def start_process(soort: str) -> ResponseReturnValue:
    """The decision tables of the draft of the process."""
    if actor().role is not Role.PROCESEIGENAAR:
        raise Forbidden("Een proef start de proceseigenaar.")
    with reading_here() as tx:
        draft = processes.soort(tx, soort).draft
    if draft is None:
        raise NotFound("Er is geen concept. Wijzig eerst iets in de editor.")
    try:
        preview = act_once(actions.start_process, draft.id)
    except BedrijfsbureauError as error:
        flash(error.message)
        return redirect(url_for("processes.draft.show", soort=soort))
    return redirect(url_for(".show", soort=soort, preview_id=preview.id))


@screen.get("/<int:preview_id>")
def show(soort: str, preview_id: int) -> str:
    admit("processes.index")
    with reading_here() as tx:
        return _rendered(tx, "processes/policy_preview.html", _of(tx, soort, preview_id))


@screen.get("/<int:preview_id>/stand")
def progress(soort: str, preview_id: int) -> ResponseReturnValue:
    """The part of the page that changes while it runs; at its end the page is asked anew."""
    admit("processes.index")
    with reading_here() as tx:
        preview = _of(tx, soort, preview_id)
        page = _rendered(tx, "processes/policy_progress.html", preview)
    return page, {} if preview.is_running else {"HX-Refresh": "true"}


@screen.post("/<int:preview_id>/stoppen")
def stop(soort: str, preview_id: int) -> ResponseReturnValue:
    act(actions.stop, preview_id)
    flash(_("De proef is gestopt."))
    return redirect(url_for(".show", soort=soort, preview_id=preview_id))


def _rendered(tx: Tx, template: str, preview: Try) -> str:
    titles = {**checks.titles(), **policies.titles(tx, preview.soort), **previews.titles(tx, preview.id)}
    return render_template(
        template,
        soort=preview.soort, name=policies.name(tx, preview.soort), preview=preview, titles=titles, words=words,
        summary=previews.summary(tx, preview), is_owner=actor().role is Role.PROCESEIGENAAR,
        may_open=may_open_dossiers(actor()), tasks=policies.task_names(tx, preview.soort),
        is_current=previews.is_of_draft(tx, preview), settings_changed=previews.changes_settings(tx, preview),
    )  # fmt: skip


def _of(tx: Tx, soort: str, preview_id: int) -> Try:
    preview = previews.preview(tx, preview_id)
    if preview.soort != soort:
        raise NotFound("Deze proef bestaat niet.")
    return preview
