"""Het verzoek is ingediend, uiterlijk op de laatste dag.

De verzoeker dient in persoon in, uiterlijk 21 dagen na de registratie. Is die dag voorbij, dan zegt de melding
hoeveel dagen.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import days

LODGED, LAST_DAY = "aanvraag.datum_indiening", "aanvraag.indiening_uiterlijk"


def satisfied(view: DossierView) -> bool:
    return view[LODGED] is not None and view["aanvraag.ondertekend"] is True


def expired(view: DossierView) -> bool:
    return view[LODGED] is None and view[LAST_DAY] is not None and view[LAST_DAY] < view.today


def particulars(view: DossierView) -> Mapping[str, str]:
    if view[LODGED] is not None:
        return {"wat": "ingediend, maar nog niet ondertekend", "te_laat": ""}
    late = (view.today - view[LAST_DAY]).days if view[LAST_DAY] else 0
    return {"wat": "nog niet ingediend", "te_laat": f"{days(late)} te laat"}


def missing(view: DossierView) -> tuple[str, ...]:
    return tuple(path for path in (LODGED, "aanvraag.ondertekend") if not view[path])


check = Check(
    code="REG02",
    title="Verzoek ingediend (art. 28)",
    theme="Aanvraag",
    basis=(
        "[D] Vo. 2024/1348 art. 28 lid 1 (uiterlijk 21 dagen na registratie) en lid 3 (in persoon, op aangewezen dag "
        "en plaats); "
        "via portaal [D] IND-nieuws start Pact; hoe het portaal tekent [U]"
    ),
    evidence="stuk indiening_portaal of indieningsformulier; aanvraag.datum_indiening, .indiening_uiterlijk",
    messages={
        State.ONTBREEKT: (
            "Het verzoek is {wat}. Controleer of de afspraak is gemaakt en help zo nodig in het portaal."
        ),
        State.VERLOPEN: (
            "De laatste dag om in te dienen ({aanvraag.indiening_uiterlijk}) is voorbij: {te_laat}. "
            "Ga na of de verzoeker echt gelegenheid had en leg het dossier voor aan uw senior."
        ),
    },
    satisfied=satisfied,
    expired=expired,
    missing=missing,
    particulars=particulars,
    reads=paths(LODGED, LAST_DAY, "aanvraag.ondertekend"),
    examples=(
        Example("op de laatste dag ingediend", ("asiel-pact",), State.VOLDAAN, {LODGED: "2026-07-29"}),
        Example(
            "laatste dag was gisteren",
            ("asiel-pact",),
            State.VERLOPEN,
            {"aanvraag.datum_indiening": None, "vandaag": "2026-07-30"},
            "De laatste dag om in te dienen (wo 29 jul. 2026) is voorbij: 1 dag te laat. "
            "Ga na of de verzoeker echt gelegenheid had en leg het dossier voor aan uw senior.",
        ),
        Example(
            "ingediend zonder handtekening",
            ("asiel-pact",),
            State.ONTBREEKT,
            {"aanvraag.ondertekend": False},
            "Het verzoek is ingediend, maar nog niet ondertekend. "
            "Controleer of de afspraak is gemaakt en help zo nodig in het portaal.",
        ),
    ),
)
