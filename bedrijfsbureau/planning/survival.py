"""How long something lasts, learnt from waits that ended and from those that still go on.

The estimator of E.L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations" (1958). To leave out
what still waits would keep the short waits and drop the long ones.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

FINEST = 1 / 60  # a step is kept when it takes at least this share of all


@dataclass(frozen=True)
class Curve:
    """`left[i]`: the share that still waits after `days[i]` (ascending); `at_risk[i]`: how many had waited as long just
    before. `until`: the longest wait that was seen, ended or not; beyond it nothing is known. `ended`: how many did."""

    days: tuple[float, ...]
    left: tuple[float, ...]
    at_risk: tuple[int, ...]
    until: float
    ended: int

    def still(self, day: float) -> float:
        """The share that waits longer than `day` days."""
        place = bisect_right(self.days, day)
        return self.left[place - 1] if place else 1.0

    def seen(self, day: float) -> int:
        """How many waits that ended after `day` there were at least, to say something about what comes after it."""
        place = bisect_right(self.days, day)
        return self.at_risk[place] if place < len(self.days) else 0

    def within(self, share: float) -> float | None:
        """The days within which so many are over; None when that is longer than anything measured."""
        return next((day for day, left in zip(self.days, self.left, strict=True) if 1 - left >= share), None)

    def over(self, day: float, age: float = 0.0) -> float:
        """The chance that a wait of `age` days is over within `day` days from now; 0 when nothing lasted as long."""
        now = self.still(age)
        return 1 - self.still(age + day) / now if now else 0.0


def kaplan_meier(waits: Iterable[tuple[float, bool]]) -> Curve:
    """`waits`: days, and whether it ended then or was still going on."""
    found = sorted((day, not ended) for day, ended in waits)
    lengths = [day for day, _ in found]
    days, left, at_risk = [], [], []
    share, ended, place = 1.0, 0, 0
    while place < len(found):
        day = lengths[place]
        after = bisect_right(lengths, day, place)
        gone = sum(not goes_on for _, goes_on in found[place:after])
        if gone:
            risk = len(found) - place
            share, ended = share * (1 - gone / risk), ended + gone
            days.append(day)
            left.append(share)
            at_risk.append(risk)
        place = after
    return _thinned(days, left, at_risk, lengths[-1] if lengths else 0.0, ended)


def _thinned(days: list[float], left: list[float], at_risk: list[int], until: float, ended: int) -> Curve:
    """Without the steps that make no difference; the last one stays."""
    kept, before = [], 1.0
    for place, share in enumerate(left):
        if before - share >= FINEST or place == len(left) - 1:
            kept.append(place)
            before = share
    return Curve(
        tuple(days[place] for place in kept),
        tuple(left[place] for place in kept),
        tuple(at_risk[place] for place in kept),
        until,
        ended,
    )


