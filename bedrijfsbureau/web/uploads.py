"""A file that someone uploads: what it is by its content, under a name that is safe to give back."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype  # type: ignore[import-untyped]
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from bedrijfsbureau.errors import UploadRefused

HEAD = 1 << 16  # bytes that are looked at
LONGEST_NAME = 120
SUFFIXES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
}
DOCX = next(name for name, suffix in SUFFIXES.items() if suffix == ".docx")
TEXTS = {".eml": "message/rfc822", ".txt": "text/plain"}  # nothing in their content tells them from other text
ALSO = {".jpeg": ".jpg", ".tiff": ".tif"}
ACCEPT = ",".join([*SUFFIXES.values(), *ALSO])  # for the file picker; the server looks for itself
NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|;%\x00-\x1f\x7f]+')


@dataclass(frozen=True)
class Received:
    stream: IO[bytes]
    filename: str
    media_type: str


def received(file: FileStorage | None) -> Received:
    """Raises UploadRefused for no file, an empty one, or one whose content is of no kind that we keep."""
    if file is None or not file.filename:
        raise UploadRefused(_("U hebt geen bestand gekozen. Kies een bestand en probeer het opnieuw."))
    start = file.stream.read(HEAD)
    file.stream.seek(0)
    if not start:
        raise UploadRefused(_("Dit bestand is leeg. Kies het goede bestand en probeer het opnieuw."))
    media_type = _type(start, file)
    if media_type is None:
        raise UploadRefused(
            _("Dit soort bestand kunnen wij niet bewaren. Gebruik PDF, PNG, JPG, TIFF, DOCX, EML of TXT.")
        )
    return Received(file.stream, safe_name(file.filename, SUFFIXES[media_type]), media_type)


def safe_name(name: str, suffix: str) -> str:
    """The name without folders and signs that mean something elsewhere, ending as its content says."""
    base = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    stem, _dot, given = base.rpartition(".")
    known = ALSO.get(f".{given.lower()}", f".{given.lower()}") in SUFFIXES.values()
    cleaned = " ".join(NOT_IN_NAMES.sub(" ", stem if stem and known else base).split()).strip(". ")
    return f"{cleaned[:LONGEST_NAME] or 'stuk'}{suffix}"


def _type(start: bytes, file: FileStorage) -> str | None:
    found = filetype.guess_mime(start)
    if found in SUFFIXES and found != DOCX:
        return str(found)
    if start.startswith(b"PK"):
        return DOCX if _is_docx(file.stream) else None
    if found is not None or NOT_TEXT.search(start):
        return None
    return TEXTS.get(PurePosixPath((file.filename or "").lower()).suffix)


def _is_docx(stream: IO[bytes]) -> bool:
    """A document of Word without macros; only the list of its parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return False
    finally:
        stream.seek(0)
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)
