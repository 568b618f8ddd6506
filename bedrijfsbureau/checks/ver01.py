"""De identiteits- en reisdocumenten zijn nog geldig.

Dit punt adviseert: een verlopen document houdt het gehoor niet tegen, maar de hoormedewerker moet het weten. De datum
alleen kan dit punt omzetten. De melding noemt het document en hoe lang het is verlopen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import days, enumerate_nl, plain
from bedrijfsbureau.termijnen import short_date

BOTH = ("asiel-aa", "asiel-pact")
PASSPORT = {"soort": "paspoort", "onderzoek": "echt", "kopie": True}


def dated(view: DossierView) -> Iterator[Mapping[str, Any]]:
    return (document for document in view["documenten"] or () if document.get("geldig_tot") is not None)


def past(view: DossierView) -> list[str]:
    """ "paspoort (za 31 jan. 2026, 30 dagen geleden)" """
    return [
        f"{plain(document.get('soort') or 'document')} ({short_date(last_day)}, {days((view.today - last_day).days)} "
        "geleden)"
        for document in dated(view)
        if (last_day := document["geldig_tot"]) < view.today
    ]


check = Check(
    code="VER01",
    title="Document nog geldig",
    theme="Veroudering",
    basis=(
        "[D] Regietafel noteert een geldig paspoort of ID; Pact [D] Vo. 2024/1348 art. "
        "27 lid 1 b (geldigheid registreren); "
        "geen poort [I]"
    ),
    evidence="documenten[].geldig_tot",
    messages={
        State.VERLOPEN: "Verlopen: {documenten}. Noteer dit voor de hoormedewerker; u hoeft niets op te vragen.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er is geen document met een einddatum.",
    },
    applies=lambda view: any(dated(view)),
    satisfied=lambda view: not past(view),
    expired=lambda view: bool(past(view)),
    missing=lambda view: ("documenten",),
    particulars=lambda view: {"documenten": enumerate_nl(past(view))},
    reads=paths("documenten"),
    examples=(
        Example("nog geldig", BOTH, State.VOLDAAN),
        Example(
            "vandaag is de laatste dag",
            ("asiel-aa",),
            State.VOLDAAN,
            {"documenten": [{**PASSPORT, "geldig_tot": "2026-03-02"}]},
        ),
        Example(
            "sinds een maand verlopen",
            ("asiel-aa",),
            State.VERLOPEN,
            {"documenten": [{**PASSPORT, "geldig_tot": "2026-01-31"}]},
            "Verlopen: paspoort (za 31 jan. 2026, 30 dagen geleden). "
            "Noteer dit voor de hoormedewerker; u hoeft niets op te vragen.",
        ),
    ),
)
