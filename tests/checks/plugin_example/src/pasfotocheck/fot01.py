"""Er is een pasfoto voor het W-document, als het is afgegeven.

Dit is een voorbeeld van een controle uit een eigen pakket; geen bron noemt een pasfoto als voorwaarde.
"""

from bedrijfsbureau.checks import Check, Example, State

BOTH = ("asiel-aa", "asiel-pact")

check = Check(
    code="FOT01",
    title="Pasfoto aanwezig",
    theme="Voorbeeld",
    basis="[I] voorbeeld",
    evidence="stuk pasfoto",
    messages={
        State.ONTBREEKT: "Er is geen pasfoto in het dossier. Vraag het COA om een pasfoto.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er is geen W-document.",
    },
    applies=lambda view: "w_document_bericht" in view.aanwezig,
    satisfied=lambda view: "pasfoto" in view.aanwezig,
    needs=("pasfoto",),
    examples=(
        Example("pasfoto in het dossier", BOTH, State.VOLDAAN, {"aanwezig": ["w_document_bericht", "pasfoto"]}),
        Example("geen pasfoto", BOTH, State.ONTBREEKT, {"aanwezig": ["w_document_bericht"]}),
        Example("geen W-document", BOTH, State.NIET_VAN_TOEPASSING, {"aanwezig": []}),
    ),
)
