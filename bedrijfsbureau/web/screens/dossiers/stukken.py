"""/dossiers/<id>/stukken: what is there, in which version; add one or many, finish what waits, withdraw."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import stukken as actions
from bedrijfsbureau.actions.post import incoming, linking
from bedrijfsbureau.errors import Forbidden, InvalidInput, NotFound
from bedrijfsbureau.intake import can_show
from bedrijfsbureau.queries import incoming as waiting_queries
from bedrijfsbureau.queries import stukken as queries
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.web.current import act_once, actor, installation, reading_here
from bedrijfsbureau.web.dossier.about import about
from bedrijfsbureau.web.dossier.frame import Opened, open_dossier, page
from bedrijfsbureau.web.dossier.taken_over import shown_values, values_for
from bedrijfsbureau.web.dossier.waiting import Posted, waiting
from bedrijfsbureau.web.uploads import REFUSED, Outcome, as_json, asks_for_json, bring, chosen, nothing_chosen, summary

screen = Blueprint("stukken", __name__, url_prefix="/<int:dossier_id>/stukken")

Errors = Mapping[str, Sequence[str]]
NOTHING: Errors = {}


@screen.get("")
def show(dossier_id: int) -> str:
    return _page(dossier_id)


@screen.post("")
def add(dossier_id: int) -> ResponseReturnValue:
    """New stukken, or a new version of `vervangt`. A file of which not all is right yet is kept and waits on the page;
    one that is refused is named, with the reason, and the others go on."""
    opened = _opened_to_work(dossier_id)
    files = chosen()
    if not files:
        return _page(dossier_id, {"bestand": [nothing_chosen()]}), 422
    said, wrong = about(opened.kind, request.form)
    even_so = request.form.get("toch") == "ja"
    outcomes = [
        bring(file, lambda received: act_once(incoming.bring, opened.head.id, received, said, even_so=even_so))
        for file in files
    ]
    if asks_for_json():
        return as_json(outcomes)
    if any(each.state == REFUSED for each in outcomes) or (wrong and request.form.get("soort")):
        return _page(dossier_id, outcomes=outcomes), 422
    for sentence in summary(outcomes):
        flash(sentence)
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.post("/wacht/<int:incoming_id>")
def finish(dossier_id: int, incoming_id: int) -> ResponseReturnValue:
    """What waits becomes a stuk, goes back to the postvak, or is not added after all."""
    with reading_here() as tx:
        if waiting_queries.find(tx, incoming_id).dossier_id != dossier_id:
            raise NotFound
    opened = _opened_to_work(dossier_id)
    try:
        message = _finish(opened, incoming_id)
    except InvalidInput as error:
        return _page(dossier_id, finishing=Posted(incoming_id, request.form, error.fields)), 422
    flash(message)
    return redirect(url_for(".show", dossier_id=dossier_id))


@screen.post("/<int:stuk_id>/intrekken")
def withdraw(dossier_id: int, stuk_id: int) -> ResponseReturnValue:
    """The button says which: withdraw, or withdraw and put back in the postvak it came from."""
    with reading_here() as tx:
        queries.find(tx, dossier_id, stuk_id)
    to_postvak = request.form.get("actie") == "postvak"
    try:
        act_once(
            linking.unlink if to_postvak else actions.withdraw_stuk, stuk_id, request.form.get("reden", "").strip()
        )
    except InvalidInput as error:
        return _page(dossier_id, {f"reden-{stuk_id}": error.fields.get("reason", [error.message])}), 422
    if to_postvak:
        flash(_("Het stuk ligt weer in het postvak. Wat erop berustte, is opnieuw getoetst."))
    else:
        flash(_("Het stuk is ingetrokken. Wat erop berustte, is opnieuw getoetst."))
    return redirect(url_for(".show", dossier_id=dossier_id))


def _finish(opened: Opened, incoming_id: int) -> str:
    """Raises InvalidInput for what was filled in wrong."""
    match request.form.get("actie"):
        case "weg":
            act_once(linking.set_aside, incoming_id, str(_("Toch niet toegevoegd.")))
            return str(_("Het bestand is niet toegevoegd. U vindt het terug in het postvak, onder Afgehandeld."))
        case "postvak":
            act_once(linking.put_back, incoming_id, request.form.get("reden", ""))
            return str(_("Het bestand ligt weer in het postvak."))
    said, wrong = about(opened.kind, request.form)
    if wrong:
        raise InvalidInput(wrong)
    act_once(linking.link, incoming_id, opened.head.id, said)
    return str(_("Het stuk is toegevoegd. De punten zijn opnieuw getoetst."))


def _opened_to_work(dossier_id: int) -> Opened:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
    if not may_work(actor()):
        raise Forbidden
    return opened


def _page(
    dossier_id: int, errors: Errors = NOTHING, outcomes: Sequence[Outcome] = (), finishing: Posted | None = None
) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        found = queries.of_dossier(tx, dossier_id)
        replaced = request.values.get("vervangt", None, int)
        return page(
            tx, opened, "stukken",
            stukken=found, kinds=opened.kind.soort.stukken, rules=installation().database.rules,
            errors=errors, posted=request.form if finishing is None else {}, outcomes=outcomes,
            waiting=waiting(tx, opened.kind, dossier_id, finishing),
            came_in=waiting_queries.from_postvak(tx, dossier_id),
            replaced=next((stuk for stuk in found if stuk.id == replaced), None),
            fields=values_for(opened.kind), shown_values=lambda stuk: shown_values(opened.kind, stuk.gegevens),
            may_open=lambda soort: queries.may_open(tx.actor, opened.kind.soort.stukken.get(soort)), can_show=can_show,
        )  # fmt: skip
