"""Van elk bewijsmiddel zijn er een kopie, een ontvangstbewijs en een keuze over onderzoek.

Wachten op onderzoek is een bekende vertraging, dus de keuze moet vroeg zijn gemaakt. De omschrijving van een
bewijsmiddel is vertrouwelijk; de melding noemt daarom alleen het nummer in de lijst.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl

BOTH = ("asiel-aa", "asiel-pact")
CHOSEN = frozenset({"niet_nodig", "gevraagd", "afgerond"})
LETTER = {"omschrijving": "brief", "ontvangstbewijs": True, "kopie": True, "onderzoek": "niet_nodig"}


def lacking(bewijsmiddel: Mapping[str, Any]) -> Iterator[str]:
    if bewijsmiddel.get("kopie") is not True:
        yield "kopie"
    if bewijsmiddel.get("ontvangstbewijs") is not True:
        yield "ontvangstbewijs"
    if bewijsmiddel.get("onderzoek") not in CHOSEN:
        yield "keuze onderzoek"


def incomplete(view: DossierView) -> list[str]:
    """ "nummer 2 (kopie)" """
    return [
        f"nummer {number} ({enumerate_nl(lacking(bewijsmiddel))})"
        for number, bewijsmiddel in enumerate(view["bewijsmiddelen"] or (), start=1)
        if any(lacking(bewijsmiddel))
    ]


check = Check(
    code="DOC03",
    title="Bewijsmiddelen in het dossier en onderzoek uitgezet",
    theme="Documenten en bewijsmiddelen",
    basis=(
        "[D-2018] Vc C1/2.2: kopie in het dossier, ontvangstbewijs; "
        "[D] Inspectie JenV 2022: wachten op TOELT is de vertraging, dus vroeg uitzetten"
    ),
    evidence="stukken kopie_bewijsmiddel, ontvangstbewijs_bewijsmiddelen, rapport_onderzoek; bewijsmiddelen[]",
    messages={
        State.ONTBREEKT: "Nog niet verwerkt in de lijst van bewijsmiddelen: {bewijsmiddelen}. Vul dit aan.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er zijn geen bewijsmiddelen.",
    },
    applies=lambda view: bool(view["bewijsmiddelen"]),
    satisfied=lambda view: not incomplete(view),
    missing=lambda view: ("bewijsmiddelen",),
    particulars=lambda view: {"bewijsmiddelen": enumerate_nl(incomplete(view))},
    reads=paths("bewijsmiddelen"),
    examples=(
        Example(
            "onderzoek gevraagd is genoeg",
            BOTH,
            State.VOLDAAN,
            {"bewijsmiddelen": [{**LETTER, "onderzoek": "gevraagd"}]},
        ),
        Example("geen bewijsmiddelen", BOTH, State.NIET_VAN_TOEPASSING, {"bewijsmiddelen": []}),
        Example(
            "van het tweede ontbreekt de keuze over onderzoek",
            BOTH,
            State.ONTBREEKT,
            {"bewijsmiddelen": [LETTER, {**LETTER, "onderzoek": None}]},
            "Nog niet verwerkt in de lijst van bewijsmiddelen: nummer 2 (keuze onderzoek). Vul dit aan.",
        ),
    ),
)
