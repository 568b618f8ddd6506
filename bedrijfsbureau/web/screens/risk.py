"""/risicolijst: dossiers by how many days are left of each of their terms."""

from datetime import date

from flask import Blueprint, abort, render_template, request

from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import dossiers, risk
from bedrijfsbureau.queries.risk import LATE, URGENT, WARNED, Filter, Position
from bedrijfsbureau.web import filters
from bedrijfsbureau.web.blockers import blockers
from bedrijfsbureau.web.current import actor, reading_here
from bedrijfsbureau.web.doors import admit

screen = Blueprint("risk", __name__, url_prefix="/risicolijst")

LEVELS = (LATE, URGENT, WARNED)


@screen.get("")
def index() -> str:
    admit("risk.index")
    wanted = _filter()
    with reading_here() as tx:
        page = risk.page(tx, wanted, _position(request.args.get("na")))
        counts = risk.counts(tx, Filter(locatie_id=wanted.locatie_id))
        locaties = dossiers.locaties(tx)
    return render_template(
        "risk/index.html",
        page=page, counts=counts, wanted=wanted, after="_".join(map(str, page.after)) if page.after else None,
        is_first=not request.args.get("na"), locaties=locaties if actor().locatie_id is None else {},
        blockers=blockers, stage_words=filters.STAGES, address=_address, to_rules=actor().role is Role.MANAGER,
    )  # fmt: skip


def _filter() -> Filter:
    """From the parameters of an address; one that was made up is refused with 400."""
    level, locatie = request.args.get("stand", ""), request.args.get("locatie", "")
    if level not in ("", *LEVELS) or (locatie and not (locatie.isascii() and locatie.isdigit() and len(locatie) < 10)):
        abort(400)
    return Filter(int(locatie) if locatie else None, request.args.get("termijn", "")[:100], level)


def _address(wanted: Filter, **changes: str | int | None) -> dict[str, str | int]:
    """The parameters of the same list with another choice."""
    parts = {"locatie": wanted.locatie_id, "termijn": wanted.term, "stand": wanted.level, **changes}
    return {name: value for name, value in parts.items() if value}


def _position(text: str | None) -> Position | None:
    if not text:
        return None
    try:
        on, number, kind = text.split("_", 2)
        return Position(date.fromisoformat(on), int(number), kind)
    except ValueError:
        abort(400)
