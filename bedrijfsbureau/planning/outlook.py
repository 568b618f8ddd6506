"""When a dossier will be behandelklaar: when the last of what blocks it is done with."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import prod

from bedrijfsbureau.planning.calibration import Calibration
from bedrijfsbureau.planning.survival import Curve
from bedrijfsbureau.planning.waits import Waits

PRECISION = 0.01  # days


@dataclass(frozen=True)
class Item:
    """A check that blocks, open for `age` days."""

    code: str
    partij: str
    age: float


@dataclass(frozen=True)
class Outlook:
    """`waits`: what still blocks, with the curve that it follows."""

    waits: tuple[tuple[Item, Curve], ...]
    calibration: Calibration

    def chance(self, days: float, done: Collection[str] = ()) -> float:
        """That nothing blocks any more within so many days; `done`: checks that would be in order now."""
        left = [curve.over(days, item.age) for item, curve in self.waits if item.code not in done]
        if not left:
            return 1.0
        return self.calibration.chance(prod(left)) if days >= 0 else 0.0

    def within(self, share: float) -> float | None:
        """The days within which it is ready with this chance; None when that takes longer than anything measured."""
        if not self.waits:
            return 0.0
        low, high = 0.0, max(curve.until - item.age for item, curve in self.waits)
        if self.chance(high) < share:
            return None
        while high - low > PRECISION:
            middle = (low + high) / 2
            low, high = (low, middle) if self.chance(middle) >= share else (middle, high)
        return high


def outlook(
    items: Iterable[Item], locatie: str, waits: Waits, calibration: Calibration
) -> tuple[Outlook | None, tuple[str, ...]]:
    """The outlook of a dossier; None, and the checks with too little to go by, when nothing can be said."""
    found = [(item, waits.of(item.code, item.partij, locatie, item.age)) for item in items]
    unknown = tuple(item.code for item, curve in found if curve is None)
    if unknown:
        return None, unknown
    return Outlook(tuple((item, curve) for item, curve in found if curve is not None), calibration), ()
