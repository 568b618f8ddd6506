"""Where the bars of a chart stand, in units of its viewBox. Templates draw them; each chart has its table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEFT, RIGHT = 176.0, 640.0  # of stacked bars: room for names before and totals after
ROW = 42.0
GAP = 1.5
READABLE = 20.0  # a part narrower than this has no number in it
COLUMN = 30.0  # of one week
HEIGHT = 58.0


@dataclass(frozen=True)
class Part:
    x: float
    width: float
    band: int
    number: int

    @property
    def is_readable(self) -> bool:
        return self.width >= READABLE


@dataclass(frozen=True)
class Bar:
    name: str
    y: float
    parts: tuple[Part, ...]
    total: int

    @property
    def end(self) -> float:
        return self.parts[-1].x + self.parts[-1].width if self.parts else LEFT


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    height: float
    number: int


def stacked(rows: Mapping[str, Sequence[int]]) -> list[Bar]:
    """One bar per name, its parts in order; the longest fills the width."""
    most = max(map(sum, rows.values()), default=0) or 1
    return [
        Bar(name, place * ROW, tuple(_parts(numbers, (RIGHT - LEFT) / most)), sum(numbers))
        for place, (name, numbers) in enumerate(rows.items())
    ]


def columns(numbers: Sequence[int], most: int) -> list[Column]:
    """One column per number; `most` has the full height."""
    heights = [HEIGHT * number / (most or 1) for number in numbers]
    return [
        Column(place * COLUMN, round(HEIGHT - height, 1), round(height, 1), number)
        for place, (number, height) in enumerate(zip(numbers, heights, strict=True))
    ]


def _parts(numbers: Sequence[int], scale: float) -> list[Part]:
    found, x = [], LEFT
    for band, number in enumerate(numbers):
        if number:
            width = max(number * scale - GAP, 2.0)
            found.append(Part(round(x, 1), round(width, 1), band, number))
            x += width + GAP
    return found
