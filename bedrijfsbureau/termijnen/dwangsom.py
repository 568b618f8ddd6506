"""The penalty of Awb 4:17 for deciding too late. Nothing runs unless it was switched on for a dossiersoort and period.

It was switched off for asylum by the Tijdelijke wet opschorting dwangsommen IND (2020); what holds today is to be
confirmed, so both ends of the period are instellingen and empty. ATW does not apply to its days (Awb 4:17 lid 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TRANCHES = ((14, 23), (14, 35), (14, 45))
"""Days and euros a day: 14 of 23, 14 of 35, 14 of 45, together 1.442 at most. [D] Awb 4:17 lid 2."""
SWITCHED_ON_FROM, SWITCHED_ON_UNTIL = "dwangsom_vanaf", "dwangsom_tot_en_met"


@dataclass(frozen=True)
class Dwangsom:
    days: int
    euros: int
    is_full: bool  # no more will be added


def is_switched_on(settings: Mapping[str, object], first_day: date) -> bool:
    """Whether a penalty that begins on this day runs for this dossiersoort; with empty instellingen it does not."""
    begin, end = settings.get(SWITCHED_ON_FROM), settings.get(SWITCHED_ON_UNTIL)
    return isinstance(begin, date) and begin <= first_day and (not isinstance(end, date) or first_day <= end)


def accrued(first_day: date, today: date) -> Dwangsom:
    """What has become due on `today` when `first_day` is the first day of the penalty; every day counts."""
    days = max(0, (today - first_day).days + 1)
    left, euros = days, 0
    for most, rate in TRANCHES:
        euros += min(left, most) * rate
        left = max(0, left - most)
    longest = sum(most for most, _ in TRANCHES)
    return Dwangsom(min(days, longest), euros, days >= longest)
