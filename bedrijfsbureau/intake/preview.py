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
    """Page `page`, from 1; 0 only counts them. Raises UploadRefused, with what to do, when it can't be shown."""
    kind = kind_of(media_type)
    if not can_show(media_type) or page < 0:
        raise UploadRefused(CANNOT)
    name, most = ("pdf", MOST_PIXELS) if kind is PDF else ("image", MOST_PIXELS_READ)
    try:
        said, content = open_apart(stream, kind=name, page=page, width=WIDTH, most_pixels=most, most_pages=1 << 20)
    except CannotOpen as error:
        raise UploadRefused(CANNOT) from error
    return Picture(content, str(said.get("media_type", "")), int(said["pages"]))
