"""De Dublinverordening past bij de registratiedatum.

De nieuwe verordening geldt voor registraties vanaf 1 juli 2026, dus later dan het begin van het Pact. De melding
noemt de verordening die bij de datum hoort.
"""

from datetime import date

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView

BOTH = ("asiel-aa", "asiel-pact")
REGISTERED, CHOSEN = "aanvraag.datum_registratie", "dublin.verordening"
OLD, NEW = "604/2013", "2024/1351"


def belongs(view: DossierView) -> str | None:
    begin: date | None = view.instellingen.get("overgangsdatum_ammr")
    if begin is None:
        return None
    return NEW if view[REGISTERED] >= begin else OLD


check = Check(
    code="TEG11",
    title="Dublinverordening past bij de registratiedatum",
    theme="Tegenspraak tussen punten",
    basis="[D] Vo. 2024/1351 art. 84 lid 2: geregistreerd vóór 1-7-2026 → criteria van Vo. 604/2013 (dus niet 12-06)",
    evidence="aanvraag.datum_registratie, dublin.verordening",
    messages={
        State.TEGENSTRIJDIG: (
            "Gekozen is Dublinverordening {dublin.verordening}, maar bij registratie op {aanvraag.datum_registratie} "
            "hoort {hoort}. "
            "Vóór 1 juli 2026 geregistreerd: 604/2013; daarna 2024/1351."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: de registratiedatum of de verordening is nog leeg.",
    },
    applies=lambda view: view[REGISTERED] is not None and view[CHOSEN] is not None,
    satisfied=lambda view: (belongs(view) == NEW) == (view[CHOSEN] == NEW) if belongs(view) else None,
    contradictory=always,
    missing=lambda view: (CHOSEN,),
    particulars=lambda view: {"hoort": belongs(view) or "een verordening waarvan de begindatum nog niet is ingesteld"},
    reads=paths(REGISTERED, CHOSEN, "instellingen.overgangsdatum_ammr"),
    examples=(
        Example("past bij de datum", BOTH, State.VOLDAAN),
        Example(
            "nieuwe verordening bij een oude registratie",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {CHOSEN: NEW},
            "Gekozen is Dublinverordening 2024/1351, maar bij registratie op wo 26 nov. 2025 hoort 604/2013. "
            "Vóór 1 juli 2026 geregistreerd: 604/2013; daarna 2024/1351.",
        ),
        Example(
            "Pact, maar geregistreerd vóór 1 juli",
            ("asiel-pact",),
            State.TEGENSTRIJDIG,
            {REGISTERED: "2026-06-24"},
        ),
    ),
)
