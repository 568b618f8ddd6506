"""/zoeken: by dossier number or V-nummer. The question is posted: no number of a person stands in an address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bedrijfsbureau.queries import search
from bedrijfsbureau.web.current import reading_here, today

screen = Blueprint("search", __name__)


@screen.get("/zoeken")
def form() -> str:
    return render_template("search/results.html", question="", found=None)


@screen.post("/zoeken")
def find() -> ResponseReturnValue:
    question = request.form.get("q", "").strip()[:100]
    with reading_here() as tx:
        found = search.dossiers(tx, question, today().year)
    if len(found) == 1:
        return redirect(url_for("dossiers.show", dossier_id=found[0].id))
    return render_template("search/results.html", question=question, found=found)
