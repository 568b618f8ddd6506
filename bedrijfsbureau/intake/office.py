"""Documents of Word: a zip that is looked through part by part, never unpacked to disk.

Sources of the limits: a bomb of one part (42.zip), overlapping parts (Fifield, "A better zip bomb", 2019), names that
lead out of the folder (zip slip), documents that fetch a template or start a program (Office relationships).
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake.eicar import holds_eicar

MOST_PARTS = 2000
MOST_BYTES = 250 << 20  # of all parts together, unpacked
MOST_RATIO = 200  # unpacked against packed, for a part over SMALL
SMALL = 1 << 20
CHUNK = 1 << 18
LOCAL_HEADER = 30  # bytes, before name and extra field
RUNS = re.compile(
    r"(vbaProject\.bin|vbaData\.xml|activeX/|embeddings/|\.(exe|dll|js|vbs|zip|docm?|xlsm?|7z|rar)$)", re.I
)
FETCHES = re.compile(rb'relationships/(attachedTemplate|oleObject|frame|subDocument|control|package)"', re.I)
WRONG = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
"""What zipfile raises when the list of parts and the parts do not agree."""
BROKEN = "Dit Word-document is beschadigd. Open het in Word, bewaar het opnieuw en probeer het nog eens."
BOMB = "Dit Word-document wordt bij het uitpakken onredelijk groot. Bewaar het als PDF en voeg die toe."
STRANGE = "Dit bestand is geen gewoon Word-document. Open het in Word en bewaar het als PDF of als .docx."
ACTIVE = (
    "Dit Word-document bevat programmacode, ingesloten bestanden of een koppeling naar buiten. "
    "Bewaar het als PDF en voeg die toe."
)


def check_document(stream: IO[bytes]) -> None:
    """Raises UploadRefused for anything but a plain, whole document of Word."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_list(stream, archive, parts)
            for part in parts:
                _check_part(archive, part)
    except WRONG as error:
        raise UploadRefused(BROKEN) from error


def _check_list(stream: IO[bytes], archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UploadRefused(BOMB)
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts) or _overlap(parts):
        raise UploadRefused(BOMB)
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise UploadRefused(STRANGE)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise UploadRefused(STRANGE)
    if any(stat.S_ISLNK(part.external_attr >> 16) or part.flag_bits & 0x1 for part in parts):
        raise UploadRefused(STRANGE)
    if archive.comment or min((part.header_offset for part in parts), default=1):
        raise UploadRefused(STRANGE)  # something stands before or after it: two kinds of file in one
    if not {"[Content_Types].xml", "word/document.xml"} <= set(names):
        raise UploadRefused(STRANGE)
    if any(RUNS.search(name) for name in names):
        raise UploadRefused(ACTIVE)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads all of it, a piece at a time: the size that the list gives may be a lie."""
    read, kept = 0, bytearray()
    with archive.open(part) as content:
        while chunk := content.read(CHUNK):
            read += len(chunk)
            if read > part.file_size:
                raise UploadRefused(BOMB)
            if read == len(chunk) and chunk.startswith(
                (b"PK\x03\x04", b"MZ", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
            ):
                raise UploadRefused(ACTIVE)
            if part.filename.endswith((".xml", ".rels")):
                kept += chunk
            if holds_eicar(chunk):
                raise UploadRefused(ACTIVE)
    if b"<!DOCTYPE" in kept or b"<!ENTITY" in kept:
        raise UploadRefused(STRANGE)
    if b"macroEnabled" in kept[: 1 << 16] or (part.filename.endswith(".rels") and FETCHES.search(kept)):
        raise UploadRefused(ACTIVE)


def _overlap(parts: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes: then a little makes a lot."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            return True
        end = part.header_offset + LOCAL_HEADER + len(part.filename.encode()) + part.compress_size
    return False


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or bool(re.search(r"[\x00-\x1f:\\]", name))
