"""Onbekend is nooit "niet van toepassing".

Andere punten gelden alleen bij bepaalde antwoorden: een amv, een tolk, een meereizend gezin. Is zo'n antwoord leeg,
dan zou zo'n punt ten onrechte vervallen. Daarom moeten deze velden eerst zijn ingevuld. De melding noemt de lege
velden; het beleid zegt per groep van het record welke taak dan opent.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import VW2000, DossierView
from bedrijfsbureau.checks.words import enumerate_nl

DECIDING = {
    "aanvraag.soort": "soort aanvraag",
    "aanvraag.aan_grens": "aanvraag aan de grens",
    "amv.is_amv": "alleenstaand minderjarig",
    "amv.leeftijd_twijfel": "twijfel over de leeftijd",
    "gezin.reist_samen": "reist samen met gezin",
    "taal.tolk_nodig": "tolk nodig",
    "documentverklaring.heeft_documenten": "heeft documenten",
    "dublin.indicatie": "aanwijzing Dublin",
    "openbare_orde.indicatie_1f": "aanwijzing 1F",
    "waarborgen.nodig": "extra steun nodig",
}
DECIDING_IN_PACT = {
    "screening.nodig": "screening nodig",
    "geschiktheid.twijfel": "twijfel over geschiktheid",
    "gehoor.nodig": "gehoor nodig",
}


def deciding(view: DossierView) -> Mapping[str, str]:
    return DECIDING if view.regime == VW2000 else DECIDING | DECIDING_IN_PACT


def missing(view: DossierView) -> tuple[str, ...]:
    return tuple(path for path in deciding(view) if view[path] is None)


def particulars(view: DossierView) -> Mapping[str, str]:
    words = deciding(view)
    return {"lege_velden": enumerate_nl(words[path] for path in missing(view))}


check = Check(
    code="BAS01",
    title="Gegevens die bepalen wat er nodig is, zijn ingevuld",
    theme="Aanvraag",
    basis=(
        '[I] ontwerpregel: onbekend is nooit "niet van toepassing"; zonder deze velden zouden andere punten ten '
        "onrechte vervallen"
    ),
    evidence="de genoemde velden",
    messages={
        State.ONTBREEKT: (
            "Nog niet ingevuld: {lege_velden}. "
            "Zonder deze antwoorden weten wij niet welke punten voor dit dossier gelden."
        ),
    },
    satisfied=lambda view: not missing(view),
    missing=missing,
    particulars=particulars,
    reads=paths(*DECIDING, *DECIDING_IN_PACT),
    examples=(
        Example("alle bepalende velden ingevuld", ("asiel-aa", "asiel-pact"), State.VOLDAAN),
        Example(
            "niet bekend of het een amv is",
            ("asiel-aa", "asiel-pact"),
            State.ONTBREEKT,
            {"amv.is_amv": None},
            "Nog niet ingevuld: alleenstaand minderjarig. "
            "Zonder deze antwoorden weten wij niet welke punten voor dit dossier gelden.",
        ),
        Example(
            "Pact: ook geschiktheid en gehoor",
            ("asiel-pact",),
            State.ONTBREEKT,
            {"geschiktheid.twijfel": None, "gehoor.nodig": None},
            "Nog niet ingevuld: twijfel over geschiktheid en gehoor nodig. "
            "Zonder deze antwoorden weten wij niet welke punten voor dit dossier gelden.",
        ),
    ),
)
