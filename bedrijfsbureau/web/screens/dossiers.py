"""/dossiers: one dossier, from its state of completeness to its history."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from bedrijfsbureau.queries import dossier
from bedrijfsbureau.web.current import reading_here

screen = Blueprint("dossiers", __name__, url_prefix="/dossiers")


@screen.get("/<int:dossier_id>")
def show(dossier_id: int) -> ResponseReturnValue:
    with reading_here() as tx:
        found = dossier.head(tx, dossier_id)
    return render_template("dossiers/show.html", dossier=found)
