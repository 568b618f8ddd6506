"""/meldingen: saying to have seen that a dossier is no longer ready for its gehoor."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import notices
from bedrijfsbureau.web.current import act_once

screen = Blueprint("notices", __name__, url_prefix="/meldingen")

BACK = {"gehoren": "gehoren.index", "werkvoorraad": "worklist.index"}


@screen.post("/<int:notice_id>/gezien")
def acknowledge(notice_id: int) -> ResponseReturnValue:
    act_once(notices.acknowledge, notice_id)
    flash(_("U hebt deze melding gezien. Uw collega's met dezelfde rol krijgen haar niet meer."))
    return redirect(url_for(BACK.get(request.form.get("terug", ""), "gehoren.index")))
