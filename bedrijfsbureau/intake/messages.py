"""Text and e-mail: nothing in them runs by itself, but what they carry is looked at."""

import re
from email import policy
from email.parser import BytesParser

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake.eicar import holds_eicar
from bedrijfsbureau.intake.names import RUNS

NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MARKUP = re.compile(rb"^\s*(<!doctype|<html|<svg|<\?xml|<script)", re.I)
HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:[^\n]*(\r?\n[ \t][^\n]*)*\r?\n")
MOST_PARTS = 200
RUNS_ATTACHED = (
    "Dit e-mailbericht heeft een bijlage die een programma kan zijn. Voeg de goede bijlagen los toe, als PDF."
)


def is_text(content: bytes) -> bool:
    return not NOT_TEXT.search(content) and not MARKUP.match(content)


def check_message(content: bytes) -> None:
    """Raises UploadRefused for what has no headers, too many parts, or an attachment that runs."""
    if not HEADER.match(content):
        raise UploadRefused("Dit is geen e-mailbericht. Bewaar het bericht opnieuw uit uw mailprogramma, of als PDF.")
    try:
        parts = list(BytesParser(policy=policy.compat32).parsebytes(content).walk())
        bodies = [part.get_payload(decode=True) for part in parts[: MOST_PARTS + 1] if not part.is_multipart()]
        names = [str(part.get_filename() or "") for part in parts]
    except (ValueError, LookupError, RecursionError, TypeError) as error:
        raise UploadRefused("Dit e-mailbericht is beschadigd. Bewaar het opnieuw, of als PDF.") from error
    if len(parts) > MOST_PARTS:
        raise UploadRefused("Dit e-mailbericht bestaat uit te veel delen. Bewaar het bericht en de bijlagen als PDF.")
    if any(name.rpartition(".")[2].lower() in RUNS for name in names):
        raise UploadRefused(RUNS_ATTACHED)
    if any(isinstance(body, bytes) and (body.startswith(b"MZ") or holds_eicar(body)) for body in bodies):
        raise UploadRefused(RUNS_ATTACHED)
