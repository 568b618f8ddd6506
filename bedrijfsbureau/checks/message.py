"""The sentence a verdict says: the message of the check, filled with what stands in the dossier."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bedrijfsbureau.checks.check import Check, State
from bedrijfsbureau.checks.view import DossierView, Vrijstelling
from bedrijfsbureau.termijnen import short_date

PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
EMPTY = "(niet ingevuld)"

Show = Callable[[str, Any], str]
"""How a value of the record is written for people: path and FEEL value -> text."""

DEFAULTS = {
    State.VOLDAAN: "Dit punt is in orde.",
    State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier.",
    State.WACHT_OP: "U wacht op {partij}: gevraagd op {verzoek.verzonden_op}.",
}
"""For the states that read the same in every check that says nothing of its own."""


def places(text: str) -> list[str]:
    """What a sentence has filled in."""
    return PLACE.findall(text)


def show(path: str, value: Any) -> str:
    """A value as people write it: "do 26 feb. 2026", "ja", "ERI, ETH". Displays that know the record use the path."""
    match value:
        case None:
            return EMPTY
        case bool():
            return "ja" if value else "nee"
        case date():
            return short_date(value)
        case Decimal():
            return f"{value.normalize():f}".replace(".", ",")
        case list() | tuple():
            return ", ".join(show(path, item) for item in value) or EMPTY
        case _:
            return str(value)


def message_of(check: Check, state: State, view: DossierView, partij: str, show: Show) -> str:
    template = check.messages.get(state) or DEFAULTS.get(state) or f"{check.title}: {state}."
    if "{" not in template:
        return template
    particulars = {"partij": partij, **check.particulars(view)}
    return fill(template, view, particulars, view.open_verzoek(check.code) or {}, show)


def fill(
    template: str, view: DossierView, particulars: Mapping[str, str], verzoek: Mapping[str, Any], show: Show
) -> str:
    """The template with every `{...}` filled; what is empty reads "(niet ingevuld)"."""

    def value(place: re.Match[str]) -> str:
        path = place.group(1)
        if path in particulars:
            return particulars[path]
        group, _, name = path.partition(".")
        found = verzoek.get(name) if group == "verzoek" else view[path]
        return EMPTY if found is None else show(path, found)

    return " ".join(PLACE.sub(value, template).split())


def vrijgesteld(given: Vrijstelling) -> str:
    when, until = short_date(given.granted_on), short_date(given.valid_until)
    return f"Vrijgesteld door {given.granted_by} op {when}: {given.reason}. Geldig tot en met {until}."


def teruggezonden(why: str) -> str:
    return f"Teruggezonden door de hoormedewerker: {why}. Beoordeel dit punt opnieuw."


def outside(first: date | None, last: date | None, today: date) -> str:
    """For a rule that does not hold today."""
    if first is not None and today < first:
        return f"Geldt niet voor dit dossier: dit punt geldt vanaf {short_date(first)}."
    assert last is not None
    return f"Geldt niet voor dit dossier: dit punt gold tot en met {short_date(last)}."


def fout(error: Exception) -> str:
    what = f"Dit punt kon niet worden beoordeeld door een storing ({type(error).__name__})."
    return f"{what} Dat wordt vanzelf opnieuw geprobeerd."
