"""Someone left the opvang, or came back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.checks import VW2000
from bedrijfsbureau.termijnen import compute, read_rule


def report(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    """`datum`: the day the departure became known; today when the message does not say."""
    known_on = date.fromisoformat(local["datum"]) if local.get("datum") else at_hand.today
    changes = {"opvang.vertrokken_gemeld": True, "vertrek.bekend_op": known_on.isoformat()}
    last_day = _last_day_to_return(at_hand, known_on)
    if last_day is not None:
        changes["vertrek.einde_termijn"] = last_day.isoformat()
    at_hand.write(changes, because="vertrek_gemeld")


def report_back(at_hand: AtHand, local: Mapping[str, Any]) -> None:
    at_hand.write({"opvang.vertrokken_gemeld": False}, because="teruggemeld")


def _last_day_to_return(at_hand: AtHand, known_on: date) -> date | None:
    """VV 3.45b lid 2 (2017): two weeks from the day after, with the ATW. For the Pact no term was found."""
    if at_hand.dossier.regime != VW2000:
        return None
    rule = read_rule("vertrek", "2 weken", "ATW", "[D-2017] VV 3.45b lid 2", {})
    return compute(rule, known_on).due_on
