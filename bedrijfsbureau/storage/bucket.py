"""Bytes in an object store, through fsspec: `s3://bucket/folder` with the extra `bedrijfsbureau[s3]`.

An object of S3 appears whole or not at all, and is durable when the store has answered.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, NotFound
from bedrijfsbureau.storage.kept import CHUNK, GONE, LIMIT, NAME, Stored, measured, place_of

AWAY = "De opslag van stukken is niet bereikbaar. Er is niets gewijzigd. Probeer het over een minuut opnieuw."
IN_MEMORY = 8 * CHUNK  # a larger file waits on disk for its hash


@dataclass(frozen=True)
class Bucket:
    """`filesystem`: one of fsspec; `root`: the folder in it, without a slash at its end."""

    filesystem: Any
    root: str

    def put(self, stream: IO[bytes], limit: int = LIMIT) -> Stored:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as measuring:
            stored = measured(stream, limit, cast(IO[bytes], measuring))
            measuring.seek(0)
            with _reached():
                place = self._place(stored.sha256)
                self.filesystem.makedirs(place.rpartition("/")[0], exist_ok=True)
                with self.filesystem.open(place, "wb") as target:
                    while chunk := measuring.read(CHUNK):
                        target.write(chunk)
                if self.filesystem.size(place) != stored.size:
                    raise OSError(f"{place} is not as long as what was written")
        return stored

    def open(self, sha256: str) -> IO[bytes]:
        with _reached():
            return cast(IO[bytes], self.filesystem.open(self._place(sha256), "rb"))

    def names(self) -> Iterator[str]:
        with _reached():
            found = self.filesystem.find(self.root) if self.filesystem.exists(self.root) else []
        for path in found:
            name = "/".join(path.split("/")[-2:])
            if NAME.fullmatch(name):
                yield name.replace("/", "")

    def unfinished(self) -> Iterator[str]:
        return iter(())  # an upload that was cut off left no object

    def _place(self, sha256: str) -> str:
        return f"{self.root}/{place_of(sha256)}"


def bucket_at(url: str) -> Bucket:
    """Raises ValueError for an address of which the kind is unknown, ImportError when its package is not installed."""
    from fsspec.core import url_to_fs

    filesystem, root = url_to_fs(url)
    return Bucket(filesystem, root.rstrip("/"))


@contextmanager
def _reached() -> Iterator[None]:
    """Each store has errors of its own; all mean that it did not do what was asked."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(GONE) from error
    except BedrijfsbureauError:
        raise
    except Exception as error:
        raise DatabaseUnavailable(AWAY) from error
