"""What someone filled in: a posted form as the forms layer takes it, and what is wrong with it as a page shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from bedrijfsbureau.forms import Kind, Row
from bedrijfsbureau.web.current import FORM_KEY

ASKED = "gevraagd"  # the names of the questions that stood on the page, with spaces between them
OURS = frozenset({"csrf_token", "actie", ASKED, FORM_KEY})  # names in the page that are no part of the form


@dataclass(frozen=True)
class Problem:
    """`anchor`: id of the field to go to; "" when it is not on the page."""

    anchor: str
    label: str
    message: str


def submitted(form: MultiDict[str, str]) -> dict[str, str | list[str]]:
    """Name -> text, or a list of texts for a name that occurs more often (checkboxes)."""
    return {
        name: found[0] if len(found) == 1 else list(found) for name, found in form.lists() if found and name not in OURS
    }


def anchor(name: str) -> str:
    """The id in the page of the field with this name."""
    return "v-" + name.replace(".", "-")


def problems(rows: Sequence[Row], errors: Mapping[str, Sequence[str]]) -> list[Problem]:
    """In the order of the page; what belongs to no field that is shown comes last."""
    shown = [row for row in flat(rows) if row.error]
    found = [Problem(anchor(row.name), row.label, row.error) for row in shown]
    elsewhere = set(errors) - {row.name for row in shown}
    return found + [Problem("", "", " ".join(errors[name])) for name in errors if name in elsewhere]


def flat(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from flat(row.rows)


def questions(rows: Iterable[Row]) -> Iterator[str]:
    """The names of what can be filled in. Not the rows of a list: an empty one comes by itself."""
    for row in rows:
        if row.kind is Kind.GROUP:
            yield from questions(row.rows)
        elif row.name and not row.readonly:
            yield row.name


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What can only be read, and what can be filled in: the first is shown beside the form, with the evidence."""
    reading = [row for row in rows if is_reading(row)]
    return reading, [row for row in rows if row not in reading]


def is_reading(row: Row) -> bool:
    if row.kind is Kind.GROUP:
        return all(is_reading(each) for each in row.rows)
    return row.readonly
