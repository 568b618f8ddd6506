"""Time zones. A zone is a fixed offset in seconds (int) or an IANA name (str), read from the tzdata package only.

The machine's own zone database and setting play no part, so that the same expression gives the same answer everywhere.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from bedrijfsbureau.feel.dates import YEARS_IN_CYCLE, AnyDate

Zone = int | str
MAX_OFFSET = 14 * 3600
# A time of day carries no date, yet a named zone needs one to know its offset: we take 1 January 2000.
REFERENCE_DAY = date(2000, 1, 1)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset((resources.files("tzdata") / "zones").read_text().split())


@lru_cache(maxsize=1024)
def load_zone(name: str) -> ZoneInfo:
    """Raises ValueError for a name that is not in the IANA database."""
    if name not in zone_names():
        raise ValueError(f"unknown time zone {name}")
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def check_zone(zone: Zone) -> Zone:
    """Raises ValueError when there is no such zone or the offset is more than 14 hours."""
    if isinstance(zone, str):
        load_zone(zone)
    elif abs(zone) > MAX_OFFSET:
        raise ValueError(f"offset {zone}")
    return zone


def offset_at(zone: Zone, day: AnyDate, nanos: int) -> int:
    """Seconds east of UTC on this local day and time (nanoseconds since midnight). In a gap or overlap: the first
    offset."""
    if isinstance(zone, int):
        return zone
    year = day.year if 1 < day.year < 9999 else (day.year - 2) % YEARS_IN_CYCLE + 2
    local = datetime(year, day.month, day.day) + timedelta(microseconds=nanos // 1000)
    offset = load_zone(zone).utcoffset(local)
    return int(offset.total_seconds()) if offset is not None else 0


def offset_at_instant(zone: Zone, day: AnyDate, nanos: int) -> int:
    """As offset_at, but the day and time are in UTC."""
    if isinstance(zone, int):
        return zone
    info = load_zone(zone)
    year = day.year if 1 < day.year < 9999 else (day.year - 2) % YEARS_IN_CYCLE + 2
    moment = datetime(year, day.month, day.day, tzinfo=info) + timedelta(microseconds=nanos // 1000)
    offset = info.fromutc(moment).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def show_zone(zone: Zone | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if zone < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}{tail}"
