"""`bedrijfsbureau db`: the schema of the database."""

import click
from alembic.util import CommandError

from bedrijfsbureau.cli import schema
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.errors import DatabaseUnavailable


@click.group()
def db() -> None:
    """Het schema van de database."""


@db.command()
@with_installation
def upgrade(installation: Installation) -> None:
    """Breng de database naar het nieuwste schema; er gaat niets verloren."""
    with installation.database() as database:
        schema.upgrade(database.engine)
    click.echo("De database heeft het nieuwste schema.")


@db.command()
@with_installation
def check(installation: Installation) -> None:
    """Zeg of de migraties de tabellen van deze versie maken."""
    try:
        with installation.database() as database:
            schema.check(database.engine)
    except CommandError as error:
        raise DatabaseUnavailable(f"De migraties lopen achter op de tabellen: {error}.") from error


@db.command()
@click.argument("message")
@with_installation
def migration(installation: Installation, message: str) -> None:
    """Schrijf de migratie die de tabellen van de code maakt (voor ontwikkelaars)."""
    with installation.database() as database:
        schema.new_migration(database.engine, message)
