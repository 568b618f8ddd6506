"""Where this installation keeps things: the database, the stukken, and the key that authenticates engine state."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bedrijfsbureau.database import Database, connect

DEFAULT_FOLDER = Path("var")


@dataclass(frozen=True)
class Installation:
    """`folder` holds the SQLite file (unless `url` says otherwise), the stukken and the key."""

    folder: Path
    url: str

    def open(self) -> Database:
        self.folder.mkdir(parents=True, exist_ok=True)
        return connect(self.url, self.secret(), self.folder / "stukken")

    def secret(self) -> bytes:
        """From BEDRIJFSBUREAU_SECRET (hex), else a file made at the first start, for its owner's eyes only."""
        if given := os.environ.get("BEDRIJFSBUREAU_SECRET"):
            return bytes.fromhex(given)
        path = self.folder / "secret"
        if not path.exists():
            fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(fresh, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()


def installation(folder: Path | None, url: str | None) -> Installation:
    folder = (folder or Path(os.environ.get("BEDRIJFSBUREAU_DATA", DEFAULT_FOLDER))).resolve()
    return Installation(folder, url or f"sqlite:///{folder / 'bedrijfsbureau.sqlite'}")


def with_installation(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --database-url and --data; it takes the Installation they name as `installation`."""

    @click.option("--database-url", envvar="BEDRIJFSBUREAU_DATABASE_URL", help="Database (standaard: SQLite in var/).")
    @click.option("--data", type=click.Path(path_type=Path), help="Map voor database, stukken en sleutel.")
    @wraps(command)
    def wrapped(*arguments: Any, database_url: str | None, data: Path | None, **options: Any) -> None:
        command(*arguments, installation=installation(data, database_url), **options)

    return wrapped
