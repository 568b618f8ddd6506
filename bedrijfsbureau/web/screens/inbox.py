"""/postvak: stukken without a dossier; take in, link one or many, set aside, and look at what was done."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from bedrijfsbureau.actions.post import incoming, linking
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, Forbidden, InvalidInput
from bedrijfsbureau.intake import can_show
from bedrijfsbureau.queries import incoming as queries
from bedrijfsbureau.queries.access import may_open_dossiers, may_work
from bedrijfsbureau.queries.dossiers import locaties
from bedrijfsbureau.queries.incoming import IncomingLine
from bedrijfsbureau.queries.search import dossiers
from bedrijfsbureau.web.bytes import download as as_download
from bedrijfsbureau.web.bytes import page_picture
from bedrijfsbureau.web.current import act_once, actor, installation, looked_at, reading_here, today
from bedrijfsbureau.web.uploads import REFUSED, Outcome, as_json, asks_for_json, bring, chosen, nothing_chosen, summary

screen = Blueprint("inbox", __name__, url_prefix="/postvak")

Errors = Mapping[str, Sequence[str]]
NOTHING: Errors = {}


@screen.get("")
def index() -> str:
    return _page()


@screen.post("")
def take_in() -> ResponseReturnValue:
    """Files of which nobody knows yet where they belong. One that is refused never holds up the others."""
    _admit(to_work=True)
    files, place = chosen(), actor().locatie_id or request.form.get("locatie", None, int)
    wrong: dict[str, Sequence[str]] = {} if files else {"bestand": [nothing_chosen()]}
    if place is None:
        wrong["locatie"] = [_("Kies de locatie waar de post hoort.")]
    if wrong:
        return _page(wrong), 422
    about = About(today(), request.form.get("van", "").strip()[:200])
    outcomes = [
        bring(file, lambda received: act_once(incoming.keep, received, about, locatie_id=place)) for file in files
    ]
    if asks_for_json():
        return as_json(outcomes)
    if any(each.state == REFUSED for each in outcomes):
        return _page(outcomes=outcomes), 422
    for sentence in summary(outcomes):
        flash(sentence)
    return redirect(url_for(".index"))


@screen.post("/wijzigen")
def change() -> ResponseReturnValue:
    """The pressed button for every ticked file, each in a transaction of its own: a refusal stops only itself."""
    _admit(to_work=True)
    what, only, number = _pressed(request.form.get("actie", ""))
    chosen_ids = [only] if only is not None else request.form.getlist("stuk", int)[: queries.PAGE]
    if not chosen_ids:
        return _page({"stuk": [_("U hebt geen stuk geselecteerd. Selecteer er een en probeer het opnieuw.")]}), 422
    try:
        deed, dossier_id = _deed(what, number)
    except InvalidInput as error:
        return _page(error.fields), 422
    done, refused = 0, []
    for incoming_id in chosen_ids:
        try:
            deed(incoming_id)
            done += 1
        except DatabaseUnavailable:
            raise
        except BedrijfsbureauError as error:
            refused.append(error.message)
    _tell(what, done, refused)
    if dossier_id is not None and done:
        return redirect(url_for("dossiers.stukken.show", dossier_id=dossier_id))
    return redirect(url_for(".index", stand="afgehandeld" if what == "terughalen" else None))


@screen.get("/<int:incoming_id>/bestand")
def download(incoming_id: int) -> Response:
    line = _readable(incoming_id)
    return as_download(line.sha256, line.filename, line.media_type)


@screen.get("/<int:incoming_id>/blad/<int:number>")
def sheet(incoming_id: int, number: int) -> Response:
    line = _readable(incoming_id)
    return page_picture(line.sha256, line.media_type, number)


def _readable(incoming_id: int) -> IncomingLine:
    with reading_here() as tx:
        line = queries.readable(tx, incoming_id)
        if line.dossier_id is not None:
            looked_at(line.dossier_id, "stuk", line.filename)
    return line


def _pressed(button: str) -> tuple[str, int | None, str]:
    """ "koppelen:12:D-2026-04711" is a button of one row, with the dossier its name suggests; others, of all ticked."""
    what, _colon, rest = button.partition(":")
    only, _colon, number = rest.partition(":")
    return what, int(only) if only.isdecimal() else None, number


def _deed(what: str, number: str) -> tuple[Callable[[int], Any], int | None]:
    """What to do with one file, and the dossier it goes to. Raises InvalidInput for a field that is not right."""
    if what == "koppelen":
        dossier_id = _dossier(number or request.form.get("dossier", ""))
        return lambda incoming_id: act_once(linking.place, incoming_id, dossier_id), dossier_id
    if what == "niet_van_ons":
        reason = request.form.get("reden", "")
        if not reason.strip():
            raise InvalidInput({"reden": [_("Vul in waarom deze stukken niet van ons zijn.")]})
        return lambda incoming_id: act_once(linking.set_aside, incoming_id, reason), None
    if what != "terughalen":
        abort(400)
    return lambda incoming_id: act_once(linking.take_back, incoming_id), None


def _dossier(text: str) -> int:
    """By its number, or the V-nummer. Raises InvalidInput, the same for one that may not be seen."""
    with reading_here() as tx:
        found = dossiers(tx, text.strip()[:100], today().year)
    if len(found) != 1:
        raise InvalidInput({"dossier": [_("Geen dossier met dit nummer. Schrijf het hele dossiernummer of V-nummer.")]})
    return found[0].id


def _tell(what: str, done: int, refused: Sequence[str]) -> None:
    if done and what == "koppelen":
        flash(ngettext("%(num)d stuk ligt nu bij dit dossier. Zeg wat het is.",
                       "%(num)d stukken liggen nu bij dit dossier. Zeg van elk wat het is.", done))  # fmt: skip
    elif done and what == "niet_van_ons":
        flash(ngettext("%(num)d stuk is opzijgelegd.", "%(num)d stukken zijn opzijgelegd.", done))
    elif done:
        flash(ngettext("%(num)d stuk is teruggehaald.", "%(num)d stukken zijn teruggehaald.", done))
    for message in dict.fromkeys(refused):
        flash(message)


def _page(errors: Errors = NOTHING, outcomes: Sequence[Outcome] = ()) -> str:
    _admit()
    is_done = request.args.get("stand") == "afgehandeld"
    with reading_here() as tx:
        lines = queries.in_postvak(tx, is_done, request.args.get("na", None, int))
        return render_template(
            "inbox/index.html",
            lines=lines, is_done=is_done, errors=errors, posted=request.form, outcomes=outcomes,
            suggested=queries.suggested(tx, [line.filename for line in lines]) if not is_done else {},
            count=queries.count(tx), may_work=may_work(actor()), rules=installation().database.rules,
            locaties=_locaties(tx), can_show=can_show, after=lines[-1].id if len(lines) == queries.PAGE else None,
        )  # fmt: skip


def _locaties(tx: Tx) -> Mapping[int, str]:
    return locaties(tx) if actor().locatie_id is None and may_work(actor()) else {}


def _admit(to_work: bool = False) -> None:
    if not (may_work(actor()) if to_work else may_open_dossiers(actor())):
        raise Forbidden(_("Dit scherm hoort niet bij uw rol. Vraag een collega met de juiste rol, of uw beheerder."))
