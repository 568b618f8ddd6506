"""Papers for the demo: PDFs of one page that say what they are, and that they are an example."""

from collections.abc import Sequence
from io import BytesIO

from bedrijfsbureau.database import Database
from bedrijfsbureau.storage import Stored

MEDIA_TYPE = "application/pdf"
EXAMPLE = "Verzonnen voorbeeld, niet van een echt persoon."
TOP, LEADING, LEFT = 770, 24, 72  # points; a page of A4 is 595 by 842


def keep(database: Database, title: str, lines: Sequence[str]) -> Stored:
    """Put a page with these words where stukken lie."""
    return database.storage.put(BytesIO(pdf([title, "", *lines, "", EXAMPLE])))


def pdf(lines: Sequence[str]) -> bytes:
    """One page with these lines in Helvetica; ISO 32000-1, 7.5."""
    shown = "".join(f"({_escaped(line)}) Tj 0 -{LEADING} Td " for line in lines)
    text = f"BT /F1 14 Tf {LEFT} {TOP} Td {shown}ET".encode("cp1252", "replace")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        font,
    )
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
