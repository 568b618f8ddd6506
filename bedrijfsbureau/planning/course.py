"""What happened with the checks of one dossier, as far as forecasting looks at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spell:
    """A check was open from `began` until `ended` (None: it still is). `partij`: who had to move."""

    code: str
    partij: str
    began: float
    ended: float | None
    blocking: bool = True

    def is_open(self, day: float) -> bool:
        return self.began <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Course:
    """A dossier from `opened` until `closed` (None: it is open still), in one place, with all that was ever open."""

    locatie: str
    opened: float
    closed: float | None
    spells: tuple[Spell, ...]

    def blocked(self, day: float) -> tuple[Spell, ...]:
        """What blocked it on this day; nothing for a dossier that was not there."""
        if day < self.opened or (self.closed is not None and day >= self.closed):
            return ()
        return tuple(spell for spell in self.spells if spell.blocking and spell.is_open(day))

    def ready_after(self, day: float) -> float | None:
        """The first moment from `day` on at which nothing blocked; None when that has not come."""
        while blocking := [spell for spell in self.spells if spell.blocking and spell.is_open(day)]:
            ends = [spell.ended for spell in blocking]
            if None in ends:
                return None
            day = max(end for end in ends if end is not None)
        return day if self.closed is None or day <= self.closed else None

    def until(self, day: float) -> "Course":
        """What was known of it on that day."""
        known = tuple(
            spell if spell.ended is not None and spell.ended <= day
            else Spell(spell.code, spell.partij, spell.began, None, spell.blocking)
            for spell in self.spells
            if spell.began <= day
        )  # fmt: skip
        closed = self.closed if self.closed is not None and self.closed <= day else None
        return Course(self.locatie, self.opened, closed, known)
