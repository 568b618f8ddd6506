"""What may stay and what is refused, with real files: every refusal is a sentence that says what to do."""

import io
import resource
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bedrijfsbureau.errors import UploadRefused
from bedrijfsbureau.intake import Rules, examine, safe_name
from bedrijfsbureau.intake.eicar import SIGN
from tests.intake.files import docx, image, locked_pdf, message, overlapping, packed_pdf, pdf, png

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATION = (
    '<Relationships><Relationship Type="http://x/relationships/attachedTemplate" Target="http://x"/></Relationships>'
)
KIND = "Dit soort bestand kunnen wij niet bewaren."
ACTIVE = "programmacode, ingesloten bestanden of een koppeling"
BOMB = "wordt bij het uitpakken onredelijk groot"
STRANGE = "geen gewoon Word-document"
BROKEN = "beschadigd"
TWO = "een tweede bestand verstopt"
SCRIPT = "bevat programmacode of een actief formulier"


@pytest.mark.parametrize(
    ("content", "name", "kept", "media_type", "pages"),
    [
        (pdf(pages=3), "loopbrief.pdf", "loopbrief.pdf", "application/pdf", 3),
        (packed_pdf("<</Gewoon/Waarde>>"), "ingepakt.PDF", "ingepakt.pdf", "application/pdf", 1),
        (png(), "scan", "scan.png", "image/png", 1),
        (image("JPEG"), "foto.jpeg", "foto.jpg", "image/jpeg", 1),
        (image("TIFF", frames=4), "fax.tiff", "fax.tif", "image/tiff", 4),
        (docx(), "brief.docx", "brief.docx", WORD, None),
        (message("bijlage.pdf", b"%PDF"), "bericht.eml", "bericht.eml", "message/rfc822", None),
        ("Afgemeld op 3 maart, zoals beloofd. Zoë".encode("latin-1"), "nota.txt", "nota.txt", "text/plain", None),
    ],
)
def test_a_whole_file_stays(content: bytes, name: str, kept: str, media_type: str, pages: int | None) -> None:
    found = examine(io.BytesIO(content), name, Rules())

    assert (found.filename, found.media_type, found.pages) == (kept, media_type, pages)


HOSTILE = {
    # not what it says
    "empty": (b"", "brief.pdf", "Dit bestand is leeg."),
    "no name": (pdf(), " ", "U hebt geen bestand gekozen."),
    "program": (b"MZ" + bytes(200), "brief.pdf", KIND),
    "page": (b"<html><script>alert(1)</script>", "brief.html", KIND),
    "page as text": (b"<!DOCTYPE html><script>alert(1)</script>", "brief.txt", KIND),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "plaatje.svg", KIND),
    "text with zeros": (b"tekst\x00met nul", "nota.txt", KIND),
    "text called pdf": (b"zomaar tekst", "brief.pdf", KIND),
    "gif": (b"GIF89a" + bytes(60), "plaatje.gif", KIND),
    "png called pdf": (png(), "brief.pdf", "eindigt op .pdf, maar de inhoud is een PNG-afbeelding"),
    "pdf called docx": (pdf(), "brief.docx", "eindigt op .docx, maar de inhoud is een PDF"),
    "runs by its name": (pdf(), "brief.pdf.exe", "eindigen op .exe"),
    "no message": (b"dit is geen bericht", "x.eml", "geen e-mailbericht"),
    # names
    "traversal": (pdf(), "../../etc/cron.d/brief.pdf", "wijst naar een andere map"),
    "traversal of Windows": (pdf(), "..\\..\\brief.pdf", "wijst naar een andere map"),
    "written backwards": (pdf(), "brief\u202efdp.exe", "onzichtbare tekens"),
    "newline": (pdf(), "brief\r\nX: y.pdf", "onzichtbare tekens"),
    "zero": (pdf(), "brief\x00.pdf", "onzichtbare tekens"),
    # viruses
    "eicar": (SIGN, "eicar.txt", "(test)virus"),
    "eicar in a pdf": (pdf() + SIGN, "brief.pdf", "(test)virus"),
    "eicar in a document": (docx({"word/media/x": SIGN}), "brief.docx", ACTIVE),
    "eicar in a message": (message("x.pdf", SIGN), "x.eml", "een programma kan zijn"),
    "program in a message": (message("factuur.exe", b"x"), "x.eml", "een programma kan zijn"),
    # two files in one
    "zip behind a pdf": (pdf() + docx(), "brief.pdf", TWO),
    "zip behind an image": (image("JPEG") + docx(), "foto.jpg", TWO),
    "page behind an image": (png() + b"<script>alert(1)</script>", "foto.png", TWO),
    "page behind a pdf": (pdf() + b"<script>alert(1)</script>", "brief.pdf", TWO),
    "pdf in an image": (image("JPEG")[:20] + b"\xff\xfe\x00\x20%PDF-1.7" + image("JPEG")[20:], "foto.jpg", TWO),
    "document behind a program": (b"MZ" + docx(), "brief.docx", KIND),
    # pdf
    "script": (pdf(catalog="/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "a.pdf", SCRIPT),
    "script spelled otherwise": (pdf(catalog="/OpenAction<</S/J#61vaScript>>"), "a.pdf", SCRIPT),
    "script packed away": (packed_pdf("<</Geheim/Ja/S/JavaScript>>"), "a.pdf", SCRIPT),
    "program from a pdf": (pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>"), "a.pdf", SCRIPT),
    "active form": (pdf(catalog="/AcroForm<</XFA(x)/Fields[]>>"), "a.pdf", SCRIPT),
    "file in a pdf": (pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"), "a.pdf", "zitten andere bestanden"),
    "password": (locked_pdf(), "a.pdf", "met een wachtwoord beveiligd"),
    "half a pdf": (pdf()[:200], "a.pdf", BROKEN),
    "pdf of nothing": (b"%PDF-1.7\n%%EOF", "a.pdf", BROKEN),
    "pdf without pages": (pdf(pages=0), "a.pdf", "heeft geen bladzijden"),
    "pages that hold themselves": (pdf().replace(b"/Kids[10 0 R]", b"/Kids[ 2 0 R]"), "a.pdf", BROKEN),
    # images
    "pixels": (png(said=(60_000, 60_000)), "a.png", "groter dan 100 megapixel"),
    "half an image": (image("JPEG")[:300], "a.jpg", BROKEN),
    "image of nothing": (b"\x89PNG\r\n\x1a\n" + bytes(64) + b"IEND\xaeB`\x82", "a.png", BROKEN),
    # documents
    "bomb": (docx({"word/a.xml": bytes(20 << 20)}), "a.docx", BOMB),
    "many parts": (docx({f"word/{n}.xml": "" for n in range(2001)}), "a.docx", BOMB),
    "overlapping parts": (overlapping(), "a.docx", BOMB),
    "size that lies": (docx({"word/a.xml": b"x" * 5000}, lambda p: setattr(p, "file_size", 10)), "a.docx", BROKEN),
    "zip in it": (docx({"word/media/a.png": docx()}), "a.docx", ACTIVE),
    "macro": (docx({"word/vbaProject.bin": b"x"}), "a.docx", ACTIVE),
    "embedded": (docx({"word/embeddings/oleObject1.bin": b"x"}), "a.docx", ACTIVE),
    "template from afar": (docx({"word/_rels/settings.xml.rels": RELATION}), "a.docx", ACTIVE),
    "entities": (docx({"word/a.xml": '<!DOCTYPE x [<!ENTITY a "aaa">]>'}), "a.docx", STRANGE),
    "zip slip": (docx({"../../etc/passwd": "x"}), "a.docx", STRANGE),
    "absolute part": (docx({"/etc/passwd": "x"}), "a.docx", STRANGE),
    "link": (
        docx({"word/a": "/etc/passwd"}, lambda p: setattr(p, "external_attr", stat.S_IFLNK << 16)), "a.docx", STRANGE
    ),
    "other zip": (docx().replace(b"word/document.xml", b"xl/worksheetx.xml"), "a.docx", STRANGE),
    "half a document": (docx()[:150], "a.docx", BROKEN),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_may_not_stay_is_refused_with_a_sentence(content: bytes, name: str, said: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        examine(io.BytesIO(content), name, Rules())

    assert said in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("rules", "content", "name", "said"),
    [
        (Rules(most_bytes=1 << 20), pdf() + bytes(1 << 20), "a.pdf", "groter dan 1 MB"),
        (Rules(most_pages=2), pdf(pages=3), "a.pdf", "meer dan 2 bladzijden"),
        (Rules(most_pages=2), image("TIFF", frames=3), "a.tif", "meer dan 2 bladzijden"),
        (Rules(most_pixels=1000), image("JPEG"), "a.jpg", "megapixel"),
        (Rules(types=frozenset({".pdf", ".png"})), image("JPEG"), "a.jpg", "Gebruik PDF of PNG."),
    ],
)
def test_an_installation_sets_its_own_limits(rules: Rules, content: bytes, name: str, said: str) -> None:
    with pytest.raises(UploadRefused, match=said):
        examine(io.BytesIO(content), name, rules)
    if rules.most_bytes == Rules().most_bytes:
        examine(io.BytesIO(pdf()), "goed.pdf", replace(rules, most_pixels=1 << 30))


def test_rules_that_allow_nothing_are_no_rules() -> None:
    for wrong in ({"types": frozenset({".exe"})}, {"types": frozenset()}, {"most_pages": 0}):
        with pytest.raises(ValueError):
            Rules(**wrong)


def test_a_bomb_takes_no_memory_of_ours() -> None:
    """100 MB of zeros in 100 kB, and an image that says it is 14 GB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(100):
            part.write(bytes(1 << 20))
    for content, name in ((bomb.getvalue(), "a.docx"), (png(said=(60_000, 60_000)), "a.png")):
        with pytest.raises(UploadRefused):
            examine(io.BytesIO(content), name, Rules())

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_a_file_on_disk_is_examined_where_it_lies(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w+b") as file:
        file.write(pdf(pages=2))
        assert examine(file, "a.pdf", Rules()).pages == 2
        assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "suffix", "safe"),
    [
        ("brief.pdf", ".pdf", "brief.pdf"),
        ("C:\\Users\\x\\brief.PDF", ".pdf", "brief.pdf"),
        ("../../etc/passwd", ".txt", "passwd.txt"),
        ("a;b\r\nc.pdf", ".png", "a b c.png"),
        ("rapport 3.2 def", ".pdf", "rapport 3.2 def.pdf"),
        (".pdf", ".pdf", "pdf.pdf"),
        ("??.pdf", ".pdf", "stuk.pdf"),
        ("n" * 300 + ".pdf", ".pdf", "n" * 120 + ".pdf"),
    ],
)
def test_a_name_is_safe_to_give_back(name: str, suffix: str, safe: str) -> None:
    assert safe_name(name, suffix) == safe
