"""Words that several checks use to say precisely what is missing."""

from collections.abc import Iterable
from datetime import date

from bedrijfsbureau.termijnen import number_date


def enumerate_nl(words: Iterable[str]) -> str:
    """ "a, b en c" """
    *rest, last = [*words] or [""]
    return f"{', '.join(rest)} en {last}" if rest else last


def days(count: int) -> str:
    return f"{count} {'dag' if count == 1 else 'dagen'}"


def plain(key: str) -> str:
    """The key of a soort stuk or document as a word: "aanmeldgehoor rapport"."""
    return key.replace("_", " ")


def written(day: date | None) -> str:
    """A date of birth: "12-05-1994"; without the weekday that other dates have."""
    return number_date(day) if day else "niet ingevuld"


def age(born: date, on: date) -> int:
    """Completed years; someone born on 29 February becomes a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
