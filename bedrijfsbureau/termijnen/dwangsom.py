"""Penalties for deciding or hearing too late: by law (Awb 4:17), and as a court set them (Awb 8:55d).

Nothing runs unless it was switched on for a dossiersoort and period. The one by law was switched off for asylum by the
Tijdelijke wet opschorting dwangsommen IND (2020); what holds today of both is to be confirmed, so their periods are
instellingen and empty. ATW does not apply to the days of the law (Awb 4:17 lid 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bedrijfsbureau.termijnen.calendar import ONE_DAY

TRANCHES = ((14, 23), (14, 35), (14, 45))
"""Days and euros a day: 14 of 23, 14 of 35, 14 of 45, together 1.442 at most. [D] Awb 4:17 lid 2."""
BY_LAW = ("dwangsom_vanaf", "dwangsom_tot_en_met")
BY_COURT = ("dwangsom_rechter_vanaf", "dwangsom_rechter_tot_en_met")
"""The instellingen between which the first day of a penalty lies."""


@dataclass(frozen=True)
class Dwangsom:
    days: int
    euros: int
    is_full: bool  # no more will be added


@dataclass(frozen=True)
class CourtDwangsom:
    """What a court set beside its date: euros a day, and in all (0: no maximum). `counts`: it is switched on."""

    first_day: date
    per_day: int
    most: int
    decision: str
    counts: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "from": self.first_day.isoformat(), "per_day": self.per_day, "most": self.most, "decision": self.decision,
            "counts": self.counts,
        }  # fmt: skip


def is_switched_on(settings: Mapping[str, object], first_day: date, period: tuple[str, str] = BY_LAW) -> bool:
    """Whether a penalty that begins on this day runs for this dossiersoort; with empty instellingen it does not."""
    begin, end = (settings.get(name) for name in period)
    return isinstance(begin, date) and begin <= first_day and (not isinstance(end, date) or first_day <= end)


def accrued(first_day: date, today: date) -> Dwangsom:
    """By law: what has become due on `today` when `first_day` is the first day of the penalty; every day counts."""
    days = max(0, (today - first_day).days + 1)
    left, euros = days, 0
    for most, rate in TRANCHES:
        euros += min(left, most) * rate
        left = max(0, left - most)
    longest = sum(most for most, _ in TRANCHES)
    return Dwangsom(min(days, longest), euros, days >= longest)


def accrued_by_court(first_day: date, per_day: int, most: int, today: date) -> Dwangsom:
    """The same for what a court set; every day counts until the maximum is reached."""
    days = max(0, (today - first_day).days + 1)
    longest = -(-most // per_day) if most else days + 1
    euros = min(days * per_day, most) if most else days * per_day
    return Dwangsom(min(days, longest), euros, days >= longest)


def run_up(content: Mapping[str, Any], met_on: date | None, today: date) -> Dwangsom | None:
    """Of a term as the database keeps it; None where none runs. The day on which the term was met adds nothing [I]."""
    last = min(today, met_on - ONE_DAY) if met_on else today
    if first := content.get("dwangsom_from"):
        return accrued(date.fromisoformat(first), last)
    by_court = content.get("dwangsom")
    if not by_court or not by_court["counts"]:
        return None
    return accrued_by_court(date.fromisoformat(by_court["from"]), by_court["per_day"], by_court["most"], last)
