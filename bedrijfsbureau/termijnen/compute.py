"""From a rule and a start date to the last day, with a sentence for every step on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.calendar import ONE_DAY
from bedrijfsbureau.termijnen.computed import Computed, Extension, Options, Step, Suspension
from bedrijfsbureau.termijnen.length import Length, Unit, add_months
from bedrijfsbureau.termijnen.rule import Counting, Method, Shift, TermRule, atw_excludes
from bedrijfsbureau.termijnen.words import counted, short_date

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NO_OPTIONS = Options()


def compute(rule: TermRule, start: date, options: Options = NO_OPTIONS) -> Computed:
    """`start`: the day of the event; an aware datetime for a term in hours. Raises InvalidInput (Dutch)."""
    length = rule.lengths.for_ground(options.ground)
    try:
        if length.unit is Unit.UUR:
            return compute_hours(rule, length, start)
        if isinstance(start, datetime):
            start = start.astimezone(AMSTERDAM).date()
        reckoning = Reckoning(rule.method, length, start)
        reckoning.count()
        reckoning.extend(options.extensions)
        due_on = reckoning.suspend(options.suspensions)
        if due_on is not None:
            due_on = reckoning.shift(options.extensions)
    except OverflowError as error:
        raise refused("Deze termijn loopt tot na het jaar 9999. Controleer de lengte en de begindatum.") from error
    days = () if reckoning.days and reckoning.days[-1] != due_on else tuple(reckoning.days)
    return Computed(rule.kind, due_on, tuple(reckoning.steps), rule.basis, days=days)


def fixed(kind: str, on: date, source: str, basis: str) -> Computed:
    """A date that somebody set, such as a court: nothing to compute, and it never moves."""
    return Computed(kind, on, (Step(f"{source} bepaalde deze datum: {short_date(on)}.", on),), basis)


def compute_hours(rule: TermRule, length: Length, start: date) -> Computed:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise refused("Een termijn in uren begint op een tijdstip. Vul ook de tijd in.")
    due_at = start.astimezone(UTC) + timedelta(hours=length.count)
    due_on = due_at.astimezone(AMSTERDAM).date()
    at = f"{due_at.astimezone(AMSTERDAM):%H:%M} uur"
    steps = (
        Step(f"Begint op {short_date(start.astimezone(AMSTERDAM).date())}.", start.astimezone(AMSTERDAM).date()),
        Step(f"{length} later: {short_date(due_on)}, {at}. Uren lopen altijd door (ATW art. 4).", due_on),
    )
    return Computed(rule.kind, due_on, steps, rule.basis, due_at=due_at)


def refused(message: str) -> InvalidInput:
    return InvalidInput({"termijn": [message]}, message)


def months_in(length: Length) -> int:
    """0 for a length in other units."""
    return {Unit.MAAND: length.count, Unit.JAAR: 12 * length.count}.get(length.unit, 0)


def in_order(extension: Extension) -> tuple[int, int, str, str]:
    units = (Unit.JAAR, Unit.MAAND, Unit.WEEK, Unit.DAG, Unit.WERKDAG, Unit.UUR)
    place = 0 if months_in(extension.length) else units.index(extension.length.unit)
    return place, months_in(extension.length) or extension.length.count, extension.reason, extension.basis


@dataclass
class Reckoning:
    """The running end of one term and the sentences so far; `end` is before any move to a working day."""

    method: Method
    length: Length
    start: date
    end: date = date.min
    steps: list[Step] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    def say(self, text: str, on: date | None) -> None:
        self.steps.append(Step(text, on))

    @property
    def counting(self) -> Counting:
        return Counting.WORKING if self.length.unit is Unit.WERKDAG else self.method.counting

    def counted_days(self, first: date) -> Iterator[date]:
        """The days that count, from `first` on. Raises OverflowError after year 9999."""
        day = first
        while True:
            if self.counting.counts(day, self.method.calendar):
                yield day
            day += ONE_DAY

    def count(self) -> None:
        """From the start to the end, without moves."""
        in_days = self.length.unit in (Unit.DAG, Unit.WERKDAG)
        if self.method.from_start:
            if not in_days:
                raise refused("Een termijn waarvan de eerste dag meetelt, kan alleen in dagen worden geteld.")
            self.days = list(islice(self.counted_days(self.start), self.length.count))
            self.end = self.days[-1]
            self.say(f"Dag 1 is {short_date(self.days[0])}.", self.days[0])
            self.say(f"Dag {self.length.count} is {short_date(self.end)}.{self.skipped(self.days[0])}", self.end)
            return
        self.say(f"Begint op {short_date(self.start)}. Die dag telt niet mee.", self.start)
        self.end = self.add(self.start, self.length)
        skipped = self.skipped(self.start) if in_days else ""
        self.say(f"{str(self.length).capitalize()} later: {short_date(self.end)}.{skipped}", self.end)

    def skipped(self, after: date) -> str:
        """A sentence about the days between that did not count."""
        span = ((after + timedelta(days=n)) for n in range(1, (self.end - after).days))
        skipped = [day for day in span if not self.counting.counts(day, self.method.calendar)]
        if not skipped:
            return ""
        names = dict.fromkeys(self.method.calendar.why_closed(day) or "" for day in skipped)
        verb = "telt" if len(names) == 1 else "tellen"
        return f" Niet mee {verb}: {', '.join(names)}."

    def add(self, day: date, length: Length) -> date:
        match length.unit:
            case Unit.WEEK:
                return day + timedelta(weeks=length.count)
            case Unit.MAAND | Unit.JAAR:
                return add_months(day, months_in(length))
            case Unit.UUR:
                raise refused("Een termijn in dagen of langer kan niet met uren worden verlengd.")
            case Unit.WERKDAG:
                return self.method.calendar.add_working_days(day, length.count)
            case Unit.DAG:
                return next(islice(self.counted_days(day + ONE_DAY), length.count - 1, None))

    def extend(self, extensions: tuple[Extension, ...]) -> None:
        """Extensions run from the end before any move to a working day, so that they do not swallow the move. Longer
        units go first and months add up before they are counted, so that their order does not matter: 6 and 9 months
        are 15."""
        months = months_in(self.length)
        anchor, months = (self.start, months) if months else (self.end, 0)
        for extension in sorted(extensions, key=in_order):
            if more := months_in(extension.length):
                months += more
                self.end = add_months(anchor, months)
            else:
                self.end = self.add(self.end, extension.length)
            why = f"{extension.reason} ({extension.basis})"
            self.say(f"Verlengd met {extension.length}: {why}. Dat wordt {short_date(self.end)}.", self.end)

    def suspend(self, suspensions: tuple[Suspension, ...]) -> date | None:
        """Adds the days that the term stood still, each once; None when it still does."""
        running_from = self.start if self.method.from_start else self.start + ONE_DAY
        for suspension in sorted(suspensions, key=lambda each: (each.begin, each.end or date.max)):
            begin = max(suspension.begin, running_from)
            why = f"{suspension.reason} ({suspension.basis})"
            if begin > self.end:
                self.say(f"Opschorting vanaf {short_date(begin)} telt niet: de termijn was al voorbij.", self.end)
            elif suspension.end is None:
                self.say(f"Opgeschort sinds {short_date(begin)}: {why}. De einddatum is nog niet bekend.", None)
                return None
            elif suspension.end > begin:
                self.stand_still(begin, suspension.end, why)
                running_from = suspension.end
        return self.end

    def stand_still(self, begin: date, end: date, why: str) -> None:
        span = (begin + timedelta(days=n) for n in range((end - begin).days))
        lost = sum(self.counting.counts(day, self.method.calendar) for day in span)
        if lost:
            self.end = next(islice(self.counted_days(self.end + ONE_DAY), lost - 1, None))
        period = f"van {short_date(begin)} tot {short_date(end)} ({counted(lost, 'dag', 'dagen')})"
        self.say(f"Opgeschort {period}: {why}. Dat wordt {short_date(self.end)}.", self.end)

    def shift(self, extensions: tuple[Extension, ...]) -> date:
        """Moves the end as the ATW (art. 1, 2 and 4) or art. 73 of the Pact regulation says."""
        calendar = self.method.calendar
        if self.method.shift is Shift.NONE:
            return self.end
        by_atw = self.method.shift is Shift.ATW
        too_long = any(atw_excludes(length) for length in (self.length, *(each.length for each in extensions)))
        closed = calendar.why_closed(self.end)
        if by_atw and too_long:
            if closed:
                self.say(f"{closed.capitalize()} blijft de laatste dag: de termijn is te lang (ATW art. 4).", self.end)
            return self.end
        if by_atw:
            self.stretch()
            closed = calendar.why_closed(self.end)
        if closed:
            basis = "ATW art. 1" if by_atw else "art. 73 Vo. 2024/1348"
            self.end = calendar.working_day_from(self.end)
            moved = f"de eerste werkdag daarna is {short_date(self.end)}"
            self.say(f"De laatste dag is {closed}: {moved} ({basis}).", self.end)
        return self.end

    def stretch(self) -> None:
        """ATW art. 2: a term of three days or more holds at least two working days."""
        if self.length.unit is not Unit.DAG or self.length.count < 3:
            return
        within = self.method.calendar.count_working_days(self.start, self.end)
        if within < 2:
            self.end = self.method.calendar.add_working_days(self.end, 2 - within)
            self.say(f"Er moeten twee werkdagen in zitten: {short_date(self.end)} (ATW art. 2).", self.end)
