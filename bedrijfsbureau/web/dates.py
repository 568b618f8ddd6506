"""Dates that people type in forms of our own, dd-mm-jjjj or as a date picker sends them."""

import re
from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from bedrijfsbureau.errors import InvalidInput

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
