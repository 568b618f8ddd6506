"""/dossiers/<id>/taken, /termijnen and /relaties: what the frame of the page knows already, at length."""

from flask import Blueprint

from bedrijfsbureau.queries import dossier
from bedrijfsbureau.web.current import reading_here
from bedrijfsbureau.web.dossier.frame import open_dossier, page

screen = Blueprint("lists", __name__, url_prefix="/<int:dossier_id>")


@screen.get("/taken")
def tasks(dossier_id: int) -> str:
    with reading_here() as tx:
        return page(tx, open_dossier(tx, dossier_id), "tasks")


@screen.get("/termijnen")
def termijnen(dossier_id: int) -> str:
    with reading_here() as tx:
        return page(tx, open_dossier(tx, dossier_id), "termijnen")


@screen.get("/relaties")
def relaties(dossier_id: int) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        return page(tx, opened, "relaties", relaties=dossier.relaties(tx, dossier_id))
