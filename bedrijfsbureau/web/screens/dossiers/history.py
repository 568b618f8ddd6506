"""/dossiers/<id>/verloop: everything that happened, newest first; and the same as a file for who asks for it."""

import csv
import io
import json

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from bedrijfsbureau.model import Json
from bedrijfsbureau.queries import history as queries
from bedrijfsbureau.web.current import looked_at, now, reading_here
from bedrijfsbureau.web.dossier.frame import Opened, open_dossier, page
from bedrijfsbureau.web.dossier.history import FILTERS, exported, filter_named, tell

screen = Blueprint("history", __name__, url_prefix="/<int:dossier_id>/verloop")

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that starts with one of these


@screen.get("")
def show(dossier_id: int) -> str:
    chosen = filter_named(request.args.get("soort", ""))
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        found = queries.page(tx, dossier_id, chosen.kinds, request.args.get("voor", None, int))
        told = [tell(opened.kind, tx.actor, line) for line in found.lines]
        return page(
            tx, opened, "history",
            told=told, filters=FILTERS, chosen=chosen, before=found.before, is_first="voor" not in request.args,
        )  # fmt: skip


@screen.get("/verloop.<suffix>")
def export(dossier_id: int, suffix: str) -> Response:
    """The whole history, as far as the reader's role may see it: for a request for access to one's own file."""
    if suffix not in TYPES:
        abort(404)
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        looked_at(dossier_id, "export", suffix)
        events = [exported(opened.kind, tx.actor, line) for line in queries.whole(tx, dossier_id)]
    content = _as_csv(events) if suffix == "csv" else _as_json(opened, events)
    name = f"{opened.head.number}-verloop.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=TYPES[suffix], headers=headers)


def _as_json(opened: Opened, events: list[Json]) -> str:
    whole = {"dossier": opened.head.number, "gemaakt": now().isoformat(), "gebeurtenissen": events}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _as_csv(events: list[Json]) -> str:
    """One row for each change; an event without changes is one row. With a BOM, so that a spreadsheet reads UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("nummer"), _("tijdstip"), _("wie"), _("wat"), _("veld"), _("oud"), _("nieuw"), _("toelichting")])
    for event in events:
        for change in event["wijzigingen"] or [{"veld": "", "oud": "", "nieuw": ""}]:
            row = [event["tijdstip"], event["wie"], event["zin"], *change.values(), event["toelichting"]]
            writer.writerow([event["nummer"], *map(_as_cell, row)])
    return "\ufeff" + text.getvalue()


def _as_cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
