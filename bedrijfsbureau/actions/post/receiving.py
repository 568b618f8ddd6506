"""A file that comes in, before any row names it: examined, scanned and kept."""

from dataclasses import dataclass
from typing import IO

from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake import Verdict, examine
from bedrijfsbureau.storage import Stored

FOUND = "De virusscanner heeft iets gevonden ({said}). Het bestand is niet bewaard. Meld dit aan uw beheerder."
TOO_BIG = "Dit bestand is te groot voor de virusscanner. Verklein of splits het."


@dataclass(frozen=True)
class Received:
    """`is_cleared`: no scanner is set, or it found nothing; without, the file waits in quarantine."""

    stored: Stored
    filename: str
    media_type: str
    is_cleared: bool


def receive(database: Database, stream: IO[bytes], filename: str) -> Received:
    """Outside any transaction: it may take long. Raises UploadRefused, with nothing kept, and DatabaseUnavailable."""
    found = examine(stream, filename, database.rules)
    is_cleared = _is_cleared(database, stream)
    stream.seek(0)
    stored = database.storage.put(stream, database.rules.most_bytes)
    return Received(stored, found.filename, found.media_type, is_cleared)


def _is_cleared(database: Database, stream: IO[bytes]) -> bool:
    scanner = database.rules.scanner
    if scanner is None:
        return True
    stream.seek(0)
    verdict, said = scanner.scan(stream)
    if verdict is Verdict.FOUND:
        raise UploadRefused(FOUND.format(said=said))
    if verdict is Verdict.TOO_BIG:
        raise UploadRefused(TOO_BIG)
    return verdict is Verdict.CLEAN
