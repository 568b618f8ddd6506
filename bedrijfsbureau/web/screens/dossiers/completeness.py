"""/dossiers/<id>: why it is not ready, who moves next, and what one can do about each check."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import tasks, verzoeken, vrijstellingen
from bedrijfsbureau.actions.command.at_hand import look
from bedrijfsbureau.actions.what_if import what_if
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.queries import dossier, history, stukken
from bedrijfsbureau.queries.task import open_verzoeken
from bedrijfsbureau.web.current import act_once, reading_here
from bedrijfsbureau.web.dates import posted_date
from bedrijfsbureau.web.dossier.frame import open_dossier, page
from bedrijfsbureau.web.dossier.items import Around, items
from bedrijfsbureau.web.dossier.what_if import lines, overtaken
from bedrijfsbureau.web.history import told

screen = Blueprint("completeness", __name__, url_prefix="/<int:dossier_id>/punten")

LONGEST = 4000  # characters of a question or a reason


def show(dossier_id: int) -> str:
    return _page(dossier_id)


@screen.post("/<code>/opvragen")
def ask(dossier_id: int, code: str) -> ResponseReturnValue:
    partij, text = _posted("partij"), _posted("tekst")
    act_once(verzoeken.ask, dossier_id, code, text, partij or None)
    flash(_("Het verzoek gaat mee met het volgende bericht aan deze partij."))
    return _back(dossier_id, code)


@screen.post("/<code>/taak")
def start(dossier_id: int, code: str) -> ResponseReturnValue:
    act_once(tasks.start_task, dossier_id, code)
    flash(_("De taak is gestart."))
    return _back(dossier_id, code)


@screen.post("/<code>/vrijstellen")
def waive(dossier_id: int, code: str) -> ResponseReturnValue:
    """What is wrong in the form is said beside its fields, and what was typed stays."""
    try:
        until = posted_date(request.form, "tot")
        act_once(vrijstellingen.grant, dossier_id, code, _posted("reden"), until, _posted("grond"))
    except InvalidInput as error:
        return _page(dossier_id, code, error.fields), 422
    if request.form.get("vier_ogen"):
        flash(_("De vrijstelling is aangevraagd. Zij telt pas als een collega haar bevestigt."))
    else:
        flash(_("Het punt is vrijgesteld."))
    return _back(dossier_id, code)


@screen.post("/<code>/vrijstelling/bevestigen")
def confirm(dossier_id: int, code: str) -> ResponseReturnValue:
    act_once(vrijstellingen.confirm, dossier_id, request.form.get("vrijstelling", 0, int))
    flash(_("U hebt de vrijstelling bevestigd: het punt houdt het dossier niet meer tegen."))
    return _back(dossier_id, code)


@screen.post("/<code>/vrijstelling/intrekken")
def withdraw(dossier_id: int, code: str) -> ResponseReturnValue:
    try:
        act_once(vrijstellingen.withdraw, dossier_id, request.form.get("vrijstelling", 0, int), _posted("waarom"))
    except InvalidInput as error:
        return _page(dossier_id, code, error.fields), 422
    flash(_("De vrijstelling geldt niet: het punt telt mee."))
    return _back(dossier_id, code)


def _page(dossier_id: int, failed: str = "", errors: dict[str, list[str]] | None = None) -> str:
    """`failed`, `errors`: the check whose form was refused, and why."""
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        found = what_if(look(tx, dossier_id)) if opened.head.closed_at is None else None
        around = Around(
            stukken.of_dossier(tx, dossier_id),
            open_verzoeken(tx, dossier_id),
            dossier.vrijstellingen(tx, dossier_id),
            history.verdict_changes(tx, dossier_id),
            found,
        )
        return page(
            tx, opened, "completeness",
            items=items(opened, around, tx.actor), told=told, failed=failed, errors=errors or {}, posted=request.form,
            arrivals=lines(found) if found else [], grounds=vrijstellingen.grounds(opened.kind.policy),
            policy_number=opened.kind.policy_number, overtaken=overtaken(found, opened.head.verdicts) if found else [],
        )  # fmt: skip


def _posted(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _back(dossier_id: int, code: str) -> ResponseReturnValue:
    return redirect(url_for("dossiers.show", dossier_id=dossier_id, _anchor=f"punt-{code}"))
