"""Giving bytes that someone sent us to a browser: to keep, never to open, or as a picture that we made."""

from flask import Response, send_file
from flask_babel import gettext as _

from bedrijfsbureau.errors import NotFound, UploadRefused
from bedrijfsbureau.intake import count_pages, picture
from bedrijfsbureau.web.current import installation

SANDBOX = "default-src 'none'; sandbox"


def download(sha256: str, filename: str, media_type: str) -> Response:
    """Never shown by the browser itself: what someone sent us may hold anything."""
    answer = send_file(
        installation().database.storage.open(sha256), mimetype=media_type, as_attachment=True, download_name=filename,
        etag=False, conditional=False, max_age=None,
    )  # fmt: skip
    return _closed(answer)


def page_picture(sha256: str, media_type: str, number: int) -> Response:
    """Page `number` as pixels of our own making. Raises NotFound when there is no such page, or nothing to show."""
    try:
        with installation().database.storage.open(sha256) as content:
            drawn = picture(content, media_type, number)
    except UploadRefused as error:
        raise NotFound(error.message) from error
    answer = Response(drawn.content, mimetype=drawn.media_type)
    answer.headers["Content-Disposition"] = "inline"
    return _closed(answer)


def pages_of(sha256: str, media_type: str) -> int:
    """How many pages can be shown. Raises NotFound."""
    try:
        with installation().database.storage.open(sha256) as content:
            return count_pages(content, media_type)
    except UploadRefused as error:
        raise NotFound(str(_("Van dit stuk is geen voorbeeld te maken. Download het om het te lezen."))) from error


def _closed(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer
