"""De nationaliteit in de stukken staat ook in de gegevens.

Dit punt adviseert: een verschil is geen reden om te wachten, maar de hoormedewerker moet het weten. De melding noemt
het stuk en de nationaliteit die daar staat.
"""

from collections.abc import Iterator

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl, plain

BOTH = ("asiel-aa", "asiel-pact")
NATIONALITIES = "persoon.nationaliteiten"


def in_stukken(view: DossierView) -> Iterator[tuple[str, str]]:
    for stuk in view.present_stukken:
        nationality = stuk["gegevens"].get("nationaliteit")
        if nationality is not None:
            yield plain(stuk["soort"]), nationality


def unknown(view: DossierView) -> list[str]:
    """ "paspoort (ERI)" """
    known = view[NATIONALITIES] or ()
    return [f"{place} ({nationality})" for place, nationality in in_stukken(view) if nationality not in known]


check = Check(
    code="TEG08",
    title="Zelfde nationaliteit in alle stukken",
    theme="Tegenspraak tussen punten",
    basis=(
        "[D-2017] Vb 3.109 lid 4 (onderzoek nationaliteit); verschil is een reden om te verlengen (Vc C1/2.3) [D-2018]"
    ),
    evidence="stukken[].gegevens.nationaliteit, persoon.nationaliteiten",
    messages={
        State.TEGENSTRIJDIG: (
            "Deze nationaliteit staat niet in de gegevens ({persoon.nationaliteiten}): {stukken}. "
            "Meld dit aan de hoormedewerker en vul zo nodig aan."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: in geen enkel stuk staat een nationaliteit.",
    },
    applies=lambda view: any(in_stukken(view)),
    satisfied=lambda view: not unknown(view),
    contradictory=always,
    missing=lambda view: (NATIONALITIES,),
    particulars=lambda view: {"stukken": enumerate_nl(unknown(view))},
    reads=paths(NATIONALITIES, "stukken"),
    examples=(
        Example("zelfde nationaliteit", BOTH, State.VOLDAAN),
        Example(
            "stukken zeggen iets anders dan de gegevens",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {NATIONALITIES: ["ETH"]},
            "Deze nationaliteit staat niet in de gegevens (ETH): m35h (ERI) en aanmeldgehoor rapport (ERI). "
            "Meld dit aan de hoormedewerker en vul zo nodig aan.",
        ),
    ),
)
