"""The bytes of stukken, kept under their SHA-256. A file is never changed; writing the same bytes twice keeps one."""

import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bedrijfsbureau.errors import DatabaseUnavailable, NotFound, UploadRefused

CHUNK = 1 << 20
LIMIT = 50 * CHUNK
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int  # bytes


@dataclass(frozen=True)
class Storage:
    root: Path

    def put(self, stream: BinaryIO, limit: int = LIMIT) -> Stored:
        """Keep all of `stream`. Durable before it returns: the database row that names it is written after.

        Raises UploadRefused when it holds more than `limit` bytes, DatabaseUnavailable when the disk is full.
        """
        try:
            return self._put(stream, limit)
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise DatabaseUnavailable("Er is geen ruimte om stukken te bewaren. Er is niets gewijzigd.") from error

    def _put(self, stream: BinaryIO, limit: int) -> Stored:
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.root, delete=False) as file:
            try:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise UploadRefused(f"Dit bestand is groter dan {limit // CHUNK} MB. Verklein of splits het.")
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                self._place(Path(file.name), digest.hexdigest())
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        """Where the bytes lie. Raises NotFound when they are not there."""
        path = self._path(sha256)
        if not path.is_file():
            raise NotFound("De inhoud van dit stuk is niet gevonden. Meld dit aan de beheerder.")
        return path

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:]

    def _place(self, written: Path, sha256: str) -> None:
        target = self._path(sha256)
        target.parent.mkdir(exist_ok=True)
        written.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
