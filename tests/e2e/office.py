"""An office with three people who carry a dossier to its gehoor, and the dossier they carry."""

import json
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.cli.sample import shifted
from bedrijfsbureau.cli.stories import AT_START_PACT
from bedrijfsbureau.database import Database, Tx, transaction
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.model import SYSTEM, Competence, Role

PASSWORD = "zeven stille zwanen"
SOORT = "asiel-pact"
LOCATIE = "Ter Apel"
LATER = "uitnodiging_gehoor"  # the stuk that a colleague adds by hand
PEOPLE = (
    ("anna", "Anna de Wit", Role.MEDEWERKER, (Competence.MEDISCH, Competence.STRAFRECHTELIJK)),
    ("bram", "Bram Postma", Role.MEDEWERKER, tuple(Competence)),
    ("hana", "Hana Vermeer", Role.HOORMEDEWERKER, ()),
)
NAAM = "Tesfay Haile"


@cache
def shipped() -> Dossiersoort:
    return dossiersoort.read(Path(__file__).parents[2] / "bpmn" / SOORT)


def open_office(database: Database, now: datetime) -> None:
    """The shipped dossiersoort, its teams, and PEOPLE who are in all of them and log in with PASSWORD."""
    soort = shipped()
    with transaction(database, SYSTEM, now) as tx:
        locatie_id = people.add_locatie(tx, LOCATIE).id
        for code, name in soort.teams.items():
            people.add_team(tx, code, name)
        for username, full_name, role, competences in PEOPLE:
            hire(tx, username, full_name, role, locatie_id, competences)
    perform(database, SYSTEM, now, processes.publish_dossiersoort, soort)


def hire(
    tx: Tx, username: str, name: str, role: Role, locatie_id: int | None, competences: Collection[Competence] = ()
) -> None:
    """Someone in every team, who logs in with PASSWORD."""
    medewerker = people.add_medewerker(
        tx, username=username, name=name, role=role, locatie_id=locatie_id,
        teams=tuple(shipped().teams), competences=competences,
    )  # fmt: skip
    medewerker.password_hash = hashed()


@cache
def hashed() -> str:
    """Once: hashing is slow on purpose."""
    return PasswordHasher().hash(PASSWORD)


def complete_dossier(now: datetime) -> Any:
    """The complete dossier that ships with the dossiersoort, with its dates moved to around this week."""
    basis = shipped().basisdossier
    assert basis is not None
    complete = shifted(basis, now.date() - date.fromisoformat(str(basis["vandaag"])), None)
    complete["gegevens"]["persoon"]["naam"] = NAAM
    return complete


def row_to_import(now: datetime, key: str = "OVA-1", **persoon: Any) -> str:
    """One line of JSON Lines: what is known when someone has just asked for protection."""
    complete = complete_dossier(now)
    gegevens = {group: fields for group, fields in complete["gegevens"].items() if group in AT_START_PACT}
    gegevens["persoon"] |= persoon
    stukken = [{name: value for name, value in stuk.items() if name != "staat"} for stuk in complete["stukken"]]
    row = {"sleutel": key, "dossiersoort": SOORT, "locatie": LOCATIE, "gegevens": gegevens}
    return json.dumps({**row, "stukken": [stuk for stuk in stukken if stuk["soort"] != LATER]}) + "\n"
