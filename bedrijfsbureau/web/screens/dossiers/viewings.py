"""/dossiers/<id>/inzage: who looked at this dossier, for the auditor."""

from flask import Blueprint, request
from flask_babel import lazy_gettext

from bedrijfsbureau.queries import viewings as queries
from bedrijfsbureau.web.current import reading_here
from bedrijfsbureau.web.dossier.frame import open_dossier, page

screen = Blueprint("viewings", __name__, url_prefix="/<int:dossier_id>/inzage")

PARTS = {
    "completeness": lazy_gettext("Compleetheid"),
    "tasks": lazy_gettext("Taken"),
    "stukken": lazy_gettext("Stukken"),
    "stuk": lazy_gettext("Stuk gedownload"),
    "gegevens": lazy_gettext("Gegevens"),
    "gegevens_form": lazy_gettext("Gegevens"),
    "termijnen": lazy_gettext("Termijnen"),
    "verzoeken": lazy_gettext("Verzoeken"),
    "relaties": lazy_gettext("Relaties"),
    "history": lazy_gettext("Verloop"),
    "export": lazy_gettext("Verloop gedownload"),
    "process": lazy_gettext("Proces"),
    "viewings": lazy_gettext("Inzage"),
    "task": lazy_gettext("Taak"),
    "gehoor": lazy_gettext("Gehoor"),
}


@screen.get("")
def show(dossier_id: int) -> str:
    before = request.args.get("voor", None, int)
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        lines = queries.page(tx, dossier_id, before)
        older = lines[-1].id if len(lines) == queries.PAGE else None
        return page(tx, opened, "viewings", lines=lines, parts=PARTS, older=older, is_first=before is None)
