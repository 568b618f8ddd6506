"""Het regime van het dossier past bij de datum die telt.

Het Pact begint op 12 juni 2026. Welke datum telt (indiening, registratie of verzoek) is een instelling, want artikel
79 is nog niet bevestigd. De melding noemt die datum en het regime dat erbij hoort.
"""

from collections.abc import Mapping
from datetime import date

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import PACT, VW2000, DossierView
from bedrijfsbureau.termijnen import short_date

BOTH = ("asiel-aa", "asiel-pact")
COUNTS = {"indiening": "aanvraag.datum_indiening", "verzoek": "aanvraag.datum_verzoek"}
OTHERWISE = "aanvraag.datum_registratie"


def counting_path(view: DossierView) -> str:
    return COUNTS.get(view.instellingen.get("overgang_gebeurtenis") or "", OTHERWISE)


def belongs(view: DossierView) -> str | None:
    """The regime that fits the date that counts; None as long as the start of the Pact is not set."""
    begin: date | None = view.instellingen.get("overgangsdatum_pact")
    if begin is None:
        return None
    return PACT if view[counting_path(view)] >= begin else VW2000


def particulars(view: DossierView) -> Mapping[str, str]:
    path = counting_path(view)
    return {
        "datum": short_date(view[path]),
        "gebeurtenis": path.removeprefix("aanvraag.datum_"),
        "hoort": belongs(view) or "een regime dat nog niet is ingesteld",
    }


check = Check(
    code="TEG10",
    title="Regime past bij de datum die telt",
    theme="Tegenspraak tussen punten",
    basis="start 12-06-2026 [D]; welke datum telt (art. 79) [U] → instelling",
    evidence="regime, aanvraag.datum_*, instelling overgang_gebeurtenis",
    messages={
        State.TEGENSTRIJDIG: (
            "Bij {gebeurtenis} op {datum} hoort {hoort}, maar dit dossier staat in {regime}. "
            "Meld dit aan de proceseigenaar; start niet zelf opnieuw."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: de datum die het regime bepaalt is nog leeg.",
    },
    applies=lambda view: view[counting_path(view)] is not None,
    satisfied=lambda view: (belongs(view) == PACT) == view.is_pact if belongs(view) else None,
    contradictory=always,
    missing=lambda view: (counting_path(view),),
    particulars=lambda view: {**particulars(view), "regime": view.regime or "geen regime"},
    reads=paths(*COUNTS.values(), OTHERWISE, "instellingen.overgang_gebeurtenis", "instellingen.overgangsdatum_pact"),
    examples=(
        Example("ingediend in het eigen regime", BOTH, State.VOLDAAN),
        Example(
            "ingediend op de eerste dag van het Pact",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {"aanvraag.datum_indiening": "2026-06-12"},
            "Bij indiening op vr 12 jun. 2026 hoort PACT-2026, maar dit dossier staat in VW2000-2021. "
            "Meld dit aan de proceseigenaar; start niet zelf opnieuw.",
        ),
        Example(
            "ingediend op de laatste dag van het oude recht",
            ("asiel-pact",),
            State.TEGENSTRIJDIG,
            {"aanvraag.datum_indiening": "2026-06-11"},
        ),
        Example(
            "de datum van registratie telt",
            ("asiel-pact",),
            State.TEGENSTRIJDIG,
            {"aanvraag.datum_registratie": "2026-06-11", "instellingen.overgang_gebeurtenis": "registratie"},
        ),
    ),
)
