"""What was submitted: flat names regrouped into values and rows, and laid over what the dossier already says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bedrijfsbureau.dossiersoort import Json, values
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.forms.component import Component, Context, Kind

MAX_NAMES = 2000
REMOVE = "_verwijderen"
"""Posted for a row as "documenten.0._verwijderen" when its box "verwijder deze regel" is ticked."""


@dataclass
class Submission:
    """`plain`: name -> what was posted. `rows`: list -> index -> name -> what was posted, for lists that were shown."""

    plain: dict[str, Json] = field(default_factory=dict)
    rows: dict[str, dict[int, dict[str, Json]]] = field(default_factory=dict)


def regroup(data: Mapping[str, Any], components: tuple[Component, ...]) -> Submission:
    """"documenten.0.soort" is a field of a row; "documenten" itself says that the list was shown, or holds its rows.

    Raises InvalidInput for more names than any form has.
    """
    if len(data) > MAX_NAMES:
        raise InvalidInput({"": ["Dit formulier bevat te veel velden."]})
    lists = {component.name for component in components if component.kind is Kind.LIST}
    found = Submission()
    for name, raw in data.items():
        head, index, inner = split(name, lists)
        if head is None:
            found.plain[name] = raw
        elif inner:
            found.rows.setdefault(head, {}).setdefault(index, {})[inner] = raw
        elif isinstance(raw, list) and all(isinstance(row, Mapping) for row in raw):
            found.rows[head] = {number: dict(row) for number, row in enumerate(raw)}
        elif raw in ("", [""], None):
            found.rows.setdefault(head, {})
        else:
            raise InvalidInput({head: ["Vul hier een lijst in."]})
    return found


def split(name: str, lists: set[str]) -> tuple[str | None, int, str]:
    """(list, index, name in the row); index 0 and "" for the list itself; None for what is no part of a list."""
    if name in lists:
        return name, 0, ""
    for head in lists:
        index, _, inner = name.removeprefix(f"{head}.").partition(".")
        if name.startswith(f"{head}.") and index.isascii() and index.isdigit() and len(index) < 4 and inner:
            return head, int(index), inner
    return None, 0, ""


def overlay(context: Context, found: Mapping[str, Json]) -> dict[str, Any]:
    """The context with FEEL values in the place of what it had: path -> value."""
    laid = dict(context)
    groups: dict[str, dict[str, Any]] = {}
    for path, value in found.items():
        group, _, name = path.partition(".")
        if not name:
            laid[group] = value
            continue
        if group not in groups:
            current = laid.get(group)
            groups[group] = laid[group] = dict(current) if isinstance(current, dict) else {}
        groups[group][name] = value
    return laid


def stored(context: Context, path: str) -> Any:
    """The FEEL value that the dossier has now; None when it has none."""
    found: Any = context
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def as_json(value: Any) -> Json:
    """A FEEL value of the record back to the JSON it is stored as."""
    if isinstance(value, Decimal):
        return values.number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    return value
