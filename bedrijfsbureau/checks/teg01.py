"""De geboortedatum is in alle stukken en in de gegevens gelijk.

Een verschil raakt de leeftijd, het W-document en soms de route. De melding noemt per plaats de datum die er staat,
zodat u meteen ziet welk stuk afwijkt.
"""

from collections.abc import Iterator
from datetime import date

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import plain, written

BOTH = ("asiel-aa", "asiel-pact")
BORN = "persoon.geboortedatum"


def in_stukken(view: DossierView) -> Iterator[tuple[str, date]]:
    for stuk in view.present_stukken:
        born = stuk["gegevens"].get("geboortedatum")
        if born is not None:
            yield plain(stuk["soort"]), born


def satisfied(view: DossierView) -> bool:
    return {born for _, born in in_stukken(view)} == {view[BORN]}


def differences(view: DossierView) -> str:
    """ "gegevens 12-05-1994, paspoort 12-05-1996" """
    return ", ".join(f"{place} {written(born)}" for place, born in [("gegevens", view[BORN]), *in_stukken(view)])


check = Check(
    code="TEG01",
    title="Zelfde geboortedatum in alle stukken",
    theme="Tegenspraak tussen punten",
    basis="[D] Regietafel/I&R; nieuwe geboortedatum → nieuw W-document [D-2018] Vc C1/2.4; vergelijking zelf [I]",
    evidence="stukken[].gegevens.geboortedatum, persoon.geboortedatum",
    messages={
        State.TEGENSTRIJDIG: (
            "De geboortedatum is niet overal gelijk: {verschillen}. "
            "Kies met AVIM de juiste datum, of leg uit waarom het verschil blijft."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: in geen enkel stuk staat een geboortedatum.",
    },
    applies=lambda view: any(in_stukken(view)),
    satisfied=satisfied,
    contradictory=always,
    missing=lambda view: (BORN,),
    particulars=lambda view: {"verschillen": differences(view)},
    reads=paths(BORN, "stukken"),
    examples=(
        Example("overal gelijk", BOTH, State.VOLDAAN),
        Example("geen stuk met een geboortedatum", BOTH, State.NIET_VAN_TOEPASSING, {"stukken": []}),
        Example(
            "paspoort wijkt af",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {
                "stukken": [
                    {"soort": "m35h", "staat": "aanwezig", "gegevens": {"geboortedatum": "1994-05-12"}},
                    {"soort": "paspoort", "staat": "aanwezig", "gegevens": {"geboortedatum": "1996-05-12"}},
                ]
            },
            "De geboortedatum is niet overal gelijk: gegevens 12-05-1994, m35h 12-05-1994, paspoort 12-05-1996. "
            "Kies met AVIM de juiste datum, of leg uit waarom het verschil blijft.",
        ),
        Example(
            "een vervangen stuk telt niet mee",
            ("asiel-aa",),
            State.VOLDAAN,
            {
                "stukken": [
                    {"soort": "m35h", "staat": "aanwezig", "gegevens": {"geboortedatum": "1994-05-12"}},
                    {"soort": "paspoort", "staat": "vervangen", "gegevens": {"geboortedatum": "1996-05-12"}},
                ]
            },
        ),
    ),
)
