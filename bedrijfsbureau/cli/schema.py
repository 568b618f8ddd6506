"""Bringing a database to the newest schema, and telling whether it is there."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bedrijfsbureau.cli.shipped import folder


def upgrade(engine: Engine) -> None:
    """Run every migration that this database has not had yet, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def downgrade(engine: Engine, to: str) -> None:
    with engine.begin() as connection:
        command.downgrade(_config(connection), to)


def check(engine: Engine) -> None:
    """Raises alembic.util.CommandError when the tables in the code differ from those of the migrations."""
    with engine.begin() as connection:
        command.check(_config(connection))


def new_migration(engine: Engine, message: str) -> None:
    """Write the migration that brings the database from its newest migration to the tables in the code."""
    with engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        config = _config(connection)
        return (
            MigrationContext.configure(connection).get_current_revision()
            == ScriptDirectory.from_config(config).get_current_head()
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
