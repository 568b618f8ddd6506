"""What happens to the checks when stukken come and go."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.actions.stuk_rows import mark_withdrawn


def judge_again(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Look at every check again; a verzoek that this stuk answers is closed by what follows from that."""
    at_hand.changed()


def withdraw(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Mark the stuk of the message withdrawn, when the message came from outside and nobody did yet."""
    stuk = next((stuk for stuk in at_hand.dossier.stukken if stuk.id == local.get("stuk")), None)
    if stuk is not None:
        mark_withdrawn(at_hand, stuk, str(local.get("reden") or "ingetrokken"))
