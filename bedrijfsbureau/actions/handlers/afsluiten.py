"""Ending a dossier in order, and going back to the start of its route."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.actions.verzoek_rows import close
from bedrijfsbureau.actions.vrijgave import withdraw_vrijgave


def close_dossier(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Withdraw what still runs: verzoeken, the vrijgave, the planning of gehoor and tolk. The reason stays."""
    reason = str(local.get("reden") or "het dossier is afgebroken")
    for verzoek in at_hand.dossier.verzoeken:
        if verzoek.is_open:
            close(at_hand, verzoek, reason)
    if at_hand.vrijgave is not None:
        withdraw_vrijgave(at_hand, at_hand.vrijgave, reason)
    withdraw_planning(at_hand, reason)


def clear_route(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """The Netherlands is responsible after all: the route is chosen again."""
    changes: dict[str, Any] = {
        "route.procedure": None,
        "route.besloten_op": None,
        "dublin.status": "nl_verantwoordelijk",
    }
    if local.get("datum"):
        changes["dublin.nl_verantwoordelijk_per"] = local["datum"]
    at_hand.write(changes, because="nl_verantwoordelijk")


def withdraw_planning(at_hand: AtHand, reason: str) -> None:
    gegevens = at_hand.dossier.gegevens
    changes = {
        path: value
        for path, value in {"planning.gehoor_op": None, "planning.aa_start": None, "tolk.status": "geannuleerd"}.items()
        if (gegevens.get(path.partition(".")[0]) or {}).get(path.partition(".")[2]) not in (None, value)
    }
    at_hand.write(changes, because=reason)
