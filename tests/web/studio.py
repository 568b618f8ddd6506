"""The workplace of a process owner: one small dossiersoort that is published, and a dossier that runs on it."""

from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select

import bedrijfsbureau
from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, ProcessVersion, Role
from tests.databases import NOW, Start
from tests.web.office import hashed

SOORT = "ontvangst-omgevingsvergunning"
FILE = f"{SOORT}.bpmn"
FORM = 'bb:form="t02_controleren"'
STAFF = (
    ("petra", "Petra Lam", Role.PROCESEIGENAAR, None),
    ("quinten", "Quinten Smit", Role.PROCESEIGENAAR, None),
    ("marit", "Marit Bos", Role.MANAGER, None),
    ("auke", "Auke Visser", Role.AUDITOR, None),
    ("noor", "Noor de Wit", Role.MEDEWERKER, "Ter Apel"),
)


@cache
def shipped() -> dossiersoort.Dossiersoort:
    return dossiersoort.read(Path(bedrijfsbureau.__file__).parents[1] / "bpmn" / SOORT)


def text() -> str:
    """The diagram as published."""
    return shipped().files[FILE]


def fill(database: Database) -> None:
    with transaction(database, SYSTEM, NOW) as tx:
        ter_apel = people.add_locatie(tx, "Ter Apel").id
        for username, name, role, locatie in STAFF:
            account = people.add_medewerker(
                tx, username=username, name=name, role=role, locatie_id=ter_apel if locatie else None
            )
            account.password_hash = hashed()
    perform(database, SYSTEM, NOW, processes.publish_dossiersoort, shipped())
    open_dossier(database, NOW)


START = Start("studio", fill)


def open_dossier(database: Database, now: datetime) -> int:
    """The number of the process version that the new dossier uses."""
    with reading(database, SYSTEM, now) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id)).one()
    opened = perform(database, SYSTEM, now, dossiers.open_dossier, soort=SOORT, locatie_id=locatie_id, gegevens={})
    return versions_used(database, now)[opened.id]


def versions_used(database: Database, now: datetime) -> dict[int, int]:
    """Dossier -> number of its process version."""
    with reading(database, SYSTEM, now) as tx:
        query = select(Dossier.id, ProcessVersion.number).join(ProcessVersion)
        return {row[0]: row[1] for row in tx.session.execute(query)}
