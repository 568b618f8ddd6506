"""One page of a stuk as a picture that we made ourselves: nothing that someone sent us is opened by a browser."""

from dataclasses import dataclass
from typing import IO

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake.apart import CannotOpen, open_apart
from bedrijfsbureau.intake.kinds import IMAGES, PDF, kind_of

WIDTH = 1100  # pixels: a page is read at the width of a screen
MOST_PIXELS = 12_000_000  # of the picture
MOST_PIXELS_READ = 100_000_000
CANNOT = "Van dit stuk is geen voorbeeld te maken. Download het om het te lezen."


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str
    pages: int  # of the stuk


def can_show(media_type: str) -> bool:
    return kind_of(media_type) in (PDF, *IMAGES)


def picture(stream: IO[bytes], media_type: str, page: int) -> Picture:
    """Page `page`, from 1. Raises UploadRefused, with a sentence that says what to do, when it can't be shown."""
    if page < 1:
        raise UploadRefused(CANNOT)
    said, content = _opened(stream, media_type, page)
    return Picture(content, str(said["media_type"]), int(said["pages"]))


def count_pages(stream: IO[bytes], media_type: str) -> int:
    """How many there are to show. Raises UploadRefused."""
    return int(_opened(stream, media_type, 0)[0]["pages"])


def _opened(stream: IO[bytes], media_type: str, page: int) -> tuple[dict[str, int | str], bytes]:
    kind = kind_of(media_type)
    if not can_show(media_type):
        raise UploadRefused(CANNOT)
    name, most = ("pdf", MOST_PIXELS) if kind is PDF else ("image", MOST_PIXELS_READ)
    try:
        return open_apart(stream, kind=name, page=page, width=WIDTH, most_pixels=most, most_pages=1 << 20)
    except CannotOpen as error:
        raise UploadRefused(CANNOT) from error
