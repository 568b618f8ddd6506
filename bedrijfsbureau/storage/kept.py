"""What every place for bytes offers, and reading a stream while its hash is taken."""

import enum
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from bedrijfsbureau.errors import NotFound, UploadRefused

CHUNK = 1 << 20
LIMIT = 50 * CHUNK
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")  # how the bytes with a hash are called: its first two digits, the rest
GONE = "De inhoud van dit stuk is niet gevonden. Meld dit aan de beheerder."


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int  # bytes


class Condition(enum.StrEnum):
    WHOLE = "heel"
    DAMAGED = "beschadigd"  # other bytes than its name says
    MISSING = "weg"


class Storage(Protocol):
    """Where bytes lie: a folder, or a bucket elsewhere."""

    def put(self, stream: IO[bytes], limit: int = LIMIT) -> Stored:
        """Keep all of `stream`. Durable before it returns: the database row that names it is written after.

        Raises UploadRefused when it holds more than `limit` bytes, DatabaseUnavailable when it can't be kept now.
        """
        ...

    def open(self, sha256: str) -> IO[bytes]:
        """The caller closes it. Raises NotFound, DatabaseUnavailable."""
        ...

    def names(self) -> Iterator[str]:
        """The hash of all that lies here, in no order. Raises DatabaseUnavailable."""
        ...

    def unfinished(self) -> Iterator[str]:
        """What is left of writing that was cut off: never acknowledged, and named by no row."""
        ...


def measured(stream: IO[bytes], limit: int, target: IO[bytes]) -> Stored:
    """Copy all of `stream` to `target`. Raises UploadRefused."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise UploadRefused(f"Dit bestand is groter dan {limit // CHUNK} MB. Verklein of splits het.")
        digest.update(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size)


def condition(storage: Storage, sha256: str) -> Condition:
    """Reads all of it. Raises DatabaseUnavailable when the place can't be reached: that says nothing of the bytes."""
    try:
        with storage.open(sha256) as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except NotFound:
        return Condition.MISSING
    return Condition.WHOLE if found == sha256 else Condition.DAMAGED


def place_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"
