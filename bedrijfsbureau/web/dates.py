"""Dates and amounts that people type in forms of our own; dates as dd-mm-jjjj or as a date picker sends them."""

import re
from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from bedrijfsbureau.errors import InvalidInput

EUROS = re.compile(r"(?:€\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(?:00|-))?")
DUTCH = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


def posted_date(form: Mapping[str, str], name: str) -> date:
    """Raises InvalidInput for the field `name` when it is empty or no date."""
    found = optional_date(form, name)
    if found is None:
        raise InvalidInput({name: [_("Vul een datum in, zoals 26-11-2026.")]})
    return found


def optional_date(form: Mapping[str, str], name: str) -> date | None:
    """None for an empty field. Raises InvalidInput when what is there is no date."""
    text = form.get(name, "").strip()
    if not text:
        return None
    parts = DUTCH.fullmatch(text)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput({name: [_("Dit is geen datum. Schrijf hem als 26-11-2026.")]}) from error


def posted_euros(form: Mapping[str, str], name: str) -> int:
    """Whole euros: "100", "€ 7.500" or "7500,00"; 0 for an empty field. Raises InvalidInput."""
    text = form.get(name, "").strip()
    if not text:
        return 0
    found = EUROS.fullmatch(text)
    if found is None:
        raise InvalidInput({name: [_("Dit is geen bedrag in hele euro's. Schrijf het als 7500.")]})
    return int(found[1].replace(".", ""))
