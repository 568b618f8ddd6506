"""/leren: which checks let through what came back, and which are let go often. Only numbers."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request

from bedrijfsbureau.actions.reasons import USUAL_WORDS
from bedrijfsbureau.queries import learning as queries
from bedrijfsbureau.queries import policies
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.learning import Period
from bedrijfsbureau.web.current import actor, reading_here, today
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
        names = {each: policies.name(tx, each) for each in soorten}
    told = [row for row in rows if row.total.returned or row.total.waived]
    return render_template(
        "learning/index.html", rows=rows, told=told, quiet=[row for row in rows if row not in told], names=names,
        soort=soort, versions=versions, version=version, months=months, words=USUAL_WORDS, minimum=queries.MINIMUM,
    )  # fmt: skip


@screen.get("/<soort>/<code>")
def show(soort: str, code: str) -> str:
    admit("learning.index")
    with reading_here() as tx:
        found = queries.by_code(tx, soort, _period(YEAR))
        returns = queries.returns(tx, soort, _period(YEAR), code)
        name = policies.name(tx, soort)
    if code not in found:
        abort(404)
    row = found[code]
    first = next((place for place, tally in enumerate(row.months.values()) if tally.applied), 0)
    months = {date.fromisoformat(f"{month}-01"): tally for month, tally in list(row.months.items())[first:]}
    return render_template(
        "learning/show.html", row=row, months=months, returns=returns, words=USUAL_WORDS, name=name,
        may_open=may_open_dossiers(actor()),
    )  # fmt: skip


def _period(months: int) -> Period:
    """So many calendar months back, the first one whole."""
    day: date = today().replace(day=1)
    for _ in range(min(max(months, 1), YEAR) - 1):
        day = (day - timedelta(days=1)).replace(day=1)
    return Period(day, today())
