"""Making chances come true: of all that was said to have a chance of 85 %, 85 % has to happen.

Checks of one dossier do not close independently of each other, and new ones open meanwhile. What that does is not
modelled but measured: for forecasts of the past, where between "at once" and "at last" reality came out.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from bedrijfsbureau.planning.survival import kaplan_meier


@dataclass(frozen=True)
class Calibration:
    """`said[i]`: a chance as it was reckoned; `came[i]`: the share that had come true by then. Both ascend from 0 to 1;
    in between is a straight line."""

    said: tuple[float, ...] = (0.0, 1.0)
    came: tuple[float, ...] = (0.0, 1.0)

    def chance(self, reckoned: float) -> float:
        place = min(max(bisect_right(self.said, reckoned), 1), len(self.said) - 1)
        low, high = self.said[place - 1], self.said[place]
        part = (reckoned - low) / (high - low) if high > low else 1.0
        return self.came[place - 1] + min(1.0, max(0.0, part)) * (self.came[place] - self.came[place - 1])


def calibrate(outcomes: Iterable[tuple[float, bool]]) -> Calibration:
    """`outcomes`: of each forecast the chance that it gave the moment at which it came true, or up to which it had not
    when the measuring ended (False)."""
    curve = kaplan_meier(outcomes)
    said = [0.0, *(min(1.0, day) for day in curve.days), 1.0]
    came = [0.0, *(1 - left for left in curve.left), 1.0]
    return Calibration(tuple(said), tuple(came))
