"""Geen stuk dat als bewijs diende, is ingetrokken.

Een punt dat op zo'n stuk rustte, moet opnieuw worden bekeken. Of een stuk bewijs was, houdt het systeem bij
(`in_gebruik`).
"""

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl, plain

BOTH = ("asiel-aa", "asiel-pact")


def withdrawn(view: DossierView) -> list[str]:
    return [
        plain(stuk["soort"])
        for stuk in view.stukken
        if stuk.get("staat") == "ingetrokken" and stuk.get("in_gebruik") is True
    ]


check = Check(
    code="VER02",
    title="Geen ingetrokken stuk in gebruik",
    theme="Veroudering",
    basis="intrekkingen in het dossier noteren [D-2017] VV 3.47 (aanvraag); ook afzonderlijke stukken [I]",
    evidence="stukken[].staat, .in_gebruik (stuk was bewijs van een voldaan punt)",
    messages={
        State.VERLOPEN: (
            "Ingetrokken, maar nog als bewijs in gebruik: {stukken}. Open het punt opnieuw en zoek vervangend bewijs."
        ),
    },
    satisfied=lambda view: not withdrawn(view),
    expired=lambda view: bool(withdrawn(view)),
    particulars=lambda view: {"stukken": enumerate_nl(withdrawn(view))},
    reads=paths("stukken"),
    examples=(
        Example("niets ingetrokken", BOTH, State.VOLDAAN),
        Example(
            "ingetrokken stuk dat nooit bewijs was",
            BOTH,
            State.VOLDAAN,
            {"stukken": [{"soort": "medisch_advies", "staat": "ingetrokken", "in_gebruik": False}]},
        ),
        Example(
            "medisch advies ingetrokken",
            BOTH,
            State.VERLOPEN,
            {"stukken": [{"soort": "medisch_advies", "staat": "ingetrokken", "in_gebruik": True}]},
            "Ingetrokken, maar nog als bewijs in gebruik: medisch advies. "
            "Open het punt opnieuw en zoek vervangend bewijs.",
        ),
    ),
)
