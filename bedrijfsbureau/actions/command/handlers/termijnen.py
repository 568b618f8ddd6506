"""Terms, when a model asks for them; they are computed again at every change as well."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.computed import recompute


def compute(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    recompute(at_hand)


def set_by_court(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """The court set the last day for the gehoor: it goes before every other date."""
    at_hand.write({"planning.rechter_datum": local["datum"]}, because="rechter_bepaalt")
    recompute(at_hand)
