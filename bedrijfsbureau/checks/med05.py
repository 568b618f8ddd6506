"""Is er twijfel of iemand gehoord kan worden, dan zegt een arts of het kan.

Tijdelijk ongeschikt: het gehoor wacht tot de nieuwe beoordeling. Blijvend ongeschikt: het gehoor vervalt, en de
verzoeker krijgt schriftelijk gelegenheid. De melding zegt in welk van deze gevallen het dossier zit en wat u dan
doet.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.termijnen import short_date

PACT = ("asiel-pact",)
OUTCOME, AGAIN_ON, GEHOOR = "geschiktheid.uitkomst", "geschiktheid.opnieuw_op", "gehoor.nodig"
NO_DOCTOR = "er is geen arts geraadpleegd. Vraag een arts om een oordeel."
NO_OUTCOME = "het oordeel van de arts is er nog niet. Vraag de arts om de uitkomst."
NOT_YET = "de arts vindt de verzoeker nu ongeschikt."
NEVER = 'de arts zegt blijvend ongeschikt. Leg vast dat er geen gehoor komt (grond c bij "gehoor achterwege").'


def satisfied(view: DossierView) -> bool:
    fit = view[OUTCOME] == "geschikt"
    unheard = view[OUTCOME] == "blijvend_ongeschikt" and view[GEHOOR] == "nee"
    return view["geschiktheid.arts_op"] is not None and (fit or unheard)


def expired(view: DossierView) -> bool:
    again_on = view[AGAIN_ON]
    return view[OUTCOME] == "tijdelijk_ongeschikt" and again_on is not None and again_on < view.today


def situation(view: DossierView) -> str:
    if view["geschiktheid.arts_op"] is None:
        return NO_DOCTOR
    return {"tijdelijk_ongeschikt": NOT_YET, "blijvend_ongeschikt": NEVER}.get(view[OUTCOME], NO_OUTCOME)


def missing(view: DossierView) -> tuple[str, ...]:
    empty = tuple(path for path in ("geschiktheid.arts_op", OUTCOME) if view[path] is None)
    return empty or (OUTCOME,)


def particulars(view: DossierView) -> Mapping[str, str]:
    again_on = view[AGAIN_ON] if view[OUTCOME] == "tijdelijk_ongeschikt" else None
    again = f"De nieuwe beoordeling is op {short_date(again_on)}." if again_on else ""
    return {"situatie": situation(view), "opnieuw": again}


check = Check(
    code="MED05",
    title="Geschikt om gehoord te worden (bij twijfel)",
    theme="Medisch",
    basis=(
        "[D] Vo. 2024/1348 art. 13: bij twijfel medisch deskundige; tijdelijk → uitstellen; blijvend → gehoor kan "
        "vervallen, "
        "dan schriftelijke gelegenheid"
    ),
    evidence="stuk verklaring_arts (vertrouwelijk); geschiktheid.*",
    messages={
        State.ONTBREEKT: "Er is twijfel of de verzoeker gehoord kan worden, en {situatie} {opnieuw}",
        State.WACHT_OP: "U wacht op het oordeel van de arts: gevraagd op {verzoek.verzonden_op}. {opnieuw}",
        State.VERLOPEN: (
            "De datum voor een nieuwe beoordeling ({geschiktheid.opnieuw_op}) is voorbij. Vraag de arts opnieuw."
        ),
        State.TEGENSTRIJDIG: (
            'De arts zegt blijvend ongeschikt, maar er staat nog een gehoor. Kies grond c bij "gehoor achterwege".'
        ),
        State.NIET_VAN_TOEPASSING: (
            "Geldt niet voor dit dossier: er is geen twijfel of de verzoeker gehoord kan worden."
        ),
    },
    applies=lambda view: view["geschiktheid.twijfel"] is True,
    satisfied=satisfied,
    contradictory=lambda view: view[OUTCOME] == "blijvend_ongeschikt" and view[GEHOOR] == "ja",
    expired=expired,
    missing=missing,
    particulars=particulars,
    reads=paths("geschiktheid.twijfel", "geschiktheid.arts_op", OUTCOME, AGAIN_ON, GEHOOR),
    examples=(
        Example(
            "arts zegt geschikt",
            PACT,
            State.VOLDAAN,
            {"geschiktheid.twijfel": True, "geschiktheid.arts_op": "2026-08-20", OUTCOME: "geschikt"},
        ),
        Example(
            "geen arts geraadpleegd",
            PACT,
            State.ONTBREEKT,
            {"geschiktheid.twijfel": True},
            "Er is twijfel of de verzoeker gehoord kan worden, en er is geen arts geraadpleegd. "
            "Vraag een arts om een oordeel.",
        ),
        Example(
            "tijdelijk ongeschikt, nieuwe beoordeling gemist",
            PACT,
            State.VERLOPEN,
            {
                "geschiktheid.twijfel": True,
                "geschiktheid.arts_op": "2026-08-01",
                OUTCOME: "tijdelijk_ongeschikt",
                AGAIN_ON: "2026-09-01",
            },
            "De datum voor een nieuwe beoordeling (di 1 sep. 2026) is voorbij. Vraag de arts opnieuw.",
        ),
        Example(
            "tijdelijk ongeschikt, nieuwe beoordeling komt nog",
            PACT,
            State.ONTBREEKT,
            {
                "geschiktheid.twijfel": True,
                "geschiktheid.arts_op": "2026-08-01",
                OUTCOME: "tijdelijk_ongeschikt",
                AGAIN_ON: "2026-10-06",
            },
            "Er is twijfel of de verzoeker gehoord kan worden, en de arts vindt de verzoeker nu ongeschikt. "
            "De nieuwe beoordeling is op di 6 okt. 2026.",
        ),
        Example(
            "blijvend ongeschikt, maar er staat een gehoor",
            PACT,
            State.TEGENSTRIJDIG,
            {"geschiktheid.twijfel": True, "geschiktheid.arts_op": "2026-08-01", OUTCOME: "blijvend_ongeschikt"},
        ),
    ),
)
