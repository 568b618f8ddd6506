"""Examining a file before anything of it is kept."""

import os
import zipfile
from dataclasses import dataclass
from typing import IO

import filetype

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake.apart import CannotOpen, open_apart
from bedrijfsbureau.intake.eicar import holds_eicar
from bedrijfsbureau.intake.kinds import DOCX, EML, IMAGES, PDF, PNG, Kind, kind_ending, kind_of
from bedrijfsbureau.intake.messages import check_message, is_text
from bedrijfsbureau.intake.names import check_ending, check_name, ending, safe_name
from bedrijfsbureau.intake.office import check_document
from bedrijfsbureau.intake.rules import Rules

HEAD = 1 << 16  # bytes that tell what it is
CHUNK = 1 << 20
TAIL = 2048  # bytes in which a PDF says that it ends
EMPTY = "Dit bestand is leeg. Kies het goede bestand en probeer het opnieuw."
VIRUS = "In dit bestand zit een (test)virus. Het is niet bewaard. Open het niet en meld dit aan uw beheerder."
TWO_IN_ONE = "In dit bestand zit een tweede bestand verstopt. Open het, druk het af naar een PDF en voeg die toe."
REASONS = {  # words of opening.py
    "password": "Deze PDF is met een wachtwoord beveiligd. Bewaar hem zonder wachtwoord en voeg hem opnieuw toe.",
    "broken": "Dit bestand is beschadigd of niet compleet. Vraag of scan het opnieuw.",
    "empty": "Deze PDF heeft geen bladzijden. Kies het goede bestand en probeer het opnieuw.",
    "script": "Deze PDF bevat programmacode of een actief formulier. Druk hem af naar een nieuwe PDF en voeg die toe.",
    "carries": "In deze PDF zitten andere bestanden. Haal ze eruit en voeg elk bestand los toe.",
    "limit": "Dit bestand is te zwaar om te controleren. Druk het af naar een nieuwe PDF, of splits het.",
}


@dataclass(frozen=True)
class Examined:
    filename: str  # safe to give back
    media_type: str
    pages: int | None  # of a PDF or image


def examine(stream: IO[bytes], filename: str, rules: Rules) -> Examined:
    """What the file is. Raises UploadRefused, with a sentence that says what to do, for what may not stay."""
    if not filename.strip():
        raise UploadRefused("U hebt geen bestand gekozen. Kies een bestand en probeer het opnieuw.")
    check_name(filename)
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise UploadRefused(EMPTY)
    if size > rules.most_bytes:
        raise UploadRefused(f"Dit bestand is groter dan {rules.most_mb} MB. Verklein of splits het.")
    if _holds_virus(stream):
        raise UploadRefused(VIRUS)
    kind = _kind(stream, filename)
    if kind is None or kind.suffix not in rules.types:
        raise UploadRefused(f"Dit soort bestand kunnen wij niet bewaren. Gebruik {rules.named}.")
    check_ending(filename, kind)
    pages = _look_inside(stream, kind, rules)
    stream.seek(0)
    return Examined(safe_name(filename, kind.suffix), kind.media_type, pages)


def _kind(stream: IO[bytes], filename: str) -> Kind | None:
    """By the content; of text, of which all content looks alike, by the name."""
    stream.seek(0)
    start = stream.read(HEAD)
    if start.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in start or (kind_ending(ending(filename)) is DOCX) else None
    found = filetype.guess_mime(start)
    if found is not None:
        return kind_of(str(found))
    said = kind_ending(ending(filename))
    return said if said is not None and said.is_text and is_text(start) else None


def _look_inside(stream: IO[bytes], kind: Kind, rules: Rules) -> int | None:
    stream.seek(0)
    if kind is DOCX:
        check_document(stream)
        return None
    if kind.is_text:
        _check_text(stream.read(), kind)
        return None
    _check_single(stream, kind)
    asked = {"kind": "image" if kind in IMAGES else "pdf", "most_pages": rules.most_pages}
    try:
        said, _ = open_apart(stream, **asked, most_pixels=rules.most_pixels)
    except CannotOpen as error:
        raise UploadRefused(_sentence(error.reason, rules)) from error
    return int(said["pages"])


def _sentence(reason: str, rules: Rules) -> str:
    if reason == "pages":
        return f"Dit bestand heeft meer dan {rules.most_pages} bladzijden. Splits het."
    if reason == "pixels":
        return f"Deze afbeelding is groter dan {rules.most_pixels // 1_000_000} megapixel. Scan of bewaar haar kleiner."
    return REASONS[reason]


def _check_text(content: bytes, kind: Kind) -> None:
    if not is_text(content):
        raise UploadRefused(REASONS["broken"])
    if kind is EML:
        check_message(content)


def _check_single(stream: IO[bytes], kind: Kind) -> None:
    """Raises UploadRefused for a file that is also another one, for a program that looks at its end."""
    if zipfile.is_zipfile(stream):
        raise UploadRefused(TWO_IN_ONE)
    stream.seek(0)
    start = stream.read(1024)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - TAIL))
    end = stream.read().rstrip(b"\x00 \r\n\t")
    if kind is PDF and not (b"%%EOF" in end and len(end.rpartition(b"%%EOF")[2]) == 0):
        raise UploadRefused(TWO_IN_ONE if b"%%EOF" in end else REASONS["broken"])
    if kind is PNG and not end.endswith(b"IEND\xaeB`\x82"):
        raise UploadRefused(TWO_IN_ONE if b"IEND" in end else REASONS["broken"])
    if kind is not PDF and b"%PDF-" in start:
        raise UploadRefused(TWO_IN_ONE)
    stream.seek(0)


def _holds_virus(stream: IO[bytes]) -> bool:
    stream.seek(0)
    last = b""
    while chunk := stream.read(CHUNK):
        if holds_eicar(last + chunk):
            return True
        last = chunk[-100:]
    return False
