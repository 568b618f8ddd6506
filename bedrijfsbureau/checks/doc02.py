"""Van elk document waarbij onderzoek nodig is, is de uitslag bekend.

Dit punt adviseert: de AA mag zonder tijdrovend onderzoek, anders volgt de VA. Hoe eerder het onderzoek is
aangevraagd, hoe minder tijd het kost. De melding noemt de documenten zonder uitslag en zegt niet wat een uitslag was.
"""

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl, plain

BOTH = ("asiel-aa", "asiel-pact")
PASSPORT = {"soort": "paspoort", "ingenomen": True, "ontvangstbewijs": True, "kopie": True}
SETTLED = frozenset({"echt", "vals", "vervalst", "geen_oordeel", "niet_nodig"})


def applies(view: DossierView) -> bool:
    return any(document.get("onderzoek") != "niet_nodig" for document in view["documenten"] or ())


def unsettled(view: DossierView) -> list[str]:
    return [
        plain(document.get("soort") or "document") + (" (gevraagd)" if document.get("onderzoek") == "gevraagd" else "")
        for document in view["documenten"] or ()
        if document.get("onderzoek") not in SETTLED
    ]


check = Check(
    code="DOC02",
    title="Uitslag echtheidsonderzoek documenten",
    theme="Documenten en bewijsmiddelen",
    basis=(
        "[D-2018] Vc C1/2.2 (rapportage over de authenticiteit); [D] DT&V-leidraad: KMar controleert; adviserend "
        "want AA "
        "mag zonder tijdrovend onderzoek, anders VA (C1/2.3); naam Bureau Documenten [U]"
    ),
    evidence="stuk rapport_echtheid (vertrouwelijk); documenten[].onderzoek",
    messages={
        State.ONTBREEKT: (
            "Nog geen uitslag van het onderzoek naar: {documenten}. "
            "Is het nog niet gevraagd, vraag het dan nu aan bij KMar; "
            "laat op het gehoor aanvragen kost later tijd."
        ),
        State.WACHT_OP: (
            "U wacht op {verzoek.partij}: onderzoek van {documenten}. "
            "Overleg met de verkeerstoren als de uitslag niet vóór het gehoor komt (mogelijk VA)."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er is geen document dat onderzoek nodig heeft.",
    },
    applies=applies,
    satisfied=lambda view: not unsettled(view),
    missing=lambda view: ("documenten",),
    particulars=lambda view: {"documenten": enumerate_nl(unsettled(view))},
    reads=paths("documenten"),
    examples=(
        Example("vals is ook een uitslag", BOTH, State.VOLDAAN, {"documenten": [{**PASSPORT, "onderzoek": "vals"}]}),
        Example(
            "onderzoek niet nodig",
            BOTH,
            State.NIET_VAN_TOEPASSING,
            {"documenten": [{**PASSPORT, "onderzoek": "niet_nodig"}]},
        ),
        Example(
            "onderzoek gevraagd aan KMar",
            BOTH,
            State.WACHT_OP,
            {
                "documenten": [{**PASSPORT, "onderzoek": "gevraagd"}],
                "verzoeken": [{"punt": "DOC02", "partij": "KMar", "open": True}],
            },
            "U wacht op KMar: onderzoek van paspoort (gevraagd). "
            "Overleg met de verkeerstoren als de uitslag niet vóór het gehoor komt (mogelijk VA).",
        ),
    ),
)
