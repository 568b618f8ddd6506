"""What people see when something does not work: what happened, what was kept, what to do; never a traceback."""

import secrets
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bedrijfsbureau import errors
from bedrijfsbureau.web.current import now

RETRY_AFTER = "30"  # seconds


@dataclass(frozen=True)
class Kind:
    status: int
    title: str  # lazily translated


KINDS: dict[type[Exception], Kind] = {
    errors.NotFound: Kind(404, lazy_gettext("Dit is hier niet te vinden")),
    errors.Forbidden: Kind(403, lazy_gettext("Dit mag niet met uw rol")),
    errors.Conflict: Kind(409, lazy_gettext("Een collega was u voor")),
    errors.TakenOver: Kind(409, lazy_gettext("Een collega was u voor")),
    errors.NotAwaited: Kind(409, lazy_gettext("Dit kan nu niet in dit dossier")),
    errors.NotReady: Kind(409, lazy_gettext("Nog niet behandelklaar")),
    errors.InvalidInput: Kind(422, lazy_gettext("Er klopt iets niet in uw invoer")),
    errors.ModelRefused: Kind(422, lazy_gettext("Dit proces kan zo niet worden gebruikt")),
    errors.CannotMove: Kind(409, lazy_gettext("Dit dossier kan niet naar de andere versie van het proces")),
    errors.PolicyInvalid: Kind(422, lazy_gettext("Dit beleid kan zo niet worden gebruikt")),
    errors.DossiersoortInvalid: Kind(422, lazy_gettext("Deze dossiersoort is niet leesbaar")),
    errors.UploadRefused: Kind(422, lazy_gettext("Dit bestand is geweigerd")),
    errors.TooManyAttempts: Kind(429, lazy_gettext("Inloggen is niet gelukt")),
    errors.LoginFailed: Kind(401, lazy_gettext("Inloggen is niet gelukt")),
    errors.DatabaseUnavailable: Kind(503, lazy_gettext("Opslaan en laden lukt nu niet")),
    errors.NotDelivered: Kind(502, lazy_gettext("Het bericht is niet bezorgd")),
    errors.StepFailed: Kind(500, lazy_gettext("Een stap in het proces is mislukt")),
    errors.CheckFailed: Kind(500, lazy_gettext("Er ging iets mis")),
    errors.StateTampered: Kind(500, lazy_gettext("De processtand is niet te vertrouwen")),
    errors.BedrijfsbureauError: Kind(500, lazy_gettext("Er ging iets mis")),
}
HTTP_TITLES = {
    400: lazy_gettext("Dit verzoek begrijpen wij niet"),
    403: lazy_gettext("Dit mag niet met uw rol"),
    404: lazy_gettext("Dit is hier niet te vinden"),
    405: lazy_gettext("Dit kan niet op deze manier"),
    413: lazy_gettext("Dit bestand is te groot"),
}


def explain_errors(app: Flask) -> None:
    app.register_error_handler(errors.BedrijfsbureauError, _deliberate)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def kind_of(error: errors.BedrijfsbureauError) -> Kind:
    return next(KINDS[ancestor] for ancestor in type(error).__mro__ if ancestor in KINDS)


def _deliberate(error: errors.BedrijfsbureauError) -> ResponseReturnValue:
    kind = kind_of(error)
    if kind.status == 500:
        return _reported(error, kind.title, error.message)
    headers = {}
    if isinstance(error, errors.DatabaseUnavailable):
        g.without_account = True  # the shell must not ask the database who this is
        headers["Retry-After"] = RETRY_AFTER
    fields = error.fields if isinstance(error, errors.InvalidInput) else {}
    return _page(kind.title, error.message, fields=fields), kind.status, headers


def _expired_form(error: CSRFError) -> ResponseReturnValue:
    message = _(
        "Deze pagina stond te lang open, of u bent ergens anders uitgelogd. Er is niets gewijzigd. "
        "Ga terug, ververs de pagina en probeer het opnieuw."
    )
    return _page(_("Deze pagina is verlopen"), message), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status >= 500:
        return _unexpected(error)
    if error.response is not None or status < 400:
        return error.get_response()
    title = HTTP_TITLES.get(status, HTTP_TITLES[400])
    known = errors.NotFound().message if status == 404 else _("Ga terug naar de vorige pagina en probeer het opnieuw.")
    return _page(title, known), status


def _unexpected(error: Exception) -> ResponseReturnValue:
    return _reported(error, _("Er ging iets mis"), errors.BedrijfsbureauError().message)


def _reported(error: Exception, title: str, message: str) -> ResponseReturnValue:
    """A number to quote; what happened stands in the log under that number, and nothing personal in the number."""
    number = f"F-{now():%m%d-%H%M}-{secrets.token_hex(2)}"
    current_app.logger.error("%s %s %s", number, request.method, request.endpoint, exc_info=error)
    g.without_account = True
    return _page(title, message, number=number), 500


def _page(title: str, message: str, number: str = "", fields: dict[str, list[str]] | None = None) -> str:
    again = request.path if number and _can_be_opened() else None
    return render_template(
        "errors/error.html", title=title, message=message, number=number, fields=fields or {}, again=again
    )


def _can_be_opened() -> bool:
    """Whether the address that failed is also that of a page: of the form that was sent to it."""
    try:
        current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
