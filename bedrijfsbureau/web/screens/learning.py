"""/leren: which checks let through what came back, and which are let go often. Only numbers."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request

from bedrijfsbureau.actions.reasons import USUAL_WORDS
from bedrijfsbureau.queries import learning as queries
from bedrijfsbureau.queries.learning import Period
from bedrijfsbureau.web.current import reading_here, today
from bedrijfsbureau.web.doors import admit

screen = Blueprint("learning", __name__, url_prefix="/leren")

YEAR = 12  # months


@screen.get("")
def index() -> str:
    admit("learning.index")
    months, version = request.args.get("maanden", YEAR, int), request.args.get("versie", None, int)
    with reading_here() as tx:
        soorten = queries.soorten(tx)
        soort = request.args.get("soort") or (soorten[0] if soorten else "")
        rows = queries.rows(tx, soort, _period(months), version) if soort else []
        versions = queries.versions(tx, soort)
    return render_template(
        "learning/index.html", rows=rows, soorten=soorten, soort=soort, versions=versions, version=version,
        months=months, words=USUAL_WORDS, minimum=queries.MINIMUM,
    )  # fmt: skip


@screen.get("/<soort>/<code>")
def show(soort: str, code: str) -> str:
    admit("learning.index")
    with reading_here() as tx:
        found = queries.by_code(tx, soort, _period(YEAR))
    if code not in found:
        abort(404)
    return render_template("learning/show.html", row=found[code], words=USUAL_WORDS)


def _period(months: int) -> Period:
    """So many calendar months back, the first one whole."""
    day: date = today().replace(day=1)
    for _ in range(min(max(months, 1), YEAR) - 1):
        day = (day - timedelta(days=1)).replace(day=1)
    return Period(day, today())
