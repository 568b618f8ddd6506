"""/dossiers/<id>/gegevens: everything that is recorded; a group at a time can be corrected."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Field
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.forms.form import readable
from bedrijfsbureau.queries.access import may_see_field, may_work
from bedrijfsbureau.web.current import act_once, actor, reading_here
from bedrijfsbureau.web.dossier.frame import Opened, open_dossier, page
from bedrijfsbureau.web.dossier.record import form_of, groups, shown_group
from bedrijfsbureau.web.filled import anchor, problems, submitted

screen = Blueprint("gegevens", __name__, url_prefix="/<int:dossier_id>/gegevens")

Errors = Mapping[str, Sequence[str]]
NOTHING: Errors = {}
VERSION = "versie"  # of the dossier when the form was opened


@screen.get("")
def show(dossier_id: int) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        shown = groups(opened.kind.soort.record, opened.head.gegevens, tx.actor)
        return page(tx, opened, "gegevens", groups=shown)


@screen.get("/<group>")
def edit(dossier_id: int, group: str) -> str:
    with reading_here() as tx:
        return _form(tx, _opened(tx, dossier_id, group), group)


@screen.post("/<group>")
def change(dossier_id: int, group: str) -> ResponseReturnValue:
    """Save one group. When someone was first, the page shows what is there now beside what was typed."""
    data = {name: value for name, value in submitted(request.form).items() if name != VERSION}
    with reading_here() as tx:
        opened = _opened(tx, dossier_id, group)
    try:
        values = _loaded(opened.kind, opened, group, data)
        act_once(dossiers.change_gegevens, dossier_id, values, request.form.get(VERSION, None, int))
    except InvalidInput as error:
        with reading_here() as tx:
            return _form(tx, _opened(tx, dossier_id, group), group, data, error.fields), 422
    except Conflict:
        with reading_here() as tx:
            return _form(tx, _opened(tx, dossier_id, group), group, data, is_late=True), 409
    flash(_("De gegevens zijn gewijzigd. De punten zijn opnieuw getoetst."))
    return redirect(url_for(".show", dossier_id=dossier_id, _anchor=f"groep-{group}"))


def _opened(tx: Tx, dossier_id: int, group: str) -> Opened:
    """Raises NotFound for a dossier or a group that is not there, Forbidden for who only looks."""
    opened = open_dossier(tx, dossier_id)
    if opened.kind.soort.record.group(group).owner != "dossier":
        raise NotFound(_("Deze gegevens horen bij een verzoek en niet bij het dossier."))
    if not may_work(tx.actor):
        raise Forbidden
    return opened


def _loaded(kind: Kind, opened: Opened, group: str, data: Mapping[str, Any]) -> dict[str, Any]:
    record = kind.soort.record
    context = readable(record, opened.head.gegevens)
    return form_of(record, record.group(group)).load(data, context, _allowed)


def _form(
    tx: Tx, opened: Opened, name: str, data: Mapping[str, Any] | None = None, errors: Errors = NOTHING,
    is_late: bool = False,
) -> str:  # fmt: skip
    record, gegevens = opened.kind.soort.record, opened.head.gegevens
    group = record.group(name)
    rows = form_of(record, group).view(
        {known.name: gegevens.get(known.name) for known in record.groups}, errors, data, {}, _allowed
    )
    return page(
        tx, opened, "gegevens_form",
        group=group, rows=rows, problems=problems(rows, errors), anchor=anchor, is_late=is_late,
        now_there=shown_group(record, group, gegevens, tx.actor),
    )  # fmt: skip


def _allowed(field: Field) -> bool:
    return may_see_field(actor(), field.sensitivity)
