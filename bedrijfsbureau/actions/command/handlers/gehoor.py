"""Releasing to the gehoor, and telling the people concerned when that is taken back."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.outbox import send
from bedrijfsbureau.actions.command.vrijgave import release
from bedrijfsbureau.errors import NotReady

CONCERNED = ("horen en beslissen", "verdeelstation", "tolkenplanning")


def release_dossier(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """BPMN error "niet_klaar" when something blocks after all."""
    try:
        release(at_hand)
    except NotReady as error:
        raise engine.BpmnError("niet_klaar", str(error)) from error


def report_withdrawal(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    number, at_hand.told = at_hand.dossier.number, True
    text = f"Dossier {number} is niet meer behandelklaar: {', '.join(local.get('codes', []))}."
    for team in CONCERNED:
        send(at_hand, f"vrijgave_ingetrokken:{team}", to=team, subject=f"{number} niet meer behandelklaar", text=text)
