"""Who may see what, once, as conditions for SQL and as answers for one row. Actions ask the same questions.

A dossier that is not visible does not exist for the actor: it is left out of lists, counts and searches, and asking
for it is NotFound, never Forbidden.
"""

from sqlalchemy import ColumnElement, false, true

from bedrijfsbureau.model import Actor, Competence, Dossier, Role, Task

OF_THE_LOCATIE = frozenset({Role.MEDEWERKER, Role.HOORMEDEWERKER, Role.PLANNER, Role.MANAGER})
READ_ONLY = frozenset({Role.AUDITOR})
WITHOUT_DOSSIERS = frozenset({Role.PROCESEIGENAAR, Role.BEHEERDER})

SHIELDED_FOR = {"B": Competence.MEDISCH, "S": Competence.STRAFRECHTELIJK}  # sensitivity -> the competence that opens it


def dossiers_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A condition on Dossier."""
    if actor.is_system or actor.role in READ_ONLY:
        return true()
    if actor.role not in OF_THE_LOCATIE:
        return false()
    return true() if actor.locatie_id is None else Dossier.locatie_id == actor.locatie_id


def dossiers_counted_for(actor: Actor) -> ColumnElement[bool]:
    """A condition on Dossier for numbers only: a process owner counts the dossiers whose content is not theirs to see.
    For who may see dossiers it is `dossiers_visible_to`, so that a number and the list behind it agree."""
    return true() if actor.role in WITHOUT_DOSSIERS else dossiers_visible_to(actor)


def may_open_dossiers(actor: Actor) -> bool:
    """May see any dossier at all, so that a number can lead to them."""
    return actor.is_system or actor.role in READ_ONLY | OF_THE_LOCATIE


def tasks_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A condition on Task: the same rule on the task's own copy of the locatie, so that a list needs no join for it."""
    if actor.is_system or actor.role in READ_ONLY:
        return true()
    if actor.role not in OF_THE_LOCATIE:
        return false()
    return true() if actor.locatie_id is None else Task.locatie_id == actor.locatie_id


def may_see_locatie(actor: Actor, locatie_id: int) -> bool:
    """`dossiers_visible_to` for a row that is already at hand."""
    if actor.is_system or actor.role in READ_ONLY:
        return True
    return actor.role in OF_THE_LOCATIE and actor.locatie_id in (None, locatie_id)


def may_see_field(actor: Actor, sensitivity: str) -> bool:
    """`sensitivity`: P, N, K, B or S. Medical (B) and criminal (S) values are for those who need them."""
    competence = SHIELDED_FOR.get(sensitivity)
    if competence is None or actor.is_system or actor.role is Role.HOORMEDEWERKER:
        return True
    return competence in actor.competences


def may_work(actor: Actor) -> bool:
    """May change dossiers at all: an auditor only looks."""
    return actor.is_system or actor.role in OF_THE_LOCATIE
