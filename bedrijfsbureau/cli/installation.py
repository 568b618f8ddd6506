"""Where this installation keeps things: the database, the stukken, and the key that authenticates engine state."""

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError

from bedrijfsbureau.cli import settings
from bedrijfsbureau.database import Database, connect
from bedrijfsbureau.errors import DatabaseUnavailable, InvalidInput
from bedrijfsbureau.termijnen import in_force

DEFAULT_FOLDER = Path("var")
KEY_BYTES = 32
HEX_KEY = re.compile(rf"([0-9a-fA-F]{{2}}){{{KEY_BYTES},}}")
POSTGRESQL = "postgresql+psycopg"
NO_URL = (
    f"Dit is geen adres van een database. Schrijf sqlite:///pad/naar/bestand of {POSTGRESQL}://gebruiker@server/naam."
)


@dataclass(frozen=True)
class Installation:
    """`folder` holds the SQLite file (unless `url` says otherwise), the stukken and the key."""

    folder: Path
    url: str

    def open(self) -> Database:
        """Raises InvalidInput when `url` is no database of ours, the key is none, or a setting is wrong."""
        self.folder.mkdir(parents=True, exist_ok=True)
        storage, rules = settings.storage(self.folder), settings.rules()
        in_force()  # what is wrong with the installation's own rules of terms is said before anything starts
        try:
            return connect(self.url, self.secret(), storage, rules)
        except (ArgumentError, ValueError) as error:
            raise InvalidInput({}, NO_URL) from error

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database for one command, closed whatever happens. Raises DatabaseUnavailable as well."""
        opened = self.open()
        try:
            yield opened
        except (OperationalError, InterfaceError) as error:
            raise DatabaseUnavailable from error
        finally:
            opened.dispose()

    def secret(self) -> bytes:
        """From BEDRIJFSBUREAU_SECRET (hex), else a file made at the first start, for its owner's eyes only."""
        if given := os.environ.get("BEDRIJFSBUREAU_SECRET"):
            if not HEX_KEY.fullmatch(given):
                message = f"BEDRIJFSBUREAU_SECRET moet uit ten minste {2 * KEY_BYTES} hexadecimale tekens bestaan."
                raise InvalidInput({}, message)
            return bytes.fromhex(given)
        path = self.folder / "secret"
        if not path.exists():
            fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(fresh, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
        return path.read_bytes()


def installation(folder: Path | None, url: str | None) -> Installation:
    """Raises InvalidInput for the address of something else than SQLite or PostgreSQL."""
    folder = (folder or Path(os.environ.get("BEDRIJFSBUREAU_DATA", DEFAULT_FOLDER))).resolve()
    url = url or f"sqlite:///{folder / 'bedrijfsbureau.sqlite'}"
    url = url.replace("postgresql://", f"{POSTGRESQL}://", 1) if url.startswith("postgresql://") else url
    if not url.startswith(("sqlite:///", f"{POSTGRESQL}://")):
        raise InvalidInput({}, NO_URL)
    return Installation(folder, url)


def with_installation(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --database-url and --data; it takes the Installation they name as `installation`."""

    @click.option("--database-url", envvar="BEDRIJFSBUREAU_DATABASE_URL", help="Database (standaard: SQLite in var/).")
    @click.option("--data", type=click.Path(path_type=Path), help="Map voor database, stukken en sleutel.")
    @wraps(command)
    def wrapped(*arguments: Any, database_url: str | None, data: Path | None, **options: Any) -> None:
        command(*arguments, installation=installation(data, database_url), **options)

    return wrapped
