"""Ending a dossier in order, leaving the preparation, and going back to the start of the route."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.handlers.gehoor import CONCERNED
from bedrijfsbureau.actions.command.outbox import send
from bedrijfsbureau.actions.command.verzoek_rows import close
from bedrijfsbureau.actions.command.vrijgave import withdraw_vrijgave

PLANNED = {
    "planning.gehoor_op": None,
    "planning.aa_start": None,
    "tolk.status": "geannuleerd",
    "uitnodiging.verzonden_op": None,
    "uitnodiging.datum_in_brief": None,
}


def close_dossier(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """Withdraw what still runs: tasks, verzoeken, the vrijgave, the planning. The reason stays."""
    reason = str(local.get("reden") or "het dossier is afgebroken")
    for verzoek in at_hand.dossier.verzoeken:
        if verzoek.is_open:
            close(at_hand, verzoek, reason)
    _withdraw(at_hand, reason)


def withdraw_planning(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """The dossier leaves the preparation; verzoeken go on, for their checks may still count."""
    _withdraw(at_hand, "de voorbereiding is gestopt: dit is nu een Dublinprocedure")


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


def _withdraw(at_hand: AtHand, reason: str) -> None:
    """The tasks of the preparation lapse for this reason; who counted on the gehoor hears that it is off."""
    at_hand.lapsing = reason
    if at_hand.vrijgave is not None:
        withdraw_vrijgave(at_hand, at_hand.vrijgave, reason)
    gegevens = at_hand.dossier.gegevens
    had = {path: (gegevens.get(group) or {}).get(name) for path in PLANNED for group, name in [path.split(".")]}
    changes = {path: value for path, value in PLANNED.items() if had[path] not in (None, value)}
    at_hand.write(changes, because=reason)
    if had["planning.gehoor_op"] is not None:
        text = f"Het gehoor van {had['planning.gehoor_op']} gaat niet door: {reason}."
        for to in (*CONCERNED, "gemachtigde"):
            send(at_hand, f"planning_ingetrokken:{to}", to=to, subject=f"{at_hand.dossier.number} gehoor", text=text)
