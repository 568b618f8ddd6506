"""Working days: which days count, and stepping over the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bedrijfsbureau.termijnen.holidays import DECREED, GOOD_FRIDAY, holidays

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True)
class Calendar:
    """A set of working days. `decreed`: days that a royal decree equates with a holiday (ATW art. 3 lid 3)."""

    name: str
    decreed: frozenset[date] = frozenset()

    def holiday(self, day: date) -> str | None:
        """The Dutch name of the holiday on this day, Good Friday and decreed days included; None on other days."""
        return holidays(day.year).get(day) or ("aangewezen dag" if day in self.decreed else None)

    def is_equated(self, day: date) -> bool:
        """Good Friday or a decreed day: equated with a holiday (ATW art. 3 lid 2 and 3), not one named by lid 1."""
        return holidays(day.year).get(day) == GOOD_FRIDAY or (day in self.decreed and day not in holidays(day.year))

    def is_working_day(self, day: date) -> bool:
        return day.isoweekday() < 6 and self.holiday(day) is None

    def why_closed(self, day: date) -> str | None:
        """Why this is no working day, in Dutch: the holiday, else the weekday; None on a working day."""
        if name := self.holiday(day):
            return name
        return WEEKDAYS[day.weekday()] if day.isoweekday() > 5 else None

    def working_days(self, first: date, step: int = 1) -> Iterator[date]:
        """Working days from `first` (included if it is one) on, or backwards with step -1; ends at the last date."""
        day = first
        while True:
            if self.is_working_day(day):
                yield day
            if day in (date.min, date.max):
                return
            day += step * ONE_DAY

    def working_day_from(self, day: date) -> date:
        """This day if it is a working day, else the first one after it. Raises OverflowError after year 9999."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after this day."""
        return self.working_day_from(day + ONE_DAY)

    def add_working_days(self, day: date, count: int) -> date:
        """The day itself does not count. A negative count steps back; 0 gives the day. Raises OverflowError."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day += step * ONE_DAY
            while not self.is_working_day(day):
                day += step * ONE_DAY
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`; negative when `until` is earlier."""
        if until < after:
            return -self.count_working_days(until, after)
        return sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


atw = Calendar("Algemene termijnenwet", DECREED)
"""Dutch holidays of ATW art. 3: lid 1, lid 2 and the days known to be decreed under lid 3."""

pact = Calendar("Verordening (EU) 2024/1348")
"""Working days for the Pact (art. 73), which refers to public holidays. That Good Friday is one and that days decreed
"for the application of the ATW" are not, is our inference: to be confirmed by the process owner."""
