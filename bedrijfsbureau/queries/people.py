"""The account behind a session, and the names that lists show."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Actor, Medewerker


@dataclass(frozen=True)
class Account:
    """Who is signed in: the actor for the rules, and what the shell shows of this person."""

    actor: Actor
    username: str
    locatie: str | None  # None: every locatie
    session_key: str
    active: bool


def account(tx: Tx, medewerker_id: int) -> Account | None:
    """Asked at every request, so that switching an account off or ending its sessions works at once."""
    whole = (joinedload(Medewerker.locatie), selectinload(Medewerker.teams))
    found = tx.session.scalar(select(Medewerker).where(Medewerker.id == medewerker_id).options(*whole))
    if found is None:
        return None
    locatie = found.locatie.name if found.locatie else None
    return Account(found.as_actor(), found.username, locatie, found.session_key, found.active)
