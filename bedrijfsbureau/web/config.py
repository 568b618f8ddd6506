"""What an installation decides about its web application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Config:
    """`https` False only for a demonstration on this machine: cookies then also travel over plain http."""

    https: bool = True
    clock: Callable[[], datetime] = _now
    session_length: timedelta = timedelta(hours=12)  # counted from logging in: a working day with its margins
    notice: str = ""  # one Dutch sentence in every footer, such as "Alle gegevens zijn verzonnen voorbeelden."
