"""Van elk identiteits- of reisdocument zit een kopie in het dossier, en van een ingenomen document een
ontvangstbewijs.

De melding noemt het document en wat ervan ontbreekt. Zonder documenten geldt dit punt niet: het ontbreken van
documenten houdt het gehoor nooit tegen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl, plain

BOTH = ("asiel-aa", "asiel-pact")
PASSPORT = {"soort": "paspoort", "ingenomen": True, "ontvangstbewijs": True, "kopie": True, "onderzoek": "echt"}


def lacking(document: Mapping[str, Any]) -> Iterator[str]:
    if document.get("kopie") is not True:
        yield "kopie"
    if document.get("ingenomen") is not False and document.get("ontvangstbewijs") is not True:
        yield "ontvangstbewijs"


def incomplete(view: DossierView) -> list[str]:
    """ "paspoort (kopie en ontvangstbewijs)" """
    return [
        f"{plain(document.get('soort') or 'document')} ({enumerate_nl(lacking(document))})"
        for document in view["documenten"] or ()
        if any(lacking(document))
    ]


check = Check(
    code="DOC01",
    title="Identiteits- en reisdocumenten verwerkt",
    theme="Documenten en bewijsmiddelen",
    basis=(
        "[D-2018] Vc C1/2.2: originelen innemen, ontvangstbewijs en kopie; "
        "Pact [D] Vo. 2024/1348 art. 9 lid 3: meteen een kopie aan de verzoeker"
    ),
    evidence="stukken kopie_document, ontvangstbewijs_documenten; documenten[]",
    messages={
        State.ONTBREEKT: (
            "Er ontbreekt iets bij: {documenten}. Vraag de stukken aan AVIM (Pact: het OVA-team; aan de grens: KMar)."
        ),
        State.WACHT_OP: "U wacht op {verzoek.partij}: {documenten} is gevraagd op {verzoek.verzonden_op}.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er zijn geen documenten.",
    },
    applies=lambda view: bool(view["documenten"]),
    satisfied=lambda view: not incomplete(view),
    missing=lambda view: ("documenten",),
    particulars=lambda view: {"documenten": enumerate_nl(incomplete(view))},
    reads=paths("documenten"),
    examples=(
        Example("geen documenten", BOTH, State.NIET_VAN_TOEPASSING, {"documenten": []}),
        Example(
            "niet ingenomen, dus geen ontvangstbewijs nodig",
            BOTH,
            State.VOLDAAN,
            {"documenten": [{**PASSPORT, "ingenomen": False, "ontvangstbewijs": None}]},
        ),
        Example(
            "ontvangstbewijs van de inname ontbreekt",
            BOTH,
            State.ONTBREEKT,
            {"documenten": [{**PASSPORT, "ontvangstbewijs": False}]},
            "Er ontbreekt iets bij: paspoort (ontvangstbewijs). "
            "Vraag de stukken aan AVIM (Pact: het OVA-team; aan de grens: KMar).",
        ),
    ),
)
