"""The two durations of FEEL: months (years and months) and an exact stretch of time (days and time), in nanoseconds."""

from dataclasses import dataclass

NANOS = 1_000_000_000
NANOS_PER_DAY = 86_400 * NANOS
MAX_NANOS = (1 << 63) * NANOS  # about 292 billion years; beyond this a duration is null
MAX_MONTHS = 12 * 1_000_000_000 * 2


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A years and months duration. Raises OverflowError when it is longer than any two dates are apart."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MAX_MONTHS:
            raise OverflowError(f"{self.months} months")

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        sign = "-" if self.months < 0 else ""
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{sign}P{parts or '0M'}"


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """A days and time duration. Raises OverflowError when too long."""

    nanos: int

    def __post_init__(self) -> None:
        if abs(self.nanos) > MAX_NANOS:
            raise OverflowError(f"{self.nanos} nanoseconds")

    def parts(self) -> tuple[int, int, int, int, int, int]:
        """Sign (1 or -1), days, hours, minutes, seconds, nanoseconds."""
        seconds, nanos = divmod(abs(self.nanos), NANOS)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        return (-1 if self.nanos < 0 else 1), days, hours, minutes, seconds, nanos

    def __str__(self) -> str:
        sign, days, hours, minutes, seconds, nanos = self.parts()
        fraction = f".{nanos:09d}".rstrip("0") if nanos else ""
        time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        time += f"{seconds}{fraction}S" if seconds or nanos else ""
        text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
        return f"{'-' if sign < 0 else ''}P{text or 'T0S'}"
