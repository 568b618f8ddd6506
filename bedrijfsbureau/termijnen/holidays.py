"""The Dutch public holidays of the Algemene termijnenwet (ATW) art. 3, computed; no table to keep up to date.

Art. 3 lid 1 names the holidays, lid 2 equates Good Friday, lid 3 lets a royal decree equate other days. Decreed days
are a table, because they are published per period and cannot be computed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

GOOD_FRIDAY = "Goede Vrijdag"

DECREED = frozenset({
    date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30),
    date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26),
})
"""Days equated for the ATW by royal decree: "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024,
27 december 2024 en 30 mei 2025 met een algemeen erkende feestdag" and the same of "2 januari 2026, 15 mei 2026,
7 mei 2027, 28 april 2028 en 26 mei 2028". A new decree follows about every three years: add its days here."""


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
