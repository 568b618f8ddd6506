"""De geboortedatum past bij het antwoord op "alleenstaand minderjarig".

Een amv is jonger dan 18 en reist zonder volwassene. De datum alleen kan dit punt omzetten: op de achttiende
verjaardag klopt het antwoord niet meer.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import age

BOTH = ("asiel-aa", "asiel-pact")
BORN, IS_AMV = "persoon.geboortedatum", "amv.is_amv"
OF_AGE = 18


def satisfied(view: DossierView) -> bool:
    minor = age(view[BORN], view.today) < OF_AGE
    return minor if view[IS_AMV] else not minor or view["gezin.reist_samen"] is True


def particulars(view: DossierView) -> Mapping[str, str]:
    answer = "ja" if view[IS_AMV] else "nee"
    return {"leeftijd": str(age(view[BORN], view.today)), "antwoord": answer}


check = Check(
    code="TEG03",
    title="Amv past bij de geboortedatum",
    theme="Tegenspraak tussen punten",
    basis="[D] Vo. 2024/1348 art. 3 lid 6–7 (jonger dan 18, zonder volwassene); AA gelijk [D-2017] Vb 3.109d",
    evidence="amv.is_amv, persoon.geboortedatum, gezin.reist_samen",
    messages={
        State.TEGENSTRIJDIG: (
            'Volgens de geboortedatum is de persoon vandaag {leeftijd} jaar, maar bij "alleenstaand minderjarig" '
            "staat "
            "{antwoord}. Pas één van beide aan, of leg de leeftijdsconclusie vast."
        ),
        State.NIET_VAN_TOEPASSING: (
            'Geldt niet voor dit dossier: de geboortedatum of het antwoord op "alleenstaand minderjarig" is nog leeg.'
        ),
    },
    applies=lambda view: view[BORN] is not None and view[IS_AMV] is not None,
    satisfied=satisfied,
    contradictory=always,
    missing=lambda view: (BORN, IS_AMV),
    particulars=particulars,
    reads=paths(BORN, IS_AMV, "gezin.reist_samen"),
    examples=(
        Example("kind dat met gezin reist", BOTH, State.VOLDAAN, {BORN: "2012-01-01", "gezin.reist_samen": True}),
        Example(
            "14 jaar, reist alleen, geen amv",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {BORN: "2012-01-01"},
            'Volgens de geboortedatum is de persoon vandaag 14 jaar, maar bij "alleenstaand minderjarig" staat nee. '
            "Pas één van beide aan, of leg de leeftijdsconclusie vast.",
        ),
        Example(
            "de dag voor de achttiende verjaardag",
            BOTH,
            State.VOLDAAN,
            {BORN: "2008-03-05", IS_AMV: True, "vandaag": "2026-03-04"},
        ),
        Example(
            "op de achttiende verjaardag",
            BOTH,
            State.TEGENSTRIJDIG,
            {BORN: "2008-03-05", IS_AMV: True, "vandaag": "2026-03-05"},
        ),
    ),
)
