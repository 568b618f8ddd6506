"""`bedrijfsbureau medewerker`: who works where, and how they get in. An installation begins with it."""

from datetime import timedelta

import click
from sqlalchemy import select

from bedrijfsbureau.actions import people
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Competence, Medewerker, Role, Team

ROLES = click.Choice([role.value for role in Role])
COMPETENCES = click.Choice([competence.value for competence in Competence])


@click.group()
def medewerker() -> None:
    """Medewerkers toevoegen en laten inloggen."""


@medewerker.command()
@click.argument("username")
@click.option("--name", required=True, help="Naam zoals collega's die zien.")
@click.option("--role", required=True, type=ROLES, help="Rol.")
@click.option("--locatie", help="Locatie; zonder: alle locaties.")
@click.option("--team", "teams", multiple=True, help="Code van een team; mag vaker.")
@click.option("--competence", "competences", multiple=True, type=COMPETENCES, help="Bevoegdheid; mag vaker.")
@click.option("--password", prompt=True, hide_input=True, default="", show_default=False,
              help="Wachtwoord; leeg: alleen met een inloglink.")  # fmt: skip
@with_installation
def add(
    installation: Installation, username: str, name: str, role: str, locatie: str | None, teams: tuple[str, ...],
    competences: tuple[str, ...], password: str,
) -> None:  # fmt: skip
    """Maak een account; de locatie en de teams van de gepubliceerde processen worden zo nodig aangemaakt."""
    with installation.database() as database:
        perform(
            database, SYSTEM, now(), _add, username, name, Role(role), locatie, teams,
            tuple(Competence(each) for each in competences), password or None,
        )  # fmt: skip
    click.echo(f"{name} kan inloggen als {username}.")


@medewerker.command()
@click.argument("username")
@click.option("--address", default="http://127.0.0.1:8080", show_default=True, help="Adres van de webapplicatie.")
@click.option("--hours", default=24, type=click.IntRange(1, 168), show_default=True, help="Hoe lang de link werkt.")
@with_installation
def link(installation: Installation, username: str, address: str, hours: int) -> None:
    """Geef een link die deze medewerker één keer laat inloggen."""
    with installation.database() as database:
        token = perform(database, SYSTEM, now(), _link, username, timedelta(hours=hours))
    click.echo(f"{address.rstrip('/')}/inloggen/{token}")


def _add(
    tx: Tx, username: str, name: str, role: Role, locatie: str | None, teams: tuple[str, ...],
    competences: tuple[Competence, ...], password: str | None,
) -> None:  # fmt: skip
    known = set(tx.session.scalars(select(Team.code)))
    if missing := [team for team in teams if team not in known]:
        message = f"Onbekend team: {', '.join(missing)}. Bekend: {', '.join(sorted(known)) or 'nog geen'}."
        raise InvalidInput({"team": [message]}, message)
    people.add_medewerker(
        tx, username=username, name=name, role=role, teams=teams, competences=competences, password=password,
        locatie_id=people.add_locatie(tx, locatie).id if locatie else None,
    )  # fmt: skip


def _link(tx: Tx, username: str, valid_for: timedelta) -> str:
    found = tx.session.scalar(select(Medewerker.id).where(Medewerker.username == username))
    if found is None:
        raise NotFound(f"Er is geen account '{username}'. Maak het eerst met: bedrijfsbureau medewerker add {username}")
    return people.create_login_link(tx, found, valid_for)
