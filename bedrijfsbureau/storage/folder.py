"""Bytes in a folder on this machine: written beside, made durable, then put in place."""

import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bedrijfsbureau.errors import DatabaseUnavailable, NotFound
from bedrijfsbureau.storage.kept import GONE, LIMIT, NAME, Stored, measured, place_of

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


@dataclass(frozen=True)
class Folder:
    root: Path

    def put(self, stream: IO[bytes], limit: int = LIMIT) -> Stored:
        try:
            return self._put(stream, limit)
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise DatabaseUnavailable("Er is geen ruimte om stukken te bewaren. Er is niets gewijzigd.") from error

    def _put(self, stream: IO[bytes], limit: int) -> Stored:
        if not self.root.is_dir():
            self.root.mkdir(parents=True, exist_ok=True)
            _make_durable(self.root.parent)
        with tempfile.NamedTemporaryFile(dir=self.root, delete=False) as file:
            try:
                stored = measured(stream, limit, file)
                file.flush()
                os.fsync(file.fileno())
                self._place(Path(file.name), stored.sha256)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return stored

    def path(self, sha256: str) -> Path:
        """Where the bytes lie. Raises NotFound when they are not there."""
        path = self.root / place_of(sha256)
        if not path.is_file():
            raise NotFound(GONE)
        return path

    def open(self, sha256: str) -> IO[bytes]:
        return self.path(sha256).open("rb")

    def names(self) -> Iterator[str]:
        for path in self.root.glob("??/*"):
            if NAME.fullmatch(name := path.relative_to(self.root).as_posix()):
                yield name.replace("/", "")

    def unfinished(self) -> Iterator[str]:
        for path in self.root.glob("tmp*"):
            if path.is_file():
                yield path.name

    def _place(self, written: Path, sha256: str) -> None:
        target = self.root / place_of(sha256)
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True)
            _make_durable(self.root)
        written.replace(target)
        _make_durable(target.parent)


def _make_durable(folder: Path) -> None:
    """What was made or renamed in this folder survives the machine going down."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
