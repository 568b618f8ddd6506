"""What a check may read: one dossier on one day, without a clock, a query or a way to change anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from bedrijfsbureau import feel

VW2000 = "VW2000-2021"
PACT = "PACT-2026"


@dataclass(frozen=True)
class Vrijstelling:
    """Someone let a check go. It holds up to and including `valid_until`."""

    code: str
    granted_by: str
    reason: str
    granted_on: date
    valid_until: date

    def holds_on(self, day: date) -> bool:
        return self.granted_on <= day <= self.valid_until


@dataclass(frozen=True)
class DossierView:
    """One dossier on the day `today`.

    gegevens: group -> field -> FEEL value, every group and field present (`Record.parse`).
    stukken: {soort, staat, ontvangen_op, van, geldig_tot, in_gebruik, gegevens}.
    verzoeken: {punt, partij, verzonden_op, herinneringen, open}. relaties: {soort, dossier, gehoor_op, locatie}.
    terugzendingen: code of a check that the hearing officer sent back and nobody judged again -> why.
    """

    dossiersoort: str
    regime: str | None
    today: date
    gegevens: Mapping[str, Any]
    stukken: Sequence[Mapping[str, Any]] = ()
    verzoeken: Sequence[Mapping[str, Any]] = ()
    relaties: Sequence[Mapping[str, Any]] = ()
    instellingen: Mapping[str, Any] = field(default_factory=dict)
    vrijstellingen: Sequence[Vrijstelling] = ()
    terugzendingen: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Any:
        """The value of "group.field"; of a group that is a list, the list. None when it is empty or unknown."""
        value: Any = self.gegevens
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    @property
    def is_pact(self) -> bool:
        return self.regime == PACT

    @cached_property
    def aanwezig(self) -> frozenset[str]:
        """The kinds of which at least one stuk is there and not past its last day."""
        return frozenset(stuk["soort"] for stuk in self.present_stukken if not _is_past(stuk, self.today))

    @cached_property
    def present_stukken(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(_with_dates(stuk) for stuk in self.stukken if stuk.get("staat") == "aanwezig")

    def open_verzoek(self, code: str) -> Mapping[str, Any] | None:
        """The last open verzoek for this check."""
        return next((v for v in reversed(self.verzoeken) if v.get("punt") == code and v.get("open")), None)

    def vrijstelling(self, code: str) -> Vrijstelling | None:
        """The vrijstelling of this check that holds today; the one that holds longest."""
        held = [v for v in self.vrijstellingen if v.code == code and v.holds_on(self.today)]
        return max(held, key=lambda v: v.valid_until, default=None)

    @cached_property
    def context(self) -> Mapping[str, Any]:
        """The names that a FEEL expression may use."""
        return {
            **self.gegevens,
            "regime": self.regime,
            "dossiersoort": self.dossiersoort,
            "vandaag": self.today,
            "stukken": feel.to_feel([_with_dates(stuk) for stuk in self.stukken]),
            "aanwezig": sorted(self.aanwezig),
            "verzoeken": feel.to_feel([dict(verzoek) for verzoek in self.verzoeken]),
            "relaties": feel.to_feel([dict(relatie) for relatie in self.relaties]),
            "instellingen": self.instellingen,
        }


def _is_past(stuk: Mapping[str, Any], today: date) -> bool:
    last_day = stuk.get("geldig_tot")
    return last_day is not None and last_day < today


def _with_dates(stuk: Mapping[str, Any]) -> dict[str, Any]:
    """The values taken over from a stuk are kept as JSON: the date of birth is text there."""
    taken_over = dict(stuk.get("gegevens") or {})
    born = taken_over.get("geboortedatum")
    if isinstance(born, str):
        taken_over["geboortedatum"] = date.fromisoformat(born)
    return {**stuk, "gegevens": taken_over}
