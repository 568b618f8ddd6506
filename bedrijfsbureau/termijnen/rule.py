"""What a statutory term is: its length, how its days are counted and whether its last day moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.calendar import Calendar, atw, pact
from bedrijfsbureau.termijnen.length import Length, Lengths, Unit, parse_lengths


class Counting(StrEnum):
    """Which days count towards a term in days; the value is what an instelling says."""

    ALL = "kalenderdagen"
    WORKING = "werkdagen"
    WEEKEND_INCLUDED = "weekend_telt_mee"

    def counts(self, day: date, calendar: Calendar) -> bool:
        """WEEKEND_INCLUDED: weekends and equated days count, holidays of ATW art. 3 lid 1 do not (VV 3.42, 2017)."""
        if self is Counting.ALL or calendar.is_working_day(day):
            return True
        named = calendar.holiday(day) is not None and not calendar.is_equated(day)
        return self is Counting.WEEKEND_INCLUDED and not named


class Shift(Enum):
    """What happens when the last day is no working day."""

    NONE = "geen verschuiving"
    ATW = "Algemene termijnenwet"
    ART73 = "art. 73"


@dataclass(frozen=True)
class Method:
    """How a term is counted. `from_start`: the start is day 1 (days of the AA); else the day after it is (a term)."""

    counting: Counting = Counting.ALL
    shift: Shift = Shift.NONE
    from_start: bool = False
    calendar: Calendar = atw


ATW = Method(shift=Shift.ATW)
ART73 = Method(shift=Shift.ART73, calendar=pact)
FROM_DAY_ONE = "dag 1 telt, "
AA_DAYS = {counting: Method(counting, from_start=True) for counting in Counting}
BY_SETTING = {
    "aa_telwijze": {str(counting): method for counting, method in AA_DAYS.items()},
    "rvt_telwijze": {
        "dag_na_indiening_atw": ATW,
        "dag_na_indiening": Method(),
        "dag_van_indiening_atw": Method(shift=Shift.ATW, from_start=True),
        "dag_van_indiening": Method(from_start=True),
    },
}
"""The instellingen that choose a method, and what each of their values means."""


@dataclass(frozen=True)
class TermRule:
    """`kind`: "beslistermijn". `basis`: the law article and its standing, shown to people."""

    kind: str
    lengths: Lengths
    method: Method
    basis: str


def atw_excludes(length: Length) -> bool:
    """ATW art. 4 a: no shift for a term in hours, or of more than 90 days, 12 weeks or 3 months, or in years."""
    limits = {Unit.DAG: 90, Unit.WERKDAG: 90, Unit.WEEK: 12, Unit.MAAND: 3}
    return length.count > limits.get(length.unit, 0)


def method_named(calendar: str, settings: Mapping[str, object]) -> Method:
    """The method that the column `kalender` of the decision `termijnen` names. Raises InvalidInput (Dutch).

    `settings`: values of the instellingen, for a calendar such as "instelling aa_telwijze".
    """
    name = " ".join(calendar.lower().split())
    if name.startswith("art. 73"):
        return ART73
    if name.startswith("atw") or name == "werkdagen":
        return ATW
    if name.startswith(FROM_DAY_ONE):
        return named_by_setting("aa_telwijze", name.removeprefix(FROM_DAY_ONE))
    if name.startswith("weekend en feestdagen tellen niet"):
        return AA_DAYS[Counting.WORKING]
    if name.startswith("instelling "):
        setting = name.removeprefix("instelling ")
        return named_by_setting(setting, settings.get(setting))
    raise unknown("kalender", f"De kalender '{calendar[:80]}' bestaat niet.")


def named_by_setting(setting: str, value: object) -> Method:
    method = BY_SETTING.get(setting, {}).get(str(value))
    if method is None:
        raise unknown(setting, f"De instelling '{setting}' is leeg of heeft een onbekende waarde. Vul haar in.")
    return method


def read_rule(kind: str, length: str, calendar: str, basis: str, settings: Mapping[str, object]) -> TermRule:
    """A rule from one row of the decision `termijnen`. Raises InvalidInput (Dutch)."""
    return TermRule(kind, parse_lengths(length), method_named(calendar, settings), basis)


def unknown(field: str, message: str) -> InvalidInput:
    return InvalidInput({field: [message]}, message)
