"""/dossiers/<id>/stukken: what is there, in which version; add, replace, withdraw, download."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import stukken as actions
from bedrijfsbureau.errors import Forbidden, InvalidInput, NotFound, UploadRefused
from bedrijfsbureau.queries import stukken as queries
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.web.current import act_once, actor, installation, looked_at, reading_here, today
from bedrijfsbureau.web.dates import optional_date, posted_date
from bedrijfsbureau.web.dossier.frame import Opened, open_dossier, page
from bedrijfsbureau.web.dossier.taken_over import load_values, shown_values, values_for
from bedrijfsbureau.web.uploads import ACCEPT, received

screen = Blueprint("stukken", __name__, url_prefix="/<int:dossier_id>/stukken")

Errors = Mapping[str, Sequence[str]]
NOTHING: Errors = {}


@screen.get("")
def show(dossier_id: int) -> str:
    return _page(dossier_id)


@screen.post("")
def add(dossier_id: int) -> ResponseReturnValue:
    """A new stuk, or a new version of `vervangt`. What is wrong is said beside its field and nothing has changed."""
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
    if not may_work(actor()):
        raise Forbidden
    try:
        _add(opened)
    except UploadRefused as error:
        return _page(dossier_id, {"bestand": [error.message]}), 422
    except InvalidInput as error:
        return _page(dossier_id, error.fields), 422
    flash(_("Het stuk is toegevoegd. De punten zijn opnieuw getoetst."))
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.post("/<int:stuk_id>/intrekken")
def withdraw(dossier_id: int, stuk_id: int) -> ResponseReturnValue:
    with reading_here() as tx:
        queries.find(tx, dossier_id, stuk_id)
    try:
        act_once(actions.withdraw_stuk, stuk_id, request.form.get("reden", "").strip())
    except InvalidInput as error:
        return _page(dossier_id, {f"reden-{stuk_id}": error.fields.get("reason", [error.message])}), 422
    flash(_("Het stuk is ingetrokken. Wat erop berustte, is opnieuw getoetst."))
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.get("/<int:stuk_id>/<int:version>")
def download(dossier_id: int, stuk_id: int, version: int) -> Response:
    """The bytes, never shown by the browser itself: what someone sent us may hold anything."""
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        stuk = queries.find(tx, dossier_id, stuk_id)
        if not queries.may_open(tx.actor, opened.kind.soort.stukken.get(stuk.soort)):
            raise Forbidden(_("Dit stuk is vertrouwelijk en afgeschermd voor uw rol. Vraag een bevoegde collega."))
        looked_at(dossier_id, "stuk", f"{stuk.soort} {version}")
    found = next((each for each in stuk.versions if each.number == version), None)
    if found is None:
        raise NotFound(_("Deze versie van het stuk bestaat niet."))
    path = installation().database.storage.path(found.sha256)
    answer = send_file(
        path.resolve(), mimetype=found.media_type, as_attachment=True, download_name=found.filename, etag=False,
        conditional=False, max_age=None,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _add(opened: Opened) -> None:
    """Everything about the form is looked at before anything is kept."""
    form, soort = request.form, request.form.get("soort", "")
    received_on = posted_date(form, "ontvangen_op")
    if received_on > today():
        raise InvalidInput({"ontvangen_op": [_("Deze datum ligt in de toekomst. Vul in wanneer het stuk binnenkwam.")]})
    if soort not in opened.kind.soort.stukken:
        raise InvalidInput({"soort": [_("Kies een soort uit de lijst.")]})
    valid_until, values = optional_date(form, "geldig_tot"), load_values(opened.kind, form)
    file = received(request.files.get("bestand"))
    stored = installation().database.storage.put(file.stream)  # type: ignore[arg-type]  # any stream of bytes will do
    act_once(
        actions.add_stuk, opened.head.id,
        soort=soort, received_on=received_on, valid_until=valid_until, gegevens=values,
        source=form.get("van", "").strip()[:200] or opened.kind.soort.stukken[soort].party,
        stored=stored, filename=file.filename, media_type=file.media_type,
        replaces=form.get("vervangt", None, int),
    )  # fmt: skip


def _page(dossier_id: int, errors: Errors = NOTHING) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        found = queries.of_dossier(tx, dossier_id)
        replaced = request.values.get("vervangt", None, int)
        return page(
            tx, opened, "stukken",
            stukken=found, kinds=opened.kind.soort.stukken, accept=ACCEPT, errors=errors, posted=request.form,
            replaced=next((stuk for stuk in found if stuk.id == replaced), None),
            fields=values_for(opened.kind), shown_values=lambda stuk: shown_values(opened.kind, stuk.gegevens),
            may_open=lambda soort: queries.may_open(tx.actor, opened.kind.soort.stukken.get(soort)),
        )  # fmt: skip
