"""When a timer is due: a FEEL value becomes an instant, reckoned on the wall clock of Europe/Amsterdam.

SpiffWorkflow's own arithmetic is not used: its local offset is fixed at import, 31 January + P1M is 3 March there, and
a negative duration loses its sign.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from bedrijfsbureau import feel
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.times import DateTime

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_NANOS_PER_DAY = 86_400 * 1_000_000_000
_CYCLE = re.compile(r"R(\d{0,6})/(?:([^/P]+)/)?(P[^/]+)")
_WEEKS = re.compile(r"(-?P)(\d{1,6})W")
_SHORTEST = DaysDuration(60 * 1_000_000_000)  # or a worker that was away has too much to catch up with


class NotAMoment(Exception):
    """De timer geeft geen datum, tijdstip of duur."""

    def __init__(self, value: object) -> None:
        super().__init__(f"de timer geeft '{value}'; dat is geen datum, tijdstip of duur")


def due_at(value: Any, now: datetime) -> datetime | None:
    """The instant, in UTC. null is never. A date is the start of that day. A duration counts from `now`.

    FEEL does not tell P1D from PT24H: whole days of a duration are calendar days, the rest is exact time. Months keep
    the day, or take the last one of a shorter month. Raises NotAMoment.
    """
    if value is None:
        return None
    try:
        return _instant(value, now).astimezone(UTC)
    except (OverflowError, ValueError, LookupError) as error:
        raise NotAMoment(value) from error


def _instant(value: Any, now: datetime) -> datetime:
    if type(value) is date:
        return datetime.combine(value, time(), AMSTERDAM)
    if isinstance(value, DateTime) and isinstance(value.day, date):
        local = datetime.combine(value.day, time()) + timedelta(microseconds=value.nanos // 1000)
        return local.replace(tzinfo=_zone(value.zone))
    here = now.astimezone(AMSTERDAM)
    if isinstance(value, MonthsDuration):
        return _plus_months(here, value.months)
    if isinstance(value, DaysDuration):
        sign = -1 if value.nanos < 0 else 1
        days, nanos = divmod(abs(value.nanos), _NANOS_PER_DAY)
        moved = here + timedelta(days=sign * days)  # wall clock: same time of day across a change of the clock
        return moved.astimezone(UTC) + timedelta(microseconds=sign * (nanos // 1000))
    raise NotAMoment(value)


def _zone(zone: int | str | None) -> ZoneInfo | timezone:
    if zone is None:
        return AMSTERDAM
    return timezone(timedelta(seconds=zone)) if isinstance(zone, int) else ZoneInfo(zone)


def _plus_months(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def to_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@dataclass(frozen=True)
class Cycle:
    """A repetition: `times` None is without end; the first at `start`, or one `step` from when the token arrived."""

    times: int | None
    start: Any
    step: Any

    def first(self, arrived: datetime) -> int:
        """The number of its first moment since the token arrived: what was before that passed without it."""
        start = None if self.start is None else due_at(self.start, arrived)
        if start is None or start >= arrived:
            return 1
        if isinstance(self.step, MonthsDuration):
            number = (arrived.year - start.year) * 12 // self.step.months
        else:
            number = int((arrived - start) / timedelta(microseconds=self.step.nanos // 1000))
        number = max(number - 1, 1)  # months and days differ in length
        while (at := self.nth(number, arrived)) is not None and at < arrived:
            number += 1
        return number

    def nth(self, number: int, arrived: datetime) -> datetime | None:
        """When it is due for the `number`th time, from 1; None: no more. Reckoned from the beginning, so that the
        last day of a month stays the last day."""
        if self.times is not None and number > self.times:
            return None
        if self.start is None:
            return due_at(_times(self.step, number), arrived)
        return due_at(_times(self.step, number - 1), due_at(self.start, arrived) or arrived)


def read_cycle(value: Any) -> Cycle:
    """An ISO 8601 repetition (R3/P1D, R/2026-07-01T09:00:00/P1W) or a duration, for ever. Raises NotAMoment."""
    times, start, step = None, None, value
    if isinstance(value, str) and (parts := _CYCLE.fullmatch(value)):
        times = int(parts[1]) if parts[1] else None
        start = _value("date and time", parts[2]) if parts[2] else None
        step = _value("duration", parts[3])
        if parts[2] and start is None:
            raise NotAMoment(value)
    if (isinstance(step, DaysDuration) and step >= _SHORTEST) or (isinstance(step, MonthsDuration) and step.months > 0):
        return Cycle(times, start, step)
    raise NotAMoment(value)


def _value(function: str, text: str) -> Any:
    quoted = without_weeks(text).replace('"', "")
    return feel.compile(f'{function}("{quoted}")').evaluate({})


def without_weeks(text: str) -> str:
    """ISO 8601 has weeks (P2W), FEEL has not."""
    return _WEEKS.sub(lambda found: f"{found[1]}{int(found[2]) * 7}D", text)


def _times(step: Any, number: int) -> Any:
    if isinstance(step, MonthsDuration):
        return MonthsDuration(step.months * number)
    return DaysDuration(step.nanos * number)
