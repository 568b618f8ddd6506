"""/beheer/storingen: what went wrong; try again, give to someone, note what was found, resolve."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from bedrijfsbureau.actions.command import incidents as actions
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import BedrijfsbureauError, Forbidden, InvalidInput
from bedrijfsbureau.model import IncidentKind, Role
from bedrijfsbureau.queries import incidents as queries
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.incidents import Filter
from bedrijfsbureau.queries.incoming import held_count
from bedrijfsbureau.web.current import act_once, actor, installation, reading_here

screen = Blueprint("operations", __name__, url_prefix="/beheer/storingen")

KINDS = {
    IncidentKind.STAP: lazy_gettext("stap"),
    IncidentKind.TIMER: lazy_gettext("timer"),
    IncidentKind.BERICHT: lazy_gettext("bericht"),
    IncidentKind.CONTROLE: lazy_gettext("controle"),
    IncidentKind.HERBEOORDELING: lazy_gettext("herbeoordeling"),
    IncidentKind.VERHUIZING: lazy_gettext("verhuizing"),
    IncidentKind.PROEF: lazy_gettext("proef met beleid"),
    IncidentKind.HERBEREKENING: lazy_gettext("herberekening van een termijn"),
    IncidentKind.PROCESSTAND: lazy_gettext("processtand"),
    IncidentKind.VASTGELOPEN: lazy_gettext("vastgelopen"),
    IncidentKind.STUK: lazy_gettext("stuk"),
}
HINTS = {  # what helps; for the kinds that are not here REPAIR
    IncidentKind.STAP: lazy_gettext(
        "Herstel de oorzaak en kies Opnieuw proberen. "
        "Laat daarna de medewerker de taak nog een keer afronden."
    ),
    IncidentKind.CONTROLE: lazy_gettext(
        "Meld dit aan wie de controle schreef, en kies daarna Opnieuw proberen. "
        "Werkt de controle weer, dan verdwijnt de storing ook vanzelf."
    ),
    IncidentKind.STUK: lazy_gettext(
        "Zet het stuk terug uit een reservekopie, of herstel de virusscanner. "
        "Wat wacht, gaat dan vanzelf verder."
    ),
    IncidentKind.PROCESSTAND: lazy_gettext(
        "Is er iets veranderd, zet dan de reservekopie van dit dossier terug en zoek uit wie erbij kon. "
        "Is het een andere codec, start dan de versie van het programma die haar bewaarde."
    ),
    IncidentKind.VASTGELOPEN: lazy_gettext(
        "Kies Opnieuw proberen: het dossier wordt dan opnieuw bekeken. "
        "Helpt dat niet, laat dan de proceseigenaar kijken waar het proces staat."
    ),
}
REPAIR = lazy_gettext("Herstel de oorzaak en kies Opnieuw proberen.")
OPEN, RESOLVED = "open", "opgelost"


@screen.get("")
def index() -> ResponseReturnValue:
    _admit()
    wanted = _filter(request.args)
    with reading_here() as tx:
        lines = queries.listed(tx, wanted, request.args.get("na", None, int))
        shown = {
            "open_count": queries.count(tx, Filter()),
            "elements": queries.elements(tx),
            "held": held_count(tx),
            "scanner": installation().database.rules.scanner,
            "beheerders": queries.beheerders(tx),
            "locaties": queries.locaties(tx) if actor().locatie_id is None else {},
        }
    return render_template(
        "operations/index.html",
        lines=lines, wanted=wanted, address=_address(wanted), kinds=KINDS, may_act=_may_act(), **shown,
        after=lines[-1].id if len(lines) == queries.PAGE else None, may_open=may_open_dossiers(actor()),
    )  # fmt: skip


@screen.post("")
def change() -> ResponseReturnValue:
    """The pressed button for every ticked incident, each in a transaction of its own: a refusal stops only itself."""
    chosen = request.form.getlist("storing", int)[: queries.PAGE]
    if not chosen:
        raise InvalidInput({}, _("U hebt geen storing geselecteerd. Ga terug en selecteer er een."))
    done, refused = 0, []
    for incident_id in chosen:
        try:
            _do(request.form.get("actie", ""), incident_id)
            done += 1
        except BedrijfsbureauError as error:
            refused.append(error.message)
    flash(ngettext("%(num)d storing bijgewerkt.", "%(num)d storingen bijgewerkt.", done))
    for message in dict.fromkeys(refused):
        flash(message)
    asked: Mapping[str, Any] = _address(_filter(request.args))
    return redirect(url_for(".index", **asked))


@screen.get("/<int:incident_id>")
def show(incident_id: int) -> ResponseReturnValue:
    return _page(incident_id)


@screen.post("/<int:incident_id>")
def change_one(incident_id: int) -> ResponseReturnValue:
    try:
        _do(request.form.get("actie", ""), incident_id)
    except InvalidInput as error:
        return _page(incident_id, error.fields), 422
    flash(_("De storing is bijgewerkt."))
    return redirect(url_for(".show", incident_id=incident_id))


def _do(what: str, incident_id: int) -> None:
    note, someone = request.form.get("notitie", "").strip(), request.form.get("wie", None, int)
    deeds: Mapping[str, Callable[[], Any]] = {
        "opnieuw": lambda: act_once(retry_incident, incident_id),
        "toewijzen": lambda: act_once(actions.assign_incident, incident_id, someone),
        "notitie": lambda: act_once(actions.note_incident, incident_id, note),
        "oplossen": lambda: act_once(actions.resolve_incident, incident_id, note),
    }
    if what not in deeds:
        abort(400)
    deeds[what]()


def _page(incident_id: int, errors: Mapping[str, list[str]] | None = None) -> str:
    _admit()
    with reading_here() as tx:
        line, people = queries.find(tx, incident_id), _beheerders(tx)
    return render_template(
        "operations/show.html",
        line=line, beheerders=people, kinds=KINDS, may_act=_may_act(), may_open=may_open_dossiers(actor()),
        errors=errors or {}, posted=request.form, hint=HINTS.get(line.kind, REPAIR),
    )  # fmt: skip


def _beheerders(tx: Tx) -> Mapping[int, str]:
    return queries.beheerders(tx) if _may_act() else {}


def _admit() -> None:
    if not queries.may_see(actor()):
        raise Forbidden(_("Dit scherm hoort niet bij uw rol. Vraag een collega met de juiste rol, of uw beheerder."))


def _may_act() -> bool:
    return actor().role is Role.BEHEERDER


def _filter(args: Mapping[str, str]) -> Filter:
    """From the parameters of an address; one that was made up is refused with 400."""
    try:
        return Filter(
            is_open=args.get("stand") != RESOLVED,
            kind=IncidentKind(args["soort"]) if args.get("soort") else None,
            locatie_id=int(args["locatie"]) if args.get("locatie") else None,
            element=args.get("element", ""),
            number=args.get("dossier", ""),
        )
    except ValueError:
        abort(400)


def _address(wanted: Filter) -> dict[str, str]:
    """The parameters that `_filter` makes the same filter of."""
    named = {
        "stand": "" if wanted.is_open else RESOLVED,
        "soort": wanted.kind or "",
        "locatie": str(wanted.locatie_id or ""),
        "element": wanted.element,
        "dossier": wanted.number,
    }
    return {name: text for name, text in named.items() if text}
