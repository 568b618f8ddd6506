"""Reading the ISO 8601 text of dates, times and durations. Every function gives None when the text is none of it."""

import re

from bedrijfsbureau.feel.dates import AnyDate, make_date
from bedrijfsbureau.feel.durations import NANOS, DaysDuration, MonthsDuration
from bedrijfsbureau.feel.times import DateTime, Time
from bedrijfsbureau.feel.zones import Zone, check_zone

DATE = re.compile(r"(-?)(\d{4}|[1-9]\d{4,8})-(\d{2})-(\d{2})", re.ASCII)
TIME = re.compile(
    r"(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,15}))?(Z|z|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z0-9_+\-/]+)?", re.ASCII
)
DURATION = re.compile(
    r"(-)?P(?:(\d{1,18})Y)?(?:(\d{1,18})M)?(?:(\d{1,18})D)?"
    r"(T(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{0,15}))?S)?)?",
    re.ASCII,
)

Duration = MonthsDuration | DaysDuration
Temporal = AnyDate | Time | DateTime | Duration


def parse_date(text: str) -> AnyDate | None:
    match = DATE.fullmatch(text)
    if not match:
        return None
    sign, year, month, day = match.groups()
    try:
        return make_date(-int(year) if sign else int(year), int(month), int(day))
    except ValueError:
        return None


def parse_zone(text: str | None) -> Zone | None:
    """Raises ValueError for a zone that does not exist."""
    if not text:
        return None
    if text in ("Z", "z"):
        return 0
    if text[0] == "@":
        return check_zone(text[1:])
    hours, minutes, seconds = (int(part) for part in (text[1:] + ":00").split(":")[:3])
    if minutes > 59 or seconds > 59:
        raise ValueError(text)
    offset = hours * 3600 + minutes * 60 + seconds
    return check_zone(-offset if text[0] == "-" else offset)


def parse_time(text: str) -> Time | None:
    match = TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        return Time((hour * 3600 + minute * 60 + second) * NANOS + fraction(match[4]), parse_zone(match[5]))
    except ValueError:
        return None


def fraction(digits: str | None) -> int:
    """Nanoseconds from the digits after the decimal point; smaller parts are dropped."""
    return int((digits or "0").ljust(9, "0")[:9])


def parse_date_time(text: str) -> DateTime | None:
    """A text without a time is midnight."""
    date_text, separator, time_text = text.partition("T")
    day = parse_date(date_text)
    if day is None:
        return None
    if not separator:
        return DateTime(day, 0)
    time = parse_time(time_text)
    return None if time is None else DateTime(day, time.nanos, time.zone)


def parse_duration(text: str) -> Duration | None:
    match = DURATION.fullmatch(text)
    if not match or text.endswith(("P", "T")):
        return None
    sign, years, months, days, time, hours, minutes, seconds, digits = match.groups()
    factor = -1 if sign else 1
    try:
        if years or months:
            if days or time:
                return None
            return MonthsDuration(factor * (int(years or 0) * 12 + int(months or 0)))
        total = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
        return DaysDuration(factor * (total * NANOS + fraction(digits)))
    except OverflowError:
        return None


def parse_temporal(text: str) -> Temporal | None:
    """The value of an at-literal, @"..."."""
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    date = parse_date(text)
    return date if date is not None else parse_time(text)
