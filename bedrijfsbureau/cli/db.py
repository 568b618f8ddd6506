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
    database = installation.open()
    schema.upgrade(database.engine)
    database.dispose()
    click.echo("De database heeft het nieuwste schema.")


@db.command()
@with_installation
def check(installation: Installation) -> None:
    """Zeg of de migraties de tabellen van deze versie maken."""
    database = installation.open()
    try:
        schema.check(database.engine)
    except CommandError as error:
        raise DatabaseUnavailable(f"De migraties lopen achter op de tabellen: {error}.") from error
    finally:
        database.dispose()


@db.command()
@click.argument("message")
@with_installation
def migration(installation: Installation, message: str) -> None:
    """Schrijf de migratie die de tabellen van de code maakt (voor ontwikkelaars)."""
    database = installation.open()
    schema.new_migration(database.engine, message)
    database.dispose()
