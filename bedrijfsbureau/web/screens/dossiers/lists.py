"""/dossiers/<id>/taken and /relaties: what the frame of the page knows already, at length."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import tasks as actions
from bedrijfsbureau.queries import dossier
from bedrijfsbureau.web.current import act_once, reading_here
from bedrijfsbureau.web.dossier.frame import open_dossier, page

screen = Blueprint("lists", __name__, url_prefix="/<int:dossier_id>")


@screen.get("/taken")
def tasks(dossier_id: int) -> str:
    with reading_here() as tx:
        return page(tx, open_dossier(tx, dossier_id), "tasks")


@screen.post("/werk")
def begin(dossier_id: int) -> ResponseReturnValue:
    """Free-form work: what was begun is a task on the worklist from now on, or was done by the system at once."""
    act_once(actions.begin, dossier_id, request.form.get("werk", ""))
    flash(_("Het werk is begonnen. Een taak staat nu ook in de werkvoorraad van het team."))
    return redirect(url_for(".tasks", dossier_id=dossier_id))


@screen.get("/relaties")
def relaties(dossier_id: int) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        return page(tx, opened, "relaties", relaties=dossier.relaties(tx, dossier_id))
