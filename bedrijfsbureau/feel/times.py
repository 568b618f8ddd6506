"""Time of day, and date and time: local components plus an optional zone, to the nanosecond."""

from dataclasses import dataclass

from bedrijfsbureau.feel.dates import AnyDate, day_number, from_day_number, show_date
from bedrijfsbureau.feel.durations import NANOS, NANOS_PER_DAY
from bedrijfsbureau.feel.zones import REFERENCE_DAY, Zone, offset_at, offset_at_instant, show_zone


@dataclass(frozen=True, slots=True)
class Time:
    """`nanos` since midnight."""

    nanos: int
    zone: Zone | None = None

    def __str__(self) -> str:
        return show_clock(self.nanos) + show_zone(self.zone)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day, `nanos` since its midnight, and the zone those are told in."""

    day: AnyDate
    nanos: int
    zone: Zone | None = None

    def __str__(self) -> str:
        return f"{show_date(self.day)}T{show_clock(self.nanos)}{show_zone(self.zone)}"


def show_clock(nanos: int) -> str:
    seconds, fraction = divmod(nanos, NANOS)
    tail = f".{fraction:09d}".rstrip("0") if fraction else ""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{tail}"


def offset_of(value: Time | DateTime) -> int | None:
    """Seconds east of UTC, or None for a local value."""
    if value.zone is None:
        return None
    return offset_at(value.zone, REFERENCE_DAY if isinstance(value, Time) else value.day, value.nanos)


def instant(value: Time | DateTime) -> int:
    """Nanoseconds on the UTC time line; for a local value on its own time line. Comparable only within one of the
    two."""
    days = day_number(value.day) if isinstance(value, DateTime) else 0
    return days * NANOS_PER_DAY + value.nanos - (offset_of(value) or 0) * NANOS


def from_instant(nanos: int, zone: Zone | None) -> DateTime:
    """The inverse of `instant` for a date and time. Raises ValueError outside the years FEEL knows."""
    if zone is not None:
        days, rest = divmod(nanos, NANOS_PER_DAY)
        nanos += offset_at_instant(zone, from_day_number(days), rest) * NANOS
    days, rest = divmod(nanos, NANOS_PER_DAY)
    return DateTime(from_day_number(days), rest, zone)


def shift(value: DateTime, nanos: int) -> DateTime:
    """Move along the time line: with a zone a day of 23 or 25 hours counts as such."""
    return from_instant(instant(value) + nanos, value.zone)


def shift_time(value: Time, nanos: int) -> Time:
    """Move around the clock; the day is lost."""
    return Time((value.nanos + nanos) % NANOS_PER_DAY, value.zone)
