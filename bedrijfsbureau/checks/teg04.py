"""Gezinsleden worden op dezelfde dag en plaats gehoord.

Of dat moet, is een instelling. De melding noemt de dossiers die anders gepland staan, met dag en plaats.
"""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau.checks.check import Check, Example, State, always, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.termijnen import short_date

GEHOOR_OP, LOCATIE = "planning.gehoor_op", "opvang.locatie"


def planned_family(view: DossierView) -> list[Mapping[str, Any]]:
    return [r for r in view.relaties if r.get("soort") == "gezin" and r.get("gehoor_op") is not None]


def elsewhere(view: DossierView) -> list[Mapping[str, Any]]:
    here = (view[GEHOOR_OP], view[LOCATIE])
    return [r for r in planned_family(view) if (r.get("gehoor_op"), r.get("locatie")) != here]


def described(relatie: Mapping[str, Any]) -> str:
    place = relatie.get("locatie") or "plaats onbekend"
    return f"{relatie.get('dossier') or 'gezinslid'} op {short_date(relatie['gehoor_op'])} ({place})"


check = Check(
    code="TEG04",
    title="Gezin samen gepland",
    theme="Tegenspraak tussen punten",
    basis="gezinsgegevens [D] Regietafel; zelfde dag en plaats [I] → instelling te bevestigen",
    evidence="relaties, planning.gehoor_op",
    messages={
        State.TEGENSTRIJDIG: (
            "Dit gehoor is op {planning.gehoor_op} ({opvang.locatie}), maar het gezin staat anders gepland: "
            "{anders}. "
            "Overleg met het verdeelstation."
        ),
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er is geen gezin met een geplande datum.",
    },
    applies=lambda view: (
        view.instellingen.get("gezin_samen_plannen") is True
        and view[GEHOOR_OP] is not None
        and bool(planned_family(view))
    ),
    satisfied=lambda view: not elsewhere(view),
    contradictory=always,
    missing=lambda view: (GEHOOR_OP,),
    particulars=lambda view: {"anders": ", ".join(described(relatie) for relatie in elsewhere(view))},
    reads=paths("relaties", GEHOOR_OP, LOCATIE, "instellingen.gezin_samen_plannen"),
    examples=(
        Example(
            "zelfde dag en plaats",
            ("asiel-aa",),
            State.VOLDAAN,
            {"relaties": [{"soort": "gezin", "gehoor_op": "2026-03-09", "locatie": "Ter Apel"}]},
        ),
        Example("geen gezin", ("asiel-aa", "asiel-pact"), State.NIET_VAN_TOEPASSING),
        Example(
            "twee dagen later gepland",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {"relaties": [{"soort": "gezin", "dossier": "D-2", "gehoor_op": "2026-03-11", "locatie": "Ter Apel"}]},
            "Dit gehoor is op ma 9 mrt. 2026 (Ter Apel), maar het gezin staat anders gepland: "
            "D-2 op wo 11 mrt. 2026 (Ter Apel). Overleg met het verdeelstation.",
        ),
    ),
)
