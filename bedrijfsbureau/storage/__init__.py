"""The bytes of stukken, kept under their SHA-256. They are never changed; writing the same bytes twice keeps one."""

from pathlib import Path

from bedrijfsbureau.storage.bucket import Bucket, bucket_at
from bedrijfsbureau.storage.folder import Folder
from bedrijfsbureau.storage.kept import CHUNK, LIMIT, Condition, Storage, Stored, condition

__all__ = [
    "CHUNK",
    "LIMIT",
    "Bucket",
    "Condition",
    "Folder",
    "Storage",
    "Stored",
    "bucket_at",
    "condition",
    "storage_in",
]


def storage_in(place: Path | Storage) -> Storage:
    """A path is a folder on this machine."""
    return Folder(place) if isinstance(place, Path) else place
