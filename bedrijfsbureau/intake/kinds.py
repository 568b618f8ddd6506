"""The kinds of files that can be kept at all; an installation may allow fewer (`Rules.types`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`also`: other endings of the same kind. `is_text`: nothing in the content tells it from other text."""

    suffix: str
    media_type: str
    name: str  # as a sentence calls it: "een PDF"
    also: tuple[str, ...] = ()
    is_text: bool = False


PDF = Kind(".pdf", "application/pdf", "een PDF")
PNG = Kind(".png", "image/png", "een PNG-afbeelding")
JPG = Kind(".jpg", "image/jpeg", "een JPG-afbeelding", (".jpeg",))
TIF = Kind(".tif", "image/tiff", "een TIFF-afbeelding", (".tiff",))
DOCX = Kind(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "een Word-document")
EML = Kind(".eml", "message/rfc822", "een e-mailbericht", is_text=True)
TXT = Kind(".txt", "text/plain", "platte tekst", is_text=True)

KINDS = {kind.suffix: kind for kind in (PDF, PNG, JPG, TIF, DOCX, EML, TXT)}
IMAGES = (PNG, JPG, TIF)
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in (kind.suffix, *kind.also)}
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values()}


def kind_of(media_type: str) -> Kind | None:
    return _BY_MEDIA_TYPE.get(media_type)


def kind_ending(suffix: str) -> Kind | None:
    """`suffix` as ".jpeg", in any case."""
    return _BY_ENDING.get(suffix.lower())
