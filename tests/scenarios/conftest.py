"""What scenarios share: the shipped dossiersoorten, read once."""

from functools import cache
from pathlib import Path

from bedrijfsbureau import dossiersoort

BPMN = Path(__file__).parents[2] / "bpmn"


@cache
def shipped() -> dict[str, dossiersoort.Dossiersoort]:
    return {path.parent.name: dossiersoort.read(path.parent) for path in sorted(BPMN.glob("*/soort.yaml"))}
