"""Asking a partij, and reminding it."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.verzoek_rows import open_verzoek, remind, send_verzoek
from bedrijfsbureau.errors import NotFound


def send(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Send the verzoek for the check the token is about; opens one when the process itself began it."""
    code = str(local["punt"])
    verzoek = at_hand.verzoek(code)
    if verzoek is None:
        verdict = next((v for v in at_hand.verdicts if v.code == code), None)
        if verdict is None:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        verzoek = open_verzoek(at_hand, code, verdict.partij, verdict.message)
    send_verzoek(at_hand, verzoek)


def remind_partij(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    verzoek = at_hand.verzoek(str(local["punt"]))
    if verzoek is not None:
        remind(at_hand, verzoek)
