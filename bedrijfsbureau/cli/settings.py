"""What an installation sets about stukken, in its environment: where they lie, what may come in, who scans them."""

import os
from collections.abc import Mapping
from pathlib import Path

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.intake import KINDS, Rules, Scanner
from bedrijfsbureau.storage import Folder, Storage, bucket_at

PLACE = "BEDRIJFSBUREAU_STUKKEN_URL"
TYPES = "BEDRIJFSBUREAU_STUKKEN_TYPES"
SCANNER = "BEDRIJFSBUREAU_SCANNER"
LIMITS = {  # setting -> field of Rules, and what one is
    "BEDRIJFSBUREAU_STUKKEN_MAX_MB": ("most_bytes", 1 << 20),
    "BEDRIJFSBUREAU_STUKKEN_MAX_PAGES": ("most_pages", 1),
    "BEDRIJFSBUREAU_STUKKEN_MAX_MEGAPIXELS": ("most_pixels", 1_000_000),
}


def storage(folder: Path, environment: Mapping[str, str] = os.environ) -> Storage:
    """In `folder`, unless set otherwise. Raises InvalidInput for an address that is none or can't be used here."""
    url = environment.get(PLACE, "").strip()
    if not url:
        return Folder(folder / "stukken")
    try:
        return bucket_at(url)
    except ImportError as error:
        raise InvalidInput({}, f"Voor {PLACE} is meer nodig: pip install 'bedrijfsbureau[s3]'") from error
    except ValueError as error:
        raise InvalidInput({}, f"{PLACE} is geen adres dat wij kennen. Een voorbeeld: s3://bucket/map.") from error


def rules(environment: Mapping[str, str] = os.environ) -> Rules:
    """Raises InvalidInput, naming the setting."""
    found: dict[str, int] = {}
    for name, (field, unit) in LIMITS.items():
        if text := environment.get(name, "").strip():
            if not text.isdecimal() or int(text) < 1:
                raise InvalidInput({}, f"{name} moet een getal vanaf 1 zijn.")
            found[field] = int(text) * unit
    return Rules(types=_types(environment), scanner=_scanner(environment), **found)


def _types(environment: Mapping[str, str]) -> frozenset[str]:
    words = environment.get(TYPES, "").replace(",", " ").lower().split()
    types = frozenset(f".{word.removeprefix('.')}" for word in words) or frozenset(KINDS)
    if not types <= frozenset(KINDS):
        raise InvalidInput({}, f"{TYPES} kent alleen: {', '.join(suffix.removeprefix('.') for suffix in KINDS)}.")
    return types


def _scanner(environment: Mapping[str, str]) -> Scanner | None:
    address = environment.get(SCANNER, "").strip()
    try:
        return Scanner(address) if address else None
    except ValueError as error:
        raise InvalidInput({}, f"{SCANNER} moet tcp://server:poort of unix:///pad/naar/clamd zijn.") from error
