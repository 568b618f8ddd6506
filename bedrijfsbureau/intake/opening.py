"""Opens one PDF or image that lies at standard input; started by `apart.py`, imports nothing of ours.

Its one argument is JSON: {kind: "pdf"|"image", most_pixels, most_pages, bytes, seconds, page?, width?}. It answers with
a line of JSON: {pages}, {reason}, or with `page` {pages, media_type} followed by the picture of that page.
"""

import json
import math
import resource
import sys
from typing import Any

Json = dict[str, Any]
MOST_OBJECTS = 300_000
DEEPEST = 40
SCRIPT = frozenset({"/JS", "/JavaScript", "/Launch", "/XFA", "/ImportData", "/SubmitForm", "/RichMedia", "/Movie"})
CARRIES = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment"})
FORMATS = ("PNG", "JPEG", "TIFF")
A4_WIDTH = 595  # points


class Refused(Exception):
    """Its text is the reason."""


def main() -> None:
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["bytes"], asked["bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said, picture = (of_pdf if asked["kind"] == "pdf" else of_image)(asked)
    except Refused as refused:
        said, picture = {"reason": str(refused)}, b""
    except (MemoryError, RecursionError):
        said, picture = {"reason": "limit"}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + picture)


def of_pdf(asked: Json) -> tuple[Json, bytes]:
    if "page" in asked:
        return pdf_page(asked)
    import pikepdf

    try:
        with pikepdf.open(sys.stdin.buffer) as pdf:
            pages = len(pdf.pages)
            if pages == 0:
                raise Refused("empty")
            if pages > asked["most_pages"]:
                raise Refused("pages")
            look_for_active(pikepdf, pdf)
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except (pikepdf.PdfError, ValueError, TypeError, OverflowError):
        raise Refused("broken") from None
    return {"pages": pages}, b""


def look_for_active(pikepdf: Any, pdf: Any) -> None:
    """Every object, also those packed in object streams: names may be spelled with #xx, which pikepdf has read."""
    for number, thing in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            raise Refused("limit")
        walk(pikepdf, thing, 0)


def walk(pikepdf: Any, thing: Any, depth: int) -> None:
    """What stands in this object itself; what it refers to comes by in its own turn."""
    if depth > DEEPEST:
        raise Refused("limit")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - no mapping
            value = thing.get(key)
            named = {str(key), str(value)} if isinstance(value, pikepdf.Name) else {str(key)}
            if named & SCRIPT:
                raise Refused("script")
            if named & CARRIES:
                raise Refused("carries")
            if not getattr(value, "is_indirect", False):
                walk(pikepdf, value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                walk(pikepdf, value, depth + 1)


def pdf_page(asked: Json) -> tuple[Json, bytes]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer)
        pdf.init_forms()  # what was filled in is drawn too
        pages = len(pdf)
        if asked["page"] == 0:
            return {"pages": pages}, b""
        if not 1 <= asked["page"] <= pages:
            raise Refused("page")
        page = pdf[asked["page"] - 1]
        width, height = page.get_size()
        scale = min(asked["width"] / max(width, 1), math.sqrt(asked["most_pixels"] / max(width * height, 1)))
        drawn = page.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError:
        raise Refused("broken") from None
    return {"pages": pages, "media_type": "image/png"}, encoded(drawn, "PNG")


def of_image(asked: Json) -> tuple[Json, bytes]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    try:
        with Image.open(sys.stdin.buffer, formats=FORMATS) as image:
            check_size(image, asked)
            pages = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
            if pages > asked["most_pages"]:
                raise Refused("pages")
            if not asked.get("page"):
                image.load()
                return {"pages": pages}, b""
            if not 1 <= asked["page"] <= pages:
                raise Refused("page")
            image.seek(asked["page"] - 1)
            check_size(image, asked)
            drawn = ImageOps.exif_transpose(image)
            drawn.thumbnail((asked["width"], 4 * asked["width"]))
            lossless = image.format == "PNG" or drawn.mode in ("1", "P", "L", "LA", "RGBA")
            drawn = drawn.convert("RGBA" if drawn.mode in ("P", "LA", "PA", "RGBA") else "RGB")
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, Image.DecompressionBombError):
        raise Refused("broken") from None
    name = "PNG" if lossless else "JPEG"
    return {"pages": pages, "media_type": f"image/{name.lower()}"}, encoded(drawn, name)


def check_size(image: Any, asked: Json) -> None:
    if image.width * image.height > asked["most_pixels"]:
        raise Refused("pixels")


def encoded(drawn: Any, name: str) -> bytes:
    """Made anew from pixels: nothing of the file that came in is left but what one sees."""
    from io import BytesIO

    target = BytesIO()
    drawn.save(target, format=name)
    return target.getvalue()


if __name__ == "__main__":
    main()
