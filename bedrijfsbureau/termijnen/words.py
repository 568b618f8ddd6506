"""Dates in Dutch words, for screens, messages of checks and the steps of a computation."""

import re
from datetime import date

from bedrijfsbureau.termijnen.calendar import WEEKDAYS, Calendar

SHORT_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
SHORT_MONTHS = ("jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)
STANDING = re.compile(r"\s*\[(D(-[\d/]+)?|I|U)\]\s*")
MANY_WORKING_DAYS = 20
MANY_WEEKS = 12


def short_date(day: date) -> str:
    """ "do 26 nov. 2026" """
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """ "donderdag 26 november 2026" """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def number_date(day: date) -> str:
    """ "26-11-2026", as people type it"""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def unlabelled(basis: str) -> str:
    """A basis without the label of its standing, as it goes into a sentence."""
    return STANDING.sub(" ", basis).strip()


def euros(amount: int) -> str:
    """ "€ 7.500" """
    return f"€ {amount:,}".replace(",", ".")


def counted(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def say_when(due: date, today: date, calendar: Calendar) -> str:
    """How far away this date is: working days when near, weeks or months when far, calendar days when too late."""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days, 'dag', 'dagen')} te laat"
    if days < 2:
        return ("vandaag", "morgen")[days]
    if days > MANY_WEEKS * 7:
        return f"over {counted((days + 15) // 30, 'maand', 'maanden')}"
    working_days = calendar.count_working_days(today, due)
    if working_days > MANY_WORKING_DAYS:
        return f"over {counted((days + 3) // 7, 'week', 'weken')}"
    if working_days == 0:
        return f"over {counted(days, 'dag', 'dagen')}"
    return f"over {counted(working_days, 'werkdag', 'werkdagen')}"
