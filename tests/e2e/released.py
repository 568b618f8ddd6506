"""A dossier that is released already, for tests of what comes after; made by the same actions as the screens use."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli.stories import Story
from bedrijfsbureau.cli.walk import Walk
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Actor, Dossier, Medewerker
from tests.e2e.office import SOORT, complete_dossier, shipped


def actor(database: Database, now: datetime, username: str) -> Actor:
    with reading(database, SYSTEM, now) as tx:
        named = select(Medewerker).where(Medewerker.username == username).options(selectinload(Medewerker.teams))
        return tx.session.scalars(named).one().as_actor()


def open_dossier(database: Database, now: datetime, naam: str, leave: frozenset[str] = frozenset()) -> int:
    """A dossier on which everything is done but the tasks in `leave`, which nobody has; released if there are none."""
    bram = actor(database, now, "bram")
    assert bram.locatie_id is not None
    story = Story(naam=naam, soort=SOORT, leave=leave)
    complete = complete_dossier(now)
    complete["gegevens"]["persoon"]["naam"] = naam
    gegevens = {group: complete["gegevens"][group] for group in story.known_at_start}
    opened: Dossier = perform(
        database, SYSTEM, now, dossiers.open_dossier, soort=SOORT, locatie_id=bram.locatie_id, gegevens=gegevens
    )
    Walk(database, replace(bram, teams=frozenset(shipped().teams)), opened.id, shipped(), complete, story).go(now, now)
    return opened.id
