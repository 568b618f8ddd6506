"""/dossiers/<id>/stukken/<stuk>/<version>: its bytes to keep, and its pages to look at."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from bedrijfsbureau.errors import Forbidden, NotFound
from bedrijfsbureau.intake import can_show
from bedrijfsbureau.queries import stukken as queries
from bedrijfsbureau.queries.stukken import StukPage, VersionLine
from bedrijfsbureau.web.bytes import download as as_download
from bedrijfsbureau.web.bytes import page_picture, pages_of
from bedrijfsbureau.web.current import looked_at, reading_here
from bedrijfsbureau.web.dossier.frame import Opened, open_dossier, page

screen = Blueprint("files", __name__, url_prefix="/<int:dossier_id>/stukken/<int:stuk_id>/<int:version>")


@screen.get("")
def download(dossier_id: int, stuk_id: int, version: int) -> Response:
    found = _find(dossier_id, stuk_id, version)[2]
    return as_download(found.sha256, found.filename, found.media_type)


@screen.get("/blad/<int:number>")
def sheet(dossier_id: int, stuk_id: int, version: int, number: int) -> Response:
    """One page as a picture."""
    found = _find(dossier_id, stuk_id, version)[2]
    return page_picture(found.sha256, found.media_type, number)


@screen.get("/voorbeeld")
def preview(dossier_id: int, stuk_id: int, version: int) -> str:
    """One page at a time, in the page of the dossier."""
    opened, stuk, found = _find(dossier_id, stuk_id, version)
    if not can_show(found.media_type):
        raise NotFound(_("Van dit stuk is geen voorbeeld te maken. Download het om het te lezen."))
    pages, number = pages_of(found.sha256, found.media_type), request.args.get("blz", 1, int)
    if not 1 <= number <= pages:
        abort(404)
    with reading_here() as tx:
        return page(tx, opened, "preview", stuk=stuk, version=found, pages=pages, number=number)


def _find(dossier_id: int, stuk_id: int, version: int) -> tuple[Opened, StukPage, VersionLine]:
    """Raises NotFound, also in a dossier of another locatie, and Forbidden for what is confidential."""
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        stuk = queries.find(tx, dossier_id, stuk_id)
        if not queries.may_open(tx.actor, opened.kind.soort.stukken.get(stuk.soort)):
            raise Forbidden(_("Dit stuk is vertrouwelijk en afgeschermd voor uw rol. Vraag een bevoegde collega."))
        looked_at(dossier_id, "stuk", f"{stuk.soort} {version}")
    found = next((each for each in stuk.versions if each.number == version), None)
    if found is None:
        raise NotFound(_("Deze versie van het stuk bestaat niet."))
    return opened, stuk, found
