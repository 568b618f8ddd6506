"""The gereedheidsstreep: one bar per check, drawn from the verdicts of a dossier. Height and form carry the meaning.

Full and solid: it blocks and we are to move; full and hollow: it waits for another; two thirds: it advises; one third:
in order; one third in two parts: vrijgesteld; a sliver: not applicable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

Verdict = Mapping[str, Any]

OPEN_STATES = frozenset({"ontbreekt", "verlopen", "tegenstrijdig", "wacht op", "fout"})
ORDER = "bwavon"  # by severity, as lists show it


@dataclass(frozen=True)
class Size:
    bar: float
    gap: float
    height: float

    @property
    def pitch(self) -> float:
        return self.bar + self.gap

    def thinner(self, pitch: float) -> "Size":
        return Size(self.bar * pitch / self.pitch, self.gap * pitch / self.pitch, self.height)


LIST = Size(bar=2.3, gap=1.0, height=15.0)
WIDEST = 60.0  # of a strip in a list: with many checks the low bars grow thinner, then all
THINNEST = 1.2  # of bar and gap together
LARGE = Size(bar=9.0, gap=3.0, height=30.0)


@dataclass(frozen=True)
class Tally:
    blocking: int
    waiting: int  # of the blocking ones
    advising: int
    in_order: int
    waived: int
    not_applicable: int

    @property
    def spoken(self) -> str:
        parts = []
        if self.blocking:
            parts.append(ngettext("%(num)d blokkeert", "%(num)d blokkeren", self.blocking))
        if self.waiting:
            parts.append(_("waarvan %(num)s wacht op een ander", num=self.waiting))
        if self.advising:
            parts.append(ngettext("%(num)d adviseert", "%(num)d adviseren", self.advising))
        parts.append(_("%(num)s in orde", num=self.in_order))
        if self.waived:
            parts.append(_("%(num)s vrijgesteld", num=self.waived))
        return ", ".join(parts)


@dataclass(frozen=True)
class Streep:
    paths: tuple[tuple[str, str], ...]  # class of a bar, SVG path data of all bars of that class
    width: float
    height: float
    tally: Tally


def mark(verdict: Verdict) -> str:
    """The one letter for what a verdict asks: b, w, a, v, o or n, as in style and ORDER."""
    state = verdict["state"]
    if state in OPEN_STATES:
        if not verdict["blocking"]:
            return "a"
        return "w" if state == "wacht op" else "b"
    return {"vrijgesteld": "v", "niet van toepassing": "n"}.get(state, "o")


def tally(verdicts: Iterable[Verdict]) -> Tally:
    marks = [mark(verdict) for verdict in verdicts]
    count = {letter: marks.count(letter) for letter in ORDER}
    return Tally(count["b"] + count["w"], count["w"], count["a"], count["o"], count["v"], count["n"])


def streep(verdicts: Iterable[Verdict]) -> Streep:
    """For a row of a list: by severity, without what does not apply."""
    verdicts = list(verdicts)
    shown = sorted((mark(verdict) for verdict in verdicts if mark(verdict) != "n"), key=ORDER.index)
    high = sum(letter in "bwa" for letter in shown)
    low_pitch = min(max((WIDEST - high * LIST.pitch) / (len(shown) - high or 1), THINNEST), LIST.pitch)
    high_pitch = min((WIDEST - (len(shown) - high) * low_pitch) / (high or 1), LIST.pitch)
    sizes = [LIST.thinner(high_pitch if letter in "bwa" else low_pitch) for letter in shown]
    return _draw(shown, sizes, tally(verdicts))


def large_streep(verdicts: Iterable[Verdict]) -> Streep:
    """For a dossier or a seal: every check, in the order given."""
    verdicts = list(verdicts)
    return _draw([mark(verdict) for verdict in verdicts], [LARGE] * len(verdicts), tally(verdicts))


def _draw(marks: list[str], sizes: list[Size], tally: Tally) -> Streep:
    paths: dict[str, str] = {}
    x = 0.0
    for letter, size in zip(marks, sizes, strict=True):
        paths[letter] = paths.get(letter, "") + _bar(letter, x, size)
        x += size.pitch
    return Streep(tuple(paths.items()), round(x, 2), sizes[0].height if sizes else LIST.height, tally)


def _bar(letter: str, x: float, size: Size) -> str:
    high, third = size.height, size.height / 3
    match letter:
        case "b":
            return _rectangle(x, 0, size.bar, high)
        case "w":
            edge = min(size.bar * 0.3, 1.5)  # the inner rectangle is a hole: fill-rule evenodd
            hole = _rectangle(x + edge, edge, size.bar - 2 * edge, high - 2 * edge)
            return _rectangle(x, 0, size.bar, high) + hole
        case "a":
            return _rectangle(x, high - 2 * third, size.bar, 2 * third)
        case "v":
            part = third * 0.38
            return _rectangle(x, high - third, size.bar, part) + _rectangle(x, high - part, size.bar, part)
        case "n":
            return _rectangle(x, high * 0.88, size.bar, high * 0.12)
        case _:
            return _rectangle(x, high - third, size.bar, third)


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.4g} {y:.4g}h{width:.4g}v{height:.4g}h-{width:.4g}z"
