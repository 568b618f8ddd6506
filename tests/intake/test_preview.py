"""A page as a picture: made anew, in a process of its own."""

import io

import pytest
from PIL import Image

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake import apart, can_show, count_pages, picture
from tests.intake.files import docx, image, pdf, png


@pytest.mark.parametrize(
    ("content", "media_type", "page", "made", "size", "pages"),
    [
        (pdf(pages=3), "application/pdf", 3, "image/png", (1100, 1557), 3),
        (image("JPEG"), "image/jpeg", 1, "image/jpeg", (40, 30), 1),
        (image("TIFF", frames=2), "image/tiff", 2, "image/jpeg", (40, 30), 2),
        (png(4000, 100), "image/png", 1, "image/png", (1100, 28), 1),
    ],
)
def test_a_page_is_drawn(
    content: bytes, media_type: str, page: int, made: str, size: tuple[int, int], pages: int
) -> None:
    shown = picture(io.BytesIO(content), media_type, page)

    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert (drawn.get_format_mimetype(), drawn.size) == (made, size)
    assert (shown.media_type, shown.pages) == (made, pages)
    assert count_pages(io.BytesIO(content), media_type) == pages


def test_nothing_of_the_file_is_left_but_what_one_sees() -> None:
    hidden = image("JPEG") + b"<script>alert(1)</script>"

    assert b"script" not in picture(io.BytesIO(hidden), "image/jpeg", 1).content


@pytest.mark.parametrize(
    ("content", "media_type", "page"),
    [
        (pdf(), "application/pdf", 2),
        (pdf(), "application/pdf", 0),
        (b"%PDF-1.7 nothing", "application/pdf", 1),
        (image("JPEG")[:100], "image/jpeg", 1),
        (png(said=(60_000, 60_000)), "image/png", 1),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 1),
        (b"tekst", "text/plain", 1),
    ],
)
def test_what_can_not_be_shown_says_so(content: bytes, media_type: str, page: int) -> None:
    with pytest.raises(UploadRefused, match="Download het om het te lezen"):
        picture(io.BytesIO(content), media_type, page)


def test_what_has_no_pages_has_no_preview() -> None:
    assert [can_show(kind) for kind in ("application/pdf", "image/tiff", "text/plain", "x/y")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_file_that_takes_too_much_ends_only_the_process_that_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "BYTES", 20 << 20)

    with pytest.raises(UploadRefused):
        picture(io.BytesIO(pdf()), "application/pdf", 1)
