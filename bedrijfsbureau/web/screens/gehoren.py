"""/gehoren: what was released for the gehoor; the sealed record first, then accept it or send it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import gehoren as actions
from bedrijfsbureau.actions.command.vrijgave import is_sealed
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.actions.reasons import REASONS, reasons_of
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, InvalidInput
from bedrijfsbureau.model import Actor, Role
from bedrijfsbureau.queries import dossier, notices, stukken
from bedrijfsbureau.queries import gehoren as queries
from bedrijfsbureau.queries.access import SHIELDED_FOR, may_see_field
from bedrijfsbureau.queries.gehoren import Release, Row
from bedrijfsbureau.queries.history import HistoryLine
from bedrijfsbureau.queries.worklist import end_of_week
from bedrijfsbureau.web.current import act_once, actor, looked_at, reading_here, today
from bedrijfsbureau.web.dossier.cover import cover
from bedrijfsbureau.web.dossier.history import tell
from bedrijfsbureau.web.dossier.sealed import new_since, record_of
from bedrijfsbureau.web.dossier.whole_record import whole_record
from bedrijfsbureau.web.streep import mark

screen = Blueprint("gehoren", __name__, url_prefix="/gehoren")

LONGEST = 2000  # characters of a reason or a note
NOTHING: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True)
class Group:
    title: str
    rows: Sequence[Row]


@screen.get("")
def index() -> str:
    with reading_here() as tx:
        rows, told, danger = queries.listed(tx), notices.unseen(tx), notices.in_danger(tx)
    standing = [row for row in rows if not (row.withdrawn_at or row.returned_at or row.accepted_at)]
    back = [row for row in rows if row.withdrawn_at or row.returned_at]
    accepted = [row for row in rows if row.accepted_at]
    groups = [*_by_day(standing), Group(_("Terug bij het bedrijfsbureau"), back), Group(_("Aanvaard"), accepted)]
    return render_template(
        "gehoren/index.html",
        groups=[group for group in groups if group.rows], standing=standing,
        changed=sum(1 for row in standing if row.changes), notices=told, in_danger=danger,
    )  # fmt: skip


@screen.get("/<int:dossier_id>")
def show(dossier_id: int) -> str:
    return _page(dossier_id)


@screen.post("/<int:dossier_id>/aanvaarden")
def accept(dossier_id: int) -> ResponseReturnValue:
    act_once(actions.accept, dossier_id)
    flash(_("U hebt het dossier aanvaard. De voorbereiding is klaar."))
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.post("/<int:dossier_id>/terugzenden")
def send_back(dossier_id: int) -> ResponseReturnValue:
    code, reason, note = (request.form.get(name, "").strip()[:LONGEST] for name in ("punt", "reden", "toelichting"))
    try:
        if not code:
            raise InvalidInput({"punt": [_("Kies het punt dat niet klopt.")]})
        act_once(actions.send_back, dossier_id, code, reason, note)
    except InvalidInput as error:
        return _page(dossier_id, error.fields), 422
    flash(_("U hebt het dossier teruggezonden. Alleen dit punt gaat weer open."))
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.get("/<int:dossier_id>/omslag.pdf")
def pdf(dossier_id: int) -> Response:
    """The cover of the file that goes to the gehoor; the latest vrijgave, whatever became of it."""
    with reading_here() as tx:
        found, kind = _found(tx, dossier_id)
        record = record_of(found.sealed, kind, stukken.of_dossier(tx, dossier_id), tx.actor)
        is_whole = is_sealed(found.sealed, tx.database.secret)
    content = cover(found, record, kind, is_whole)
    return _file(content, f"{found.number}-omslag.pdf", "application/pdf")


@screen.get("/<int:dossier_id>/vrijgave.pdf")
def record_pdf(dossier_id: int) -> Response:
    """The whole sealed record, for a file that is kept outside."""
    with reading_here() as tx:
        found, kind = _found(tx, dossier_id)
        is_whole = is_sealed(found.sealed, tx.database.secret)
    return _file(whole_record(found.sealed, kind, is_whole), f"{found.number}-vrijgave.pdf", "application/pdf")


@screen.get("/<int:dossier_id>/vrijgave.json")
def record_json(dossier_id: int) -> Response:
    """As it was sealed, values that are shielded for some included: so only for who may see all of them."""
    with reading_here() as tx:
        found, _kind = _found(tx, dossier_id)
        if not may_see_all(tx.actor):
            raise Forbidden(_("In dit bestand staan gegevens die voor uw rol zijn afgeschermd. Neem de PDF."))
    content = orjson.dumps({"seal": found.sealed.seal, "content": found.sealed.content}, option=orjson.OPT_INDENT_2)
    return _file(content, f"{found.number}-vrijgave.json", "application/json")


def may_see_all(who: Actor) -> bool:
    return all(may_see_field(who, sensitivity) for sensitivity in SHIELDED_FOR)


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(dossier_id: int, errors: Mapping[str, Sequence[str]] = NOTHING) -> str:
    with reading_here() as tx:
        found, kind = _found(tx, dossier_id)
        there = stukken.of_dossier(tx, dossier_id)
        record = record_of(found.sealed, kind, there, tx.actor)
        added = new_since(record, there)
        told = [
            tell(kind, tx.actor, HistoryLine(each.number, each.at, each.actor, each.kind, each.data))
            for each in queries.changes(tx, dossier_id)
            if not each.data.get("because") and each.data.get("stuk") not in {stuk.id for stuk in added}
        ]
        is_whole = is_sealed(found.sealed, tx.database.secret)
        told_whom = notices.of_dossier(tx, dossier_id) if found.setback else ()
    applying = {code: verdict for code, verdict in found.verdicts.items() if mark(verdict) != "n"}
    return render_template(
        "gehoren/show.html",
        found=found, vrijgave=found.sealed, record=record, is_whole=is_whole, soort=kind.soort, told=told,
        added=added, kinds=kind.soort.stukken, points=applying,
        reasons=reasons_of(kind.soort), te_bevestigen=_is_unsure(kind),
        may_decide=found.stands and actor().role is Role.HOORMEDEWERKER, errors=errors, posted=request.form,
        notices=told_whom, may_see_all=may_see_all(actor()),
    )  # fmt: skip


def _found(tx: Tx, dossier_id: int) -> tuple[Release, Kind]:
    """Through `dossier.head`, as every look at one dossier."""
    queries.require_gehoren(tx)
    head = dossier.head(tx, dossier_id)
    looked_at(dossier_id, "gehoor")
    return queries.find(tx, dossier_id), load_kind(tx, head.process_version_id, head.policy_version_id)


def _is_unsure(kind: Kind) -> bool:
    """The list of reasons is nobody's, or not confirmed."""
    instelling = kind.soort.instellingen.get(REASONS)
    return instelling is None or instelling.te_bevestigen


def _by_day(rows: Sequence[Row]) -> list[Group]:
    def those(first: date, last: date) -> list[Row]:
        return [row for row in rows if row.gehoor_op and first <= row.gehoor_op <= last]

    now, sunday = today(), end_of_week(today())
    return [
        Group(_("Voorbij, nog niet aanvaard"), [row for row in rows if row.gehoor_op and row.gehoor_op < now]),
        Group(_("Vandaag"), those(now, now)),
        Group(_("Deze week"), [row for row in those(now, sunday) if row.gehoor_op != now]),
        Group(_("Later"), [row for row in rows if row.gehoor_op and row.gehoor_op > sunday]),
        Group(_("Zonder datum"), [row for row in rows if row.gehoor_op is None]),
    ]
