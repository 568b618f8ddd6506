"""What happens to the checks when stukken come and go."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.stuk_rows import checks_on, mark_withdrawn


def judge_again(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Look at every check again. The stuk may be what a partij was asked for: for the check that was chosen with it,
    or else for those that its kind is evidence of. What is not in order by it is then processed as an answer."""
    at_hand.changed()
    chosen = (at_hand.dossier.gegevens.get("stuk_beoordeling") or {}).get("punt")
    codes = {str(chosen)} if chosen else checks_on(at_hand, str(local.get("soort")))
    at_hand.answers += [v.code for v in at_hand.dossier.verzoeken if v.is_open and v.code in codes]


def withdraw(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Mark the stuk of the message withdrawn, when the message came from outside and nobody did yet."""
    stuk = next((stuk for stuk in at_hand.dossier.stukken if stuk.id == local.get("stuk")), None)
    if stuk is not None:
        mark_withdrawn(at_hand, stuk, str(local.get("reden") or "ingetrokken"))
