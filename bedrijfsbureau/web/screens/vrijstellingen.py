"""/vrijstellingen: what colleagues let go and ask a second person to confirm; and how often each check is let go."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from bedrijfsbureau import checks
from bedrijfsbureau.actions.vrijstellingen import may_waive
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import policies
from bedrijfsbureau.queries import vrijstellingen as queries
from bedrijfsbureau.queries.vrijstellingen import AskedLine
from bedrijfsbureau.web.current import actor, reading_here
from bedrijfsbureau.web.doors import admit

screen = Blueprint("vrijstellingen", __name__, url_prefix="/vrijstellingen")

COUNTING = frozenset({Role.PROCESEIGENAAR, Role.MANAGER, Role.PLANNER, Role.AUDITOR})


@screen.get("")
def index() -> ResponseReturnValue:
    admit("vrijstellingen.index")
    with reading_here() as tx:
        asked = to_confirm(tx)
        counted = queries.per_check(tx) if actor().role in COUNTING else None
        soorten = {row.soort for row in counted or ()}
        titles = {soort: {**checks.titles(), **policies.titles(tx, soort)} for soort in soorten}
        names = {soort: policies.name(tx, soort) for soort in soorten}
    return render_template("vrijstellingen/index.html", asked=asked, counted=counted, titles=titles, names=names)


def to_confirm(tx: Tx) -> list[AskedLine]:
    """What waits for this colleague: asked by another, of a check that the policy lets this one waive."""
    return [line for line in queries.asked(tx) if may_waive(tx.actor, line.waiver)]
