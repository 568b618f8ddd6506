"""What a service task of a model can have done, by the name it has there (`bb:handler`).

A handler changes the dossier at hand; it may end in a BPMN error that the model catches (`engine.BpmnError`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.handlers import afsluiten, gehoor, opvragen, stukken, termijnen, vertrek

Handler = Callable[[AtHand, Mapping[str, Any]], None]

HANDLERS: Mapping[str, Handler] = {
    "dossier.afsluiten": afsluiten.close_dossier,
    "dossier.vrijgeven": gehoor.release_dossier,
    "planning.intrekken": afsluiten.withdraw_planning,
    "route.wissen": afsluiten.clear_route,
    "stuk.herbeoordelen": stukken.judge_again,
    "stuk.intrekken": stukken.withdraw,
    "termijnen.bereken": termijnen.compute,
    "termijnen.rechter": termijnen.set_by_court,
    "vertrek.melden": vertrek.report,
    "vertrek.terug": vertrek.report_back,
    "verzoek.herinneren": opvragen.remind_partij,
    "verzoek.versturen": opvragen.send,
    "vrijgave.intrekken_melden": gehoor.report_withdrawal,
}
