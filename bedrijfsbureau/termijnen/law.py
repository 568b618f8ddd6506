"""What the law says about a term, as dated data: where it begins, its versions, who may make it longer, when to warn.

`shipped()` reads the files of `rules/` once. A version is never changed or taken away, because dates rest on it: a new
version with a higher number goes before older ones for the starts they share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.termijnen.length import AT_LEAST, Length


@dataclass(frozen=True)
class Ground:
    """Why a term may be made longer or stand still. `most`: what all decisions on grounds with the same `together` may
    add; `most_after_start`: how long after its start the term may then end at the latest."""

    key: str
    name: str
    basis: str
    together: str = ""
    most: Length | None = None
    most_after_start: Length | None = None
    te_bevestigen: bool = False


@dataclass(frozen=True)
class Version:
    """`valid_from`, `valid_until`: of the date that decides the version; None has no bound. `length` and `calendar` are
    words that `parse_lengths` and `method_named` know, or name an instelling; `assumed` is the calendar of the sources
    for who asks without instellingen, `by_locatie` where they say another for a locatie. `extended`: what was added for
    everyone: length, reason and ground. `origin`: the file of the installation that it is from; empty when shipped."""

    number: int
    length: str
    calendar: str
    basis: str
    valid_from: date | None = None
    valid_until: date | None = None
    te_bevestigen: bool = False
    why: str = ""
    assumed: str = ""
    by_locatie: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    extended: tuple[str, str, str] | None = None
    origin: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def __str__(self) -> str:
        return f"versie {self.number}{f' uit {self.origin}' if self.origin else ''}"


@dataclass(frozen=True)
class Rule:
    """`term`: the kind of term it gives. `starts`: record paths, of which the first that is filled in counts; or
    `start_setting`: an instelling that names one of them. `also_kept`: dates that do not count but are kept beside it.
    `dated_by`: the record paths whose first date decides the version; the start when empty. `met_by`: the record path
    whose date says that the term was met; `not_with`: the one that, filled in, leaves no start. `warning`, `urgent`:
    how long before the last day lists and priority say so. `steers`: whether tasks may not be due later than this
    term. `notice`: whether a notice of default may follow it. `origin`: as of a version; `windows_from`: the file of
    the installation that says when to warn, where that is not the rule's own."""

    key: str
    term: str
    name: str
    starts: tuple[str, ...]
    versions: tuple[Version, ...]
    start_setting: str = ""
    start_label: str = ""
    also_kept: tuple[str, ...] = ()
    dated_by: tuple[str, ...] = ()
    met_by: str = ""
    not_with: str = ""
    extensions: Mapping[str, Ground] = field(default_factory=lambda: MappingProxyType({}))
    suspensions: Mapping[str, Ground] = field(default_factory=lambda: MappingProxyType({}))
    warning: Length | None = None
    urgent: Length | None = None
    steers: bool = False
    notice: bool = False
    origin: str = ""
    windows_from: str = ""

    @property
    def latest(self) -> Version:
        return self.versions[-1]

    @property
    def is_minimum(self) -> bool:
        """Before its end something may not happen; nobody can be too late for it."""
        return any(each.length.startswith(AT_LEAST) for each in self.versions)

    @property
    def reads(self) -> frozenset[str]:
        """The record paths its date rests on."""
        return frozenset({*self.starts, *self.dated_by, *self.also_kept, *filter(None, (self.met_by, self.not_with))})

    def version(self, number: int) -> Version:
        """Raises NotFound."""
        for each in self.versions:
            if each.number == number:
                return each
        raise NotFound(f"Van de termijnregel '{self.key}' bestaat geen versie {number}.")

    def version_on(self, day: date, kept: int | None = None) -> Version | None:
        """The version for this deciding date: the one a dossier `kept` as long as it holds, else the newest that does;
        None before the first."""
        holding = [each for each in self.versions if each.holds_on(day)]
        return next((each for each in holding if each.number == kept), holding[-1] if holding else None)


Rules = Mapping[str, Rule]
"""By key."""
