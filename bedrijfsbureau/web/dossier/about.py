"""What someone says of a file that becomes a stuk: the same few fields wherever it is asked."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.web.current import today
from bedrijfsbureau.web.dates import optional_date, posted_date
from bedrijfsbureau.web.dossier.taken_over import PREFIX, load_values

Errors = Mapping[str, Sequence[str]]
NAMES = ("soort", "ontvangen_op", "van", "geldig_tot", "vervangt")
LONGEST = 200  # characters


def about(kind: Kind, form: Mapping[str, str]) -> tuple[About, Errors]:
    """What was filled in, and what is wrong with it by field; when anything is, `soort` is None and `draft` has all."""
    wrong: dict[str, Sequence[str]] = {}
    received_on, valid_until = today(), None
    gegevens: dict[str, Json] = {}
    try:
        received_on = _past(posted_date(form, "ontvangen_op"))
    except InvalidInput as error:
        wrong |= error.fields
    try:
        valid_until = optional_date(form, "geldig_tot")
    except InvalidInput as error:
        wrong |= error.fields
    try:
        gegevens = load_values(kind, form)
    except InvalidInput as error:
        wrong |= error.fields
    known = kind.soort.stukken.get(form.get("soort", ""))
    if known is None:
        wrong["soort"] = [_("Kies een soort uit de lijst.")]
    source = form.get("van", "").strip()[:LONGEST] or (known.party if known else "")
    replaces = form.get("vervangt", "")
    soort = None if wrong else form.get("soort")
    said = About(received_on, source, soort, valid_until, gegevens, int(replaces) if replaces.isdecimal() else None)
    return _with_draft(said, form), wrong


def guessed(kind: Kind, filename: str) -> str:
    """The kind of stuk of which the name of the file holds the name; "" when none or more do."""
    name = filename.lower().replace("_", " ").replace("-", " ")
    found = [
        key for key, each in kind.soort.stukken.items() if key.replace("_", " ") in name or each.name.lower() in name
    ]
    longest = max(map(len, found), default=0)
    best = [key for key in found if len(key) == longest]
    return best[0] if len(best) == 1 else ""


def _past(day: date) -> date:
    if day > today():
        raise InvalidInput({"ontvangen_op": [_("Deze datum ligt in de toekomst. Vul in wanneer het stuk binnenkwam.")]})
    return day


def _with_draft(said: About, form: Mapping[str, str]) -> About:
    typed = {name: text[:LONGEST] for name, text in form.items() if name in NAMES or name.startswith(PREFIX)}
    return About(said.received_on, said.source, said.soort, said.valid_until, said.gegevens, said.replaces, typed)
