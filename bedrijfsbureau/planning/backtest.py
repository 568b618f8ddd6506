"""How good the forecast is: what it would have said in the past, beside what came of it.

For each of some moments only what was known then is learnt from. Forecast are the dossiers that were blocked then, and
those that came in between that moment and the next, when they came in. On the earlier moments the chances are
calibrated; the later ones are held back, and give the score.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from bedrijfsbureau.planning.calibration import Calibration, calibrate
from bedrijfsbureau.planning.course import Course
from bedrijfsbureau.planning.outlook import Item, Outlook, outlook
from bedrijfsbureau.planning.survival import kaplan_meier
from bedrijfsbureau.planning.waits import Waits, measure

MOMENTS = 12
MOST_FORECASTS = 300  # at each moment
FEWEST = 20  # forecasts in the score, else there is none


@dataclass(frozen=True)
class Tried:
    """A forecast of the past. `took`: the days until nothing blocked, or for how long something still did (`came` is
    False). `naive`: the average time of the dossiers that had become ready by then, less what this one had had."""

    said: Outlook
    took: float
    came: bool
    naive: float


@dataclass(frozen=True)
class Score:
    """Errors in days, of the forecasts that came true; `covers_50` and `covers_85`: the share of outcomes within what
    was said with that chance, those that are still to come reckoned in. `silent`: dossiers with too little to go by."""

    forecasts: int
    silent: int
    error: float
    naive_error: float
    covers_50: float
    covers_85: float


@dataclass(frozen=True)
class Learnt:
    waits: Waits
    calibration: Calibration
    score: Score | None


def learn(courses: Sequence[Course], today: float) -> Learnt:
    """What may be said of the dossiers of today, and how good it would have been; no score when too little is known."""
    moments = _moments(courses, today)
    tried = [list(_tried(courses, *pair, today)) for pair in pairwise([*moments, today])]
    known = [[each for each in found if each is not None] for found in tried]
    half = len(moments) // 2
    first = calibrate(_outcomes([each for found in known[:half] for each in found], Calibration()))
    held_back = [each for found in known[half:] for each in found]
    silent = sum(each is None for found in tried[half:] for each in found)
    every = [each for found in known for each in found]
    calibration = calibrate(_outcomes(every, Calibration())) if len(every) >= FEWEST else Calibration()
    return Learnt(measure(courses, today), calibration, _score(held_back, first, silent))


def _moments(courses: Sequence[Course], today: float) -> list[float]:
    """Spread evenly over the second half of the time that is known."""
    if not courses:
        return []
    begin = min(course.opened for course in courses)
    return [begin + (today - begin) * (1 + number / MOMENTS) / 2 for number in range(MOMENTS)]


def _tried(courses: Sequence[Course], moment: float, following: float, today: float) -> Iterator[Tried | None]:
    """Evenly chosen; None for a dossier of which nothing could be said."""
    known = [course.until(moment) for course in courses if course.opened <= moment]
    waits, usual = measure(known, moment), _usual(known)
    asked = [(course, moment) for course in courses if course.blocked(moment)]
    new = (course for course in courses if moment < course.opened <= following)
    asked += [(course, course.opened) for course in new if course.blocked(course.opened)]
    for course, day in asked[:: max(1, len(asked) // MOST_FORECASTS)]:
        items = [Item(spell.code, spell.partij, day - spell.began) for spell in course.blocked(day)]
        said, _ = outlook(items, course.locatie, waits, Calibration())
        if said is None:
            yield None
            continue
        ready = course.ready_after(day)
        came = ready is not None and ready <= today
        end = ready if came and ready is not None else min(today, course.closed or today)
        yield Tried(said, max(0.0, end - day), came, max(0.0, usual - (day - course.opened)))


def _usual(courses: Sequence[Course]) -> float:
    ready = ((course, course.ready_after(course.opened)) for course in courses)
    return mean([at - course.opened for course, at in ready if at is not None] or [0.0])


def _outcomes(tried: Sequence[Tried], calibration: Calibration) -> list[tuple[float, bool]]:
    return [(calibration.chance(each.said.chance(each.took)), each.came) for each in tried]


def _score(tried: Sequence[Tried], calibration: Calibration, silent: int) -> Score | None:
    medians = [(Outlook(each.said.waits, calibration).within(0.5), each) for each in tried]
    came = [(median, each) for median, each in medians if each.came and median is not None]
    if len(came) < FEWEST:
        return None
    outcomes = kaplan_meier(_outcomes(tried, calibration))
    return Score(
        forecasts=len(tried),
        silent=silent,
        error=mean(abs(median - each.took) for median, each in came),
        naive_error=mean(abs(each.naive - each.took) for _, each in came),
        covers_50=1 - outcomes.still(0.5),
        covers_85=1 - outcomes.still(0.85),
    )
