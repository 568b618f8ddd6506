"""What holds up a dossier, for a row of a list."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.web.streep import mark


def blockers(verdicts: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Its blocking verdicts in the order of the policy; those we can act on ourselves first."""
    found = [verdict for verdict in verdicts.values() if mark(verdict) in "bw"]
    return sorted(found, key=lambda verdict: mark(verdict) == "w")
