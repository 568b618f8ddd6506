"""Files that someone uploads, and what became of each: one that is refused never holds up the others."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from bedrijfsbureau.actions.post.receiving import Received, receive
from bedrijfsbureau.errors import DatabaseUnavailable, UploadRefused
from bedrijfsbureau.intake import shown_name
from bedrijfsbureau.model import IncomingState, IncomingStuk, Stuk
from bedrijfsbureau.web.current import installation

AT_ONCE = 4  # files of the largest size in one request, for who has no script
MOST_FILES = 100
ADDED, WAITS, HELD, REFUSED = "toegevoegd", "wacht", "quarantaine", "geweigerd"


@dataclass(frozen=True)
class Outcome:
    """`state`: ADDED, WAITS for someone to finish it, HELD in quarantine, or REFUSED with a sentence."""

    file: str
    state: str
    message: str = ""


def chosen(name: str = "bestand") -> list[FileStorage]:
    return [file for file in request.files.getlist(name) if file.filename][:MOST_FILES]


def bring(file: FileStorage, add: Callable[[Received], Stuk | IncomingStuk]) -> Outcome:
    """Have one file examined and kept, and `add` what is left of it."""
    name = shown_name(file.filename or "")
    try:
        result = add(receive(installation().database, file.stream, file.filename or ""))
    except UploadRefused as error:
        return Outcome(name, REFUSED, error.message)
    except DatabaseUnavailable as error:
        if len(chosen()) == 1:
            raise  # nothing else to tell of
        return Outcome(name, REFUSED, error.message)
    if isinstance(result, Stuk):
        return Outcome(name, ADDED)
    is_held = result.state is IncomingState.QUARANTAINE
    return Outcome(name, HELD if is_held else WAITS)


def asks_for_json() -> bool:
    """A script that sends one file at a time, and shows what became of it beside its name."""
    return request.accept_mimetypes.best == "application/json"


def as_json(outcomes: Sequence[Outcome]) -> ResponseReturnValue:
    """Also of what was refused: the request itself went well."""
    said = [{**asdict(each), "message": each.message or sentence(each.state, 1)} for each in outcomes]
    return jsonify(said)


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """A sentence for each thing that happened, of what was not refused."""
    counts = {state: sum(each.state == state for each in outcomes) for state in (ADDED, WAITS, HELD)}
    return [sentence(state, count) for state, count in counts.items() if count]


def sentence(state: str, count: int) -> str:
    if state == WAITS:
        return str(ngettext("Er wacht een bestand op u.", "Er wachten %(num)d bestanden op u.", count))
    if state == HELD:
        return str(
            ngettext(
                "Een bestand wacht in quarantaine op de virusscanner en telt nog niet mee.",
                "%(num)d bestanden wachten in quarantaine op de virusscanner en tellen nog niet mee.",
                count,
            )
        )
    return str(
        ngettext(
            "Het stuk is toegevoegd. De punten zijn opnieuw getoetst.",
            "%(num)d stukken zijn toegevoegd. De punten zijn opnieuw getoetst.",
            count,
        )
    )


def nothing_chosen() -> str:
    return str(_("U hebt geen bestand gekozen. Kies een bestand en probeer het opnieuw."))
