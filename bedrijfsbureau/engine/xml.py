"""Hardened reading of XML: no DTD, no entities, no network, bounded in size, number of elements and depth.

SpiffWorkflow never sees this tree: the engine reads it into its own `diagram` first. Measured reasons for each limit:
an internal entity may blow 4 kB up to 900 kB, hide text from a filter, and (in older lxml) include local files.
"""

import re
from typing import Any

from lxml import etree

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 5_000
MAX_DEPTH = 64
ASCII_COMPATIBLE = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class XmlRefused(Exception):
    """The XML is not read; `line` is 1-based or None, the message is a Dutch sentence."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def read(data: bytes) -> Any:
    """The root element of `data`. Raises XmlRefused, and nothing else."""
    if len(data) > MAX_BYTES:
        raise XmlRefused(f"Het bestand is groter dan {MAX_BYTES // 1_000_000} MB. Splits het model.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = _ENCODING.match(data)
    if b"\0" in data or (declared and declared[1].lower() not in ASCII_COMPATIBLE):
        raise XmlRefused("Het bestand is niet in UTF-8 opgeslagen. Sla het opnieuw op als UTF-8.", 1)
    if (place := data.upper().find(b"<!DOCTYPE")) >= 0:  # complete, because every accepted encoding contains ASCII
        line = data.count(b"\n", 0, place) + 1
        raise XmlRefused("Het bestand bevat een DOCTYPE. Verwijder die regel; een model heeft hem niet nodig.", line)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlRefused(
            "Het bestand is geen geldige XML. Sla het opnieuw op vanuit de editor.", getattr(error, "lineno", None)
        ) from error
    _measure(root)
    return root


def _measure(root: Any) -> None:
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > MAX_DEPTH:
            raise XmlRefused(f"Het model is meer dan {MAX_DEPTH} niveaus diep. Maak het vlakker.", element.sourceline)
        if count > MAX_ELEMENTS:
            raise XmlRefused(
                f"Het model heeft meer dan {MAX_ELEMENTS} elementen. Splits het model.", element.sourceline
            )
