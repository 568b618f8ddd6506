"""Empty databases that are gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def has(database: str) -> bool:
    return database == "sqlite" or "TEST_DATABASE_URL" in os.environ


@contextmanager
def fresh(database: str) -> Iterator[tuple[str, Path]]:
    """The URL of an empty database that is gone afterwards, and a folder."""
    with tempfile.TemporaryDirectory(prefix="bb-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            yield f"sqlite:///{folder}/bench.sqlite", folder
            return
        server = os.environ["TEST_DATABASE_URL"].replace("+psycopg", "", 1)
        empty = f"bb_{folder.name.rpartition('-')[2]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{empty}"'.encode())
            try:
                base, _, query = server.partition("?")
                url = base.rpartition("/")[0].replace("postgresql:", "postgresql+psycopg:", 1) + f"/{empty}"
                yield url + (f"?{query}" if query else ""), folder
            finally:
                connection.execute(f'DROP DATABASE "{empty}" WITH (FORCE)'.encode())
