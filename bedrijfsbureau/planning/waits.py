"""How long checks stay open, by check, partij and locatie, and more broadly where there is too little to go by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bedrijfsbureau.planning.course import Course
from bedrijfsbureau.planning.survival import Curve, kaplan_meier

ENOUGH = 20  # waits that ended; with fewer a curve says nothing
STILL_ENOUGH = 5  # waits that lasted at least as long as the one that is asked about

Key = tuple[str, ...]


def keys(code: str, partij: str, locatie: str) -> Iterator[Key]:
    """From narrow to broad: this check here, this check anywhere, anything of this partij."""
    yield code, partij, locatie
    yield code, partij
    yield (partij,)


@dataclass(frozen=True)
class Waits:
    curves: Mapping[Key, Curve]

    def of(self, code: str, partij: str, locatie: str, age: float = 0.0) -> Curve | None:
        """The narrowest curve with enough waits, some of which lasted longer than `age` days; None when there is too
        little to go by."""
        for key in keys(code, partij, locatie):
            curve = self.curves.get(key)
            if curve is not None and curve.ended >= ENOUGH and curve.seen(age) >= STILL_ENOUGH:
                return curve
        return None


def measure(courses: Iterable[Course], day: float) -> Waits:
    """As it was known on `day`; a check that was open when its dossier was closed waited until then."""
    found: dict[Key, list[tuple[float, bool]]] = defaultdict(list)
    for course in courses:
        for spell in course.spells:
            if spell.began > day:
                continue
            ended = spell.ended is not None and spell.ended <= day
            until = min(each for each in (spell.ended, course.closed, day) if each is not None)
            wait = max(0.0, until - spell.began), ended
            for key in keys(spell.code, spell.partij, course.locatie):
                found[key].append(wait)
    return Waits({key: kaplan_meier(waits) for key, waits in found.items() if len(waits) >= ENOUGH})
