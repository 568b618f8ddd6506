"""Reading XML that a stranger may have written: no document type, no entities, no network, no giant trees."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from bedrijfsbureau.dmn.errors import DmnError

Element = Any  # lxml has no types
MAX_BYTES = 5_000_000
MAX_ELEMENTS = 200_000


def parse(xml: bytes) -> Element:
    """The root element. Raises DmnError."""
    if len(xml) > MAX_BYTES:
        raise DmnError("", f"Het bestand is groter dan {MAX_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, )  # fmt: skip
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise DmnError("", f"Het bestand is geen goede XML: {cause}") from None
    if root.getroottree().docinfo.doctype:
        raise DmnError("", "Het bestand heeft een DOCTYPE; dat staan wij niet toe")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise DmnError("", f"Het bestand heeft meer dan {MAX_ELEMENTS} elementen")
    return root


def local(element: Element) -> str:
    """The name without its namespace: all versions of DMN read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[:1] == "{" else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if local(child) in names)


def child(element: Element, *names: str) -> Element | None:
    return next(children(element, *names), None)


def text_of(element: Element | None) -> str:
    """The content of the `text` child, or an empty text."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else (inner.text or "").strip()


def label(element: Element) -> str:
    """How to point at an element in a message: its id, else its name, else what it is."""
    return str(element.get("id") or element.get("name") or local(element))
