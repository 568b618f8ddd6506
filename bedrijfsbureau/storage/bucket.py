"""Bytes in an object store, through fsspec: `s3://bucket/folder` with the extra `bedrijfsbureau[s3]`.

An object of S3 appears whole or not at all, and is durable when the store has answered. Nothing of the store is
remembered between two questions: another process adds to it meanwhile, and what was removed must be seen.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, NotFound
from bedrijfsbureau.storage.kept import CHUNK, GONE, LIMIT, NAME, Stored, measured, place_of

AWAY = "De opslag van stukken is niet bereikbaar. Er is niets gewijzigd. Probeer het over een minuut opnieuw."
REFUSED = (
    "De opslag van stukken weigert de toegang. Er is niets gewijzigd. Laat de beheerder de sleutels en rechten nagaan."
)
NO_BUCKET = (
    "De bucket voor stukken bestaat niet. Er is niets gewijzigd. Laat de beheerder BEDRIJFSBUREAU_STUKKEN_URL nagaan."
)
WITHOUT_KEYS = frozenset({"NoCredentialsError", "PartialCredentialsError"})  # of a package that may not be there
BUCKETS = frozenset({"s3", "s3a", "gs", "gcs"})  # stores without folders, where the first part of a path is a bucket
S3_OPTIONS = {"config_kwargs": {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 1}}}
IN_MEMORY = 8 * CHUNK  # a larger object waits on disk until it is read


@dataclass(frozen=True)
class Bucket:
    """`filesystem`: one of fsspec; `root`: the folder in it, without a slash at its end."""

    filesystem: Any
    root: str

    def put(self, stream: IO[bytes], limit: int = LIMIT) -> Stored:
        """From a file of our own in one go: an upload that ends half way leaves no object."""
        with tempfile.NamedTemporaryFile() as measuring:
            stored = measured(stream, limit, cast(IO[bytes], measuring))
            measuring.flush()
            with self._reached():
                place = self._place(stored.sha256)
                if not self._has_buckets:
                    self.filesystem.makedirs(place.rpartition("/")[0], exist_ok=True)
                self.filesystem.put_file(measuring.name, place)
                if self.filesystem.size(place) != stored.size:
                    raise OSError(f"{place} is not as long as what was written")
        return stored

    def open(self, sha256: str) -> IO[bytes]:
        """All of it is fetched first: who reads has what was there, or hears at once that it is not."""
        fetched = cast(IO[bytes], tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - the caller closes it
        try:
            with self._reached(), self.filesystem.open(self._place(sha256), "rb") as source:
                while chunk := source.read(CHUNK):
                    fetched.write(chunk)
        except BaseException:
            fetched.close()
            raise
        fetched.seek(0)
        return fetched

    def names(self) -> Iterator[str]:
        with self._reached():
            found = self.filesystem.find(self.root) if self.filesystem.exists(self.root) else []
            if not found and not self._is_there():
                raise DatabaseUnavailable(NO_BUCKET)
        for path in found:
            name = "/".join(path.split("/")[-2:])
            if NAME.fullmatch(name):
                yield name.replace("/", "")

    def unfinished(self) -> Iterator[str]:
        return iter(())  # an upload that was cut off left no object

    def _place(self, sha256: str) -> str:
        return f"{self.root}/{place_of(sha256)}"

    @property
    def _has_buckets(self) -> bool:
        named = self.filesystem.protocol
        return not BUCKETS.isdisjoint((named,) if isinstance(named, str) else named)

    def _is_there(self) -> bool:
        """The bucket, where there are buckets. Never made by us: one that is not there was mistyped."""
        return not self._has_buckets or bool(self.filesystem.exists(self.root.lstrip("/").partition("/")[0]))

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Each store has errors of its own; all mean that it did not do what was asked."""
        try:
            yield
        except BedrijfsbureauError:
            raise
        except FileNotFoundError as error:
            if not self._is_there():
                raise DatabaseUnavailable(NO_BUCKET) from error
            raise NotFound(GONE) from error
        except Exception as error:
            is_refused = isinstance(error, PermissionError) or type(error).__name__ in WITHOUT_KEYS
            raise DatabaseUnavailable(REFUSED if is_refused else AWAY) from error


def bucket_at(url: str) -> Bucket:
    """Raises ValueError for an address of which the kind is unknown, ImportError when its package is not installed."""
    from fsspec.core import url_to_fs

    options = S3_OPTIONS if url.startswith(("s3:", "s3a:")) else {}
    filesystem, root = url_to_fs(url, use_listings_cache=False, **options)
    return Bucket(filesystem, root.rstrip("/"))
