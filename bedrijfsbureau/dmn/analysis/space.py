"""Boxes in a space of pieces: a box holds per dimension the pieces inside it, as the bits of a number."""

from collections.abc import Iterator, Sequence

Box = tuple[int, ...]


class TooLarge(Exception):  # no error: an answer
    """The work is more than what may be spent on one table."""


class Budget:
    """Counts comparisons of boxes. Raises TooLarge when they are spent."""

    def __init__(self, comparisons: int) -> None:
        self.left = comparisons

    def spend(self, comparisons: int) -> None:
        self.left -= comparisons
        if self.left < 0:
            raise TooLarge


def shared(one: Box, other: Box) -> Box | None:
    """What lies in both, if anything does."""
    both = tuple(left & right for left, right in zip(one, other, strict=True))
    return both if all(both) else None


def holds(outer: Box, inner: Box) -> bool:
    return not any(part & ~whole for whole, part in zip(outer, inner, strict=True))


def uncovered(whole: Box, boxes: Sequence[Box], budget: Budget) -> Iterator[Box]:
    """Boxes that do not meet and together are what of `whole` lies in none of `boxes`. Raises TooLarge.

    A box that sticks out in the fewest dimensions is cut away first: what is left of the whole around it falls into at
    most as many boxes."""
    waiting = [(whole, boxes)]
    while waiting:
        region, candidates = waiting.pop()
        budget.spend(len(candidates) + 1)
        meeting, cutter, fewest = [], None, len(whole) + 1
        for box in candidates:
            outside = 0
            for mine, its in zip(region, box, strict=True):
                if not mine & its:
                    break
                outside += bool(mine & ~its)
            else:
                meeting.append(box)
                if outside < fewest:
                    cutter, fewest = box, outside
        if cutter is None:
            yield region
        elif fewest:
            waiting.extend((piece, meeting) for piece in around(region, cutter))


def around(region: Box, cutter: Box) -> Iterator[Box]:
    """What is left of a region, as boxes that do not meet."""
    inside = list(region)
    for index, its in enumerate(cutter):
        outside = inside[index] & ~its
        if outside:
            yield (*inside[:index], outside, *inside[index + 1 :])
            inside[index] &= its
