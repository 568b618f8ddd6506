"""The length of a term as a process owner writes it: "3 werkdagen", "2 maanden; grond e 10 werkdagen"."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bedrijfsbureau.errors import InvalidInput


class Unit(StrEnum):
    """What is counted; the value is the Dutch singular."""

    UUR = "uur"
    DAG = "dag"
    WERKDAG = "werkdag"
    WEEK = "week"
    MAAND = "maand"
    JAAR = "jaar"


PLURALS = {
    Unit.UUR: "uren", Unit.DAG: "dagen", Unit.WERKDAG: "werkdagen",
    Unit.WEEK: "weken", Unit.MAAND: "maanden", Unit.JAAR: "jaren",
}
UNITS = {str(unit): unit for unit in Unit} | {plural: unit for unit, plural in PLURALS.items()}
AT_LEAST = "ten minste "
LENGTH = re.compile(rf"({AT_LEAST})?([0-9]{{1,4}}) ([a-z]+)")
ALTERNATIVE = re.compile(r"grond ([a-z]) (.+)")


@dataclass(frozen=True)
class Length:
    """A number of units. `at_least`: a minimum ("ten minste"), so nothing may happen before it is over."""

    count: int
    unit: Unit
    at_least: bool = False

    def __str__(self) -> str:
        unit = str(self.unit) if self.count == 1 or self.unit is Unit.UUR else PLURALS[self.unit]
        return f"{'ten minste ' if self.at_least else ''}{self.count} {unit}"


@dataclass(frozen=True)
class Lengths:
    """A length, and another one for some grounds (letters of a list in the law)."""

    standard: Length
    by_ground: Mapping[str, Length] = field(default_factory=lambda: MappingProxyType({}))

    def for_ground(self, ground: str | None) -> Length:
        return self.by_ground.get(ground or "", self.standard)

    def __str__(self) -> str:
        return "; ".join([str(self.standard), *(f"grond {key} {length}" for key, length in self.by_ground.items())])


def parse_length(text: str) -> Length:
    """Raises InvalidInput with a Dutch sentence."""
    words = " ".join(text.lower().split())
    match = LENGTH.fullmatch(words)
    unit = UNITS.get(match[3]) if match else None
    if match is None or unit is None or int(match[2]) == 0:
        raise unreadable(text)
    return Length(int(match[2]), unit, at_least=bool(match[1]))


def parse_lengths(text: str) -> Lengths:
    """Reads alternatives behind semicolons as well. Raises InvalidInput with a Dutch sentence."""
    first, *rest = text.split(";")
    alternatives: dict[str, Length] = {}
    for part in rest:
        match = ALTERNATIVE.fullmatch(" ".join(part.lower().split()))
        if match is None or match[1] in alternatives:
            raise unreadable(text)
        alternatives[match[1]] = parse_length(match[2])
    return Lengths(parse_length(first), MappingProxyType(alternatives))


def unreadable(text: str) -> InvalidInput:
    message = (
        f"De lengte '{text[:80]}' is niet te lezen. Schrijf een getal en een eenheid, bijvoorbeeld '3 werkdagen', "
        "'6 weken', 'ten minste 6 dagen' of '2 maanden; grond e 10 werkdagen'."
    )
    return InvalidInput({"lengte": [message]}, message)


def add_months(day: date, months: int) -> date:
    """The same day number; the last day of the month where that number does not exist. Raises OverflowError."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
