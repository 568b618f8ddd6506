"""Small files of every kind, whole and hostile, made anew: none of them lies in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
PARTS = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<document>Brief</document>"}


def pdf(text: str = "Loopbrief", pages: int = 1, extra: str = "", catalog: str = "") -> bytes:
    """`pages` pages that say `text`; `extra`: object 4; `catalog`: more entries of the catalog."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(pages))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for n in range(pages):
        drawn = f"BT /F 24 Tf 72 720 Td ({text} {n + 1}) Tj ET"
        objects[10 + 2 * n] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {11 + 2 * n} 0 R>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"
    if extra:
        objects[4] = extra
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, thing in objects.items():
        places[number] = len(content)
        content += f"{number} 0 obj\n{thing}\nendobj\n".encode("latin-1")
    table = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    trailer = f"trailer<</Size {max(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    trailer = f"xref\n0 1\n0000000000 65535 f \n{table}{trailer}"
    return content + trailer.encode()


def packed_pdf(dictionary: str) -> bytes:
    """A PDF in which this dictionary stands in a compressed object stream, where no search for words finds it."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf(extra=dictionary, catalog="/More 4 0 R"))) as opened:
        target = io.BytesIO()
        opened.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    assert dictionary.strip("<>").split("/")[1].encode() not in target.getvalue()
    return target.getvalue()


def locked_pdf() -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf())) as opened:
        target = io.BytesIO()
        opened.save(target, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return target.getvalue()


def png(width: int = 8, height: int = 8, said: tuple[int, int] | None = None) -> bytes:
    """`said`: the size that its head gives, when that is a lie."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))

    head = struct.pack("!IIBBBBB", *(said or (width, height)), 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x80\xc0" * width) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def image(form: str, frames: int = 1) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    with Image.new("RGB", (40, 30), "white") as drawn:
        more = {"save_all": True, "append_images": [drawn] * (frames - 1)} if frames > 1 else {}
        drawn.save(target, form, **more)
    return target.getvalue()


def docx(
    more: Mapping[str, str | bytes] | None = None, change: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    """A document of Word with these parts besides; `change` may forge what the list says of the last."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, **(more or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        if change is not None:
            change(archive.infolist()[-1])
    return target.getvalue()


def overlapping() -> bytes:
    """Every entry of the list points at the same packed bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "word/a.xml": "<x/>" * 1000}.items():
            archive.writestr(name, content)
        last = archive.infolist()[-1]
        for n in range(50):
            again = zipfile.ZipInfo(last.filename)
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(again, field, getattr(last, field))
            again.filename = f"word/b{n}.xml"
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]
    return target.getvalue()


def message(attached: str = "", content: bytes = b"") -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", "Stuk"
    made.set_content("Zoals beloofd.")
    if attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=attached)
    return bytes(made)
