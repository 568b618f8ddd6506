"""De AA begint na het einde van de rust- en voorbereidingstermijn.

Ook een start op de laatste dag van die termijn is te vroeg. De melding noemt de eerste dag die wel kan.
"""

from datetime import timedelta

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.termijnen import short_date

START, RVT_END = "planning.aa_start", "rvt.einde"


def applies(view: DossierView) -> bool:
    known = view[START] is not None and view[RVT_END] is not None
    return known and view["rvt.grond_overslaan"] in (None, "grens_op_verzoek")


check = Check(
    code="TEG05",
    title="AA start na het einde van de RVT",
    theme="Tegenspraak tussen punten",
    basis="[D-2017] Vb 3.109 lid 1: onderzoek vangt aan na de RVT",
    evidence="planning.aa_start, rvt.einde",
    messages={
        State.TEGENSTRIJDIG: (
            "De startdatum ({planning.aa_start}) ligt niet na het einde van de rust- en voorbereidingstermijn "
            "({rvt.einde}). "
            "Kies een datum vanaf {vanaf}."
        ),
        State.NIET_VAN_TOEPASSING: (
            "Geldt niet voor dit dossier: er is nog geen startdatum, of er is geen rust- en voorbereidingstermijn."
        ),
    },
    applies=applies,
    satisfied=lambda view: bool(view[START] > view[RVT_END]),
    contradictory=always,
    missing=lambda view: (START,),
    particulars=lambda view: {"vanaf": short_date(view[RVT_END] + timedelta(days=1))},
    reads=paths(START, RVT_END, "rvt.grond_overslaan"),
    examples=(
        Example("ruim na de RVT", ("asiel-aa",), State.VOLDAAN),
        Example(
            "op de laatste dag van de RVT",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {START: "2025-12-08"},
            "De startdatum (ma 8 dec. 2025) ligt niet na het einde van de rust- en voorbereidingstermijn (ma 8 dec. "
            "2025). "
            "Kies een datum vanaf di 9 dec. 2025.",
        ),
        Example(
            "RVT overgeslagen wegens overlast",
            ("asiel-aa",),
            State.NIET_VAN_TOEPASSING,
            {START: "2025-12-08", "rvt.grond_overslaan": "overlast"},
        ),
    ),
)
