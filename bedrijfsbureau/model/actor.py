"""Who acts: a value that every action and every query takes."""

import enum
from dataclasses import dataclass, field


class Role(enum.StrEnum):
    MEDEWERKER = "medewerker bedrijfsbureau"
    HOORMEDEWERKER = "hoor- en beslismedewerker"
    PLANNER = "planner"
    PROCESEIGENAAR = "proceseigenaar"
    MANAGER = "manager"
    BEHEERDER = "beheerder"
    AUDITOR = "auditor"


class Competence(enum.StrEnum):
    """What a task may ask of a person beyond the role (`bb:competence` in a model)."""

    MEDISCH = "medisch"
    STRAFRECHTELIJK = "strafrechtelijk"
    SENIOR = "senior"
    TEAMLEIDER = "teamleider"


@dataclass(frozen=True)
class Actor:
    """A medewerker as seen by the rules of access; `locatie_id` None means every locatie."""

    id: int | None
    name: str
    role: Role | None
    locatie_id: int | None = None
    teams: frozenset[str] = field(default_factory=frozenset)
    competences: frozenset[Competence] = field(default_factory=frozenset)

    @property
    def is_system(self) -> bool:
        return self.role is None


SYSTEM = Actor(id=None, name="systeem", role=None)
