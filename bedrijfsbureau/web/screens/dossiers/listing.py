"""/dossiers: the list behind every number, with a filter in its address."""

from datetime import date

from flask import abort, render_template, request

from bedrijfsbureau.queries import dossiers
from bedrijfsbureau.queries.dossiers import Position
from bedrijfsbureau.web import filters
from bedrijfsbureau.web.blockers import blockers
from bedrijfsbureau.web.current import actor, reading_here
from bedrijfsbureau.web.doors import admit


def index() -> str:
    admit("dossiers.index")
    wanted = filters.read(request.args)
    with reading_here() as tx:
        page = dossiers.page(tx, wanted, _position(request.args.get("na")))
        count = dossiers.count(tx, wanted)
        locaties = dossiers.locaties(tx)
        partijen, soorten = dossiers.partijen(tx), dossiers.soorten(tx)
    return render_template(
        "dossiers/index.html",
        page=page, count=count, wanted=wanted, parts=filters.in_words(wanted, locaties),
        address=filters.address(wanted), after="_".join(map(str, page.after)) if page.after else None,
        is_first=not request.args.get("na"), stages=filters.STAGES, partijen=partijen, soorten=soorten,
        locaties=locaties if actor().locatie_id is None else {}, blockers=blockers,
    )  # fmt: skip


def _position(text: str | None) -> Position | None:
    if not text:
        return None
    try:
        on, _, number = text.partition("_")
        return Position(date.fromisoformat(on), int(number))
    except ValueError:
        abort(400)
