"""The invented dossiers of the demo: people, teams, and dossiers in every stage, made as real ones are.

Nothing here is about a real person. Dates lie around the day the demo is loaded, so that lists look like a working day.
"""

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.post import incoming
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.actions.post.receiving import Received
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.work import measuring
from bedrijfsbureau.cli import papers, past
from bedrijfsbureau.cli.shipped import folder
from bedrijfsbureau.cli.stories import LAST_WEEKS_OF_OLD_LAW, STORIES, Story
from bedrijfsbureau.cli.walk import Walk
from bedrijfsbureau.database import Database, Tx, reading, transaction
from bedrijfsbureau.model import SYSTEM, Actor, Competence, Dossier, Medewerker, Role

LOCATIES = ("Ter Apel", "Den Bosch", "Gilze", "Schiphol")
SOORTEN = ("asiel-aa", "asiel-pact", "ontvangst-omgevingsvergunning")
TEAMS = ("BB", "RT", "TP", "VS", "VT", "OVA")
ALL = tuple(Competence)
ACCOUNTS: tuple[tuple[str, str, Role, str | None, tuple[str, ...], tuple[Competence, ...]], ...] = (
    ("anna", "Anna de Wit", Role.MEDEWERKER, "Ter Apel", TEAMS, (Competence.MEDISCH,)),
    ("bram", "Bram Postma", Role.MEDEWERKER, "Ter Apel", TEAMS, ALL),
    ("hana", "Hana Vermeer", Role.HOORMEDEWERKER, "Ter Apel", ("HB",), ()),
    ("pim", "Pim Jacobs", Role.PLANNER, "Ter Apel", ("VS", "TP", "VT"), ()),
    ("petra", "Petra Lam", Role.PROCESEIGENAAR, None, (), ()),
    ("quinten", "Quinten Smit", Role.PROCESEIGENAAR, None, (), ()),
    ("marit", "Marit Bos", Role.MANAGER, None, ("BB", "VS"), ()),
    ("bea", "Bea Kok", Role.BEHEERDER, None, (), ()),
    ("auke", "Auke Visser", Role.AUDITOR, None, (), ()),
)
USERNAMES = frozenset(account[0] for account in ACCOUNTS)
WEEK = timedelta(days=7)
POST = (  # file, title, what it says
    ("D-{year}-00008 bevestiging tolk.pdf", "Bevestiging tolk", ["Voor: Nadia Haddad", "Taal: Arabisch"]),
    ("scan_0231.pdf", "Brief van een school", ["Over: de inschrijving van een kind", "Bij welk dossier hoort dit?"]),
)


def load(database: Database, now: datetime) -> None:
    """Fill an empty database; one that has dossiers stays as it is."""
    with transaction(database, SYSTEM, now) as tx:
        if tx.session.scalar(select(func.count(Dossier.id))):
            return
        _people(tx)
    soorten = {name: dossiersoort.read(folder("bpmn") / name) for name in SOORTEN}
    for soort in soorten.values():
        perform(database, SYSTEM, now, processes.publish_dossiersoort, soort)
    actor = _actor(database, now, "bram")
    stories = track(STORIES, "Voorbeelddossiers maken", console=Console(stderr=True), disable=not sys.stderr.isatty())
    for story in stories:
        _tell(database, now, actor, soorten[story.soort], story)
    _post(database, now, actor)
    with transaction(database, SYSTEM, now) as tx:
        past.repeat(tx, "asiel-pact")
    with reading(database, SYSTEM, now) as tx:
        learnt = measuring.learn_all(tx)
    perform(database, SYSTEM, now, measuring.keep, learnt)


def _post(database: Database, now: datetime, actor: Actor) -> None:
    """What came in this morning and lies in the postvak: one that names its dossier, and one that nobody knows."""
    for filename, title, lines in POST:
        stored, name = papers.keep(database, title, lines), filename.format(year=now.year)
        received = Received(stored, name, papers.MEDIA_TYPE, is_cleared=True)
        about = About(now.date(), "post")
        perform(database, actor, now, incoming.keep, received, about, locatie_id=actor.locatie_id)


def _people(tx: Tx) -> None:
    locaties = {name: people.add_locatie(tx, name).id for name in LOCATIES}
    for name in SOORTEN:
        for code, title in dossiersoort.read(folder("bpmn") / name).teams.items():
            people.add_team(tx, code, title)
    for username, name, role, locatie, teams, competences in ACCOUNTS:
        people.add_medewerker(
            tx,
            username=username,
            name=name,
            role=role,
            locatie_id=locaties.get(locatie or ""),
            teams=teams,
            competences=competences,
        )


def _actor(database: Database, now: datetime, username: str) -> Actor:
    with transaction(database, SYSTEM, now) as tx:
        named = select(Medewerker).where(Medewerker.username == username).options(selectinload(Medewerker.teams))
        return tx.session.scalars(named).one().as_actor()


def _tell(database: Database, now: datetime, actor: Actor, soort: dossiersoort.Dossiersoort, story: Story) -> None:
    """Open the dossier some days ago and let it live until it stands where the story ends."""
    assert soort.basisdossier is not None
    opened = now - timedelta(days=story.days_ago)
    complete = shifted(soort.basisdossier, _moved_by(soort.basisdossier, story, now, opened), story.early)
    gegevens = complete["gegevens"]
    for path, value in story.changes.items():
        group, _, name = path.partition(".")
        gegevens.setdefault(group, {})[name] = value
    _agree(complete["stukken"], gegevens)
    with transaction(database, SYSTEM, opened) as tx:
        locatie_id = people.add_locatie(tx, story.locatie).id
    known = {group: fields for group, fields in gegevens.items() if group in story.known_at_start}
    dossier = perform(
        database, SYSTEM, opened, dossiers.open_dossier, soort=soort.key, locatie_id=locatie_id, gegevens=known
    )
    colleague = replace(actor, locatie_id=locatie_id)
    Walk(database, colleague, dossier.id, soort, complete, story).go(opened, now)


def _agree(stukken: list[Any], gegevens: Any) -> None:
    """What was taken over from the stukken says the same as the record of this person."""
    said = {"nationaliteit": gegevens["persoon"]["nationaliteiten"][0], "taal": gegevens["taal"]["gehoortaal"]}
    for stuk in stukken:
        taken_over = stuk.get("gegevens") or {}
        stuk["gegevens"] = {name: said.get(name, value) for name, value in taken_over.items()}


def _moved_by(basis: Any, story: Story, now: datetime, opened: datetime) -> timedelta:
    """How far the complete dossier must move to fit the story. Whole weeks keep working days working days."""
    if story.fresh:
        return opened.date() - date.fromisoformat(str(basis["gegevens"]["aanvraag"]["datum_verzoek"]))
    return (now.date() - date.fromisoformat(str(basis["vandaag"]))) // WEEK * WEEK


def shifted(basis: Any, moved_by: timedelta, early: date | None) -> Any:
    """The complete dossier with its dates moved. Dates before `early` (an application under the old law) move to the
    last weeks of that law instead; dates of birth stay."""

    def move(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: move(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [move(item, name) for item in value]
        if not isinstance(value, str) or name in ("geboortedatum", "geldig_tot"):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return (day + (LAST_WEEKS_OF_OLD_LAW if early is not None and day < early else moved_by)).isoformat()

    return move(dict(basis))
