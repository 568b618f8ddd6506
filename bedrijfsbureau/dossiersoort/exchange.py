"""A policy as a file of its own: YAML that a person edits elsewhere and brings back."""

from collections.abc import Mapping

import yaml

from bedrijfsbureau.dossiersoort.document import load
from bedrijfsbureau.dossiersoort.field import Json
from bedrijfsbureau.dossiersoort.policy import resolve

WIDTH = 110


def write_policy(content: Mapping[str, Json]) -> str:
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=WIDTH)


def read_policy(text: str, file: str, catalogue: str | None = None) -> dict[str, Json]:
    """`catalogue`: the text of the file that it names, if it does. Raises DossiersoortInvalid with file and line."""
    part = load(text, file)
    part.need("punten").rows()
    named = part.get("catalogus")
    return resolve(part, load(catalogue, named.text()) if named and catalogue is not None else None)


def catalogue_named(text: str, file: str) -> str | None:
    """Raises DossiersoortInvalid."""
    named = load(text, file).get("catalogus")
    return named.text() if named else None
