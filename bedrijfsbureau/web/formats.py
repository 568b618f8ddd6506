"""How screens write dates, moments and numbers. Times are Amsterdam's; words come first, the date second."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_time
from flask import Flask
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from bedrijfsbureau.checks import OURSELVES
from bedrijfsbureau.model import NO_DUE
from bedrijfsbureau.queries.worklist import CAP
from bedrijfsbureau.termijnen import number_date, pact, say_when
from bedrijfsbureau.termijnen.apply import in_words as term_words
from bedrijfsbureau.termijnen.words import euros
from bedrijfsbureau.web.current import AMSTERDAM, today

STANDING = re.compile(r"\s*\[(D(-[\d/]+)?|I|U)\]")
MONTHS_WITH_DOT = re.compile(r"(?<= )(jan|feb|mrt|apr|jun|jul|aug|sep|okt|nov|dec)\b")


def translatable(text: str) -> str:
    """Marks a Dutch text of a lower layer, so that it is collected for the catalogues."""
    return text


TERM_WORDS = (  # what `say_when` can answer
    translatable("vandaag"),
    translatable("morgen"),
    translatable("%(num)s dag te laat"),
    translatable("%(num)s dagen te laat"),
    translatable("over %(num)s dag"),
    translatable("over %(num)s dagen"),
    translatable("over %(num)s werkdag"),
    translatable("over %(num)s werkdagen"),
    translatable("over %(num)s week"),
    translatable("over %(num)s weken"),
    translatable("over %(num)s maand"),
    translatable("over %(num)s maanden"),
)


def add_formats(app: Flask) -> None:
    for each in (
        day, full_day, month, iso_day, as_moment, clock, moment, when, sentence, source, capped, number_date, initials,
        euros, set_length, file_size, decimal, title_of, whom,
    ):  # fmt: skip
        app.jinja_env.filters[each.__name__] = each
    app.jinja_env.globals.update(today=today, days_since=days_since, has_due=has_due)


def file_size(count: int) -> str:
    """ "18 bytes", "1,4 MB" """
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} bytes"


def day(value: date | datetime) -> str:
    """ "do 26 nov.", with the year when it is not this year's"""
    value = _local(value)
    return _date(value, "EEE d MMM" if value.year == today().year else "EEE d MMM y")


def full_day(value: date | datetime) -> str:
    """ "do 26 nov. 2026" """
    return _date(_local(value), "EEE d MMM y")


def month(value: date) -> str:
    """ "november 2026" """
    return _date(value, "LLLL y")


def iso_day(text: str) -> str:
    """A date as JSON keeps it, as `full_day`"""
    return full_day(date.fromisoformat(text))


def as_moment(text: str) -> datetime:
    """A moment as JSON keeps it."""
    return datetime.fromisoformat(text)


def has_due(value: date) -> bool:
    return value != NO_DUE


def days_since(moment: str) -> int:
    """Calendar days since an ISO moment, as verdicts keep it."""
    return (today() - _local(datetime.fromisoformat(moment))).days


def clock(value: datetime) -> str:
    """ "10:42" """
    return format_time(value.astimezone(AMSTERDAM), "HH:mm")


def moment(value: datetime) -> str:
    """ "vandaag 10:42", "vr 20 nov. 16:05" """
    on = _local(value)
    return f"{_('vandaag') if on == today() else day(on)} {clock(value)}"


def when(value: date) -> str:
    """ "over 3 werkdagen"; working days are those of the Pact"""
    if value == NO_DUE:
        return ""
    return in_words(say_when(value, today(), pact))


def set_length(words: str) -> str:
    """A length or calendar of a rule; one that an instelling sets says so."""
    return term_words(words)


def in_words(words: str) -> str:
    """Dutch words of a term in the language of the reader: the number stays, the rest is in the catalogue."""
    number = re.search(r"\d+", words)
    if number is None:
        return str(_(words))
    return str(_(words.replace(number[0], "%(num)s", 1), num=number[0]))


def sentence(text: str) -> str:
    """With a capital at the start; the rest stays, so that KMar stays KMar"""
    return text[:1].upper() + text[1:]


def source(basis: str) -> str:
    """A basis without the label of its standing, which the tag `te bevestigen` already says"""
    return STANDING.sub("", basis).strip()


def decimal(value: float) -> str:
    """ "3,4", "0,2" """
    return str(format_decimal(round(value, 1), "0.0"))


def whom(partij: str) -> str:
    """A partij after "op", "aan" or "door"."""
    return str(_("ons")) if partij == OURSELVES else partij


def title_of(code: str, verdicts: Mapping[str, Mapping[str, Any]]) -> str:
    """What people call a check, where its verdict is at hand."""
    return str(verdicts[code]["title"])


def capped(count: int) -> str:
    return f"{CAP - 1}+" if count >= CAP else str(count)


def initials(name: str) -> str:
    words = [word for word in re.split(r"[\s.-]+", name) if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def _date(value: date, pattern: str) -> str:
    locale = get_locale()
    text = format_date(value, pattern, locale=locale)
    return MONTHS_WITH_DOT.sub(r"\1.", text) if locale.language == "nl" else text


def _local(value: date | datetime) -> date:
    return value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value
