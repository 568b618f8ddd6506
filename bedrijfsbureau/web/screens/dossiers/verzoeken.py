"""/dossiers/<id>/verzoeken: who was asked what, when, in which message, and what became of it."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import verzoeken as actions
from bedrijfsbureau.queries.rappel_history import of_dossier
from bedrijfsbureau.web.current import act_once, reading_here
from bedrijfsbureau.web.doors import may_open
from bedrijfsbureau.web.dossier.frame import open_dossier, page
from bedrijfsbureau.web.rappel_words import STATES

screen = Blueprint("verzoeken", __name__, url_prefix="/<int:dossier_id>/verzoeken")


@screen.get("")
def show(dossier_id: int) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        asked = of_dossier(tx, dossier_id)
        return page(tx, opened, "verzoeken", asked=asked, states=STATES, may_rappel=may_open("rappel.index"))


@screen.post("")
def remind(dossier_id: int) -> ResponseReturnValue:
    act_once(actions.remind_now, dossier_id, request.form.get("punt", ""))
    flash(_("De herinnering gaat mee met het volgende bericht."))
    return redirect(url_for(".show", dossier_id=dossier_id))
