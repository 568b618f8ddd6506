"""The Dutch public holidays of the Algemene termijnenwet (ATW) art. 3, computed; no table to keep up to date.

Art. 3 lid 1 names the holidays, lid 2 equates Good Friday, lid 3 lets a royal decree equate other days. Decreed days
are a table, because they are published per period and cannot be computed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

GOOD_FRIDAY = "Goede Vrijdag"

DECREED: frozenset[date] = frozenset()
"""Days equated for the ATW by royal decree (art. 3 lid 3). None is confirmed, so none is shipped: te bevestigen.

Quoted, not read in the Staatsblad: 28-4 and 19-5-2023, 10-5 and 27-12-2024, 30-5-2025, 2-1 and 15-5-2026, 7-5-2027,
28-4 and 26-5-2028. Add what a process owner has confirmed."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous Gregorian computus, Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """27 April since 2014, before that 30 April; the day before when it falls on a Sunday (since 1980)."""
    day = date(year, 4, 27 if year >= 2014 else 30)
    return day - timedelta(days=1) if day.isoweekday() == 7 else day


@lru_cache(maxsize=256)
def holidays(year: int) -> Mapping[date, str]:
    """Every holiday of ATW art. 3 lid 1 and 2 in this year, with its Dutch name. 5 May counts every year."""
    pasen = easter(year)
    return MappingProxyType({
        date(year, 1, 1): "Nieuwjaarsdag",
        pasen - timedelta(days=2): GOOD_FRIDAY,
        pasen + timedelta(days=1): "tweede paasdag",
        kings_day(year): "Koningsdag",
        date(year, 5, 5): "Bevrijdingsdag",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=50): "tweede pinksterdag",
        date(year, 12, 25): "eerste kerstdag",
        date(year, 12, 26): "tweede kerstdag",
    })
