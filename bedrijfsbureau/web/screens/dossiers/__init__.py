"""/dossiers: one dossier, from its state of completeness to its history; a module for each tab."""

from flask import Blueprint

from bedrijfsbureau.web.screens.dossiers import (
    completeness,
    files,
    gegevens,
    history,
    listing,
    lists,
    process,
    stukken,
    termijnen,
    verzoeken,
    viewings,
)

TABS = (completeness, lists, stukken, files, gegevens, history, process, termijnen, verzoeken, viewings)

screen = Blueprint("dossiers", __name__, url_prefix="/dossiers")
screen.add_url_rule("", "index", listing.index)
screen.add_url_rule("/<int:dossier_id>", "show", completeness.show)
for tab in TABS:
    screen.register_blueprint(tab.screen)
