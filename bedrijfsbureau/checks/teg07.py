"""De datum in de brief is de geplande datum van het gehoor.

Wordt het gehoor verplaatst, dan klopt de verzonden brief niet meer. De melding zegt hoeveel dagen het scheelt en
welke kant op.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import days

BOTH = ("asiel-aa", "asiel-pact")
IN_LETTER, PLANNED = "uitnodiging.datum_in_brief", "planning.gehoor_op"


def particulars(view: DossierView) -> Mapping[str, str]:
    difference = (view[PLANNED] - view[IN_LETTER]).days
    return {"verschil": f"{days(abs(difference))} {'later' if difference > 0 else 'eerder'}"}


check = Check(
    code="TEG07",
    title="Datum in de brief is de geplande datum",
    theme="Tegenspraak tussen punten",
    basis="[D-2018] Vc C1/2.2 (schriftelijk meedelen); vergelijking [I]",
    evidence="uitnodiging.datum_in_brief, planning.gehoor_op",
    messages={
        State.TEGENSTRIJDIG: (
            "In de brief staat {uitnodiging.datum_in_brief}, gepland is {planning.gehoor_op}: {verschil}. "
            "Stuur een nieuwe brief of herstel de planning."
        ),
        State.NIET_VAN_TOEPASSING: (
            "Geldt niet voor dit dossier: er is nog geen brief, of nog geen datum voor het gehoor."
        ),
    },
    applies=lambda view: view[IN_LETTER] is not None and view[PLANNED] is not None,
    satisfied=lambda view: bool(view[IN_LETTER] == view[PLANNED]),
    contradictory=always,
    missing=lambda view: (IN_LETTER, PLANNED),
    particulars=particulars,
    reads=paths(IN_LETTER, PLANNED),
    examples=(
        Example("zelfde datum", BOTH, State.VOLDAAN),
        Example(
            "gehoor een week verplaatst",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {PLANNED: "2026-03-16"},
            "In de brief staat ma 9 mrt. 2026, gepland is ma 16 mrt. 2026: 7 dagen later. "
            "Stuur een nieuwe brief of herstel de planning.",
        ),
    ),
)
