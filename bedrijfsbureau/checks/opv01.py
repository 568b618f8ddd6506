"""Bekend is waar de vreemdeling verblijft, en dat is niet te lang geleden bevestigd.

Zonder bekende locatie kan er geen uitnodiging uit. Na hoeveel dagen een adres opnieuw bevestigd moet worden, is een
instelling; zolang die leeg is, veroudert een adres niet.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import days, enumerate_nl

BOTH = ("asiel-aa", "asiel-pact")
CONFIRMED_ON, SETTING = "opvang.bevestigd_op", "adres_bevestiging_dagen"


def oldest(view: DossierView) -> date | None:
    """The first day a confirmation still counts, or None when it never ages."""
    allowed = view.instellingen.get(SETTING)
    return None if allowed is None else view.today - timedelta(days=int(allowed))


def expired(view: DossierView) -> bool:
    first, confirmed_on = oldest(view), view[CONFIRMED_ON]
    return first is not None and confirmed_on is not None and confirmed_on < first


def empty(view: DossierView) -> Iterator[tuple[str, str]]:
    if view["opvang.locatie"] is None:
        yield "opvang.locatie", "de locatie"
    if view["opvang.adres_id"] is None:
        yield "opvang.adres_id", "het kenmerk van het adres"
    if oldest(view) is not None and view[CONFIRMED_ON] is None:
        yield CONFIRMED_ON, "de datum van bevestiging"


def particulars(view: DossierView) -> Mapping[str, str]:
    confirmed_on = view[CONFIRMED_ON]
    return {
        "wat": enumerate_nl(label for _, label in empty(view)),
        "geleden": f"{days((view.today - confirmed_on).days)} geleden" if confirmed_on else "",
    }


check = Check(
    code="OPV01",
    title="Verblijfplaats bekend en actueel",
    theme="Opvang en bereikbaarheid",
    basis=(
        "[D] IND 7-2-2023: zonder bekende locatie geen uitnodiging; verhuizingen vertragen; "
        "aantal dagen is een instelling, leeg [U]"
    ),
    evidence="opvang.locatie, .adres_id, .bevestigd_op",
    messages={
        State.ONTBREEKT: "Niet bekend waar de vreemdeling verblijft: {wat} is leeg. Vraag dit aan het COA.",
        State.VERLOPEN: (
            "De verblijfplaats is lang niet bevestigd ({opvang.bevestigd_op}, {geleden}). Vraag het COA om bevestiging."
        ),
        State.WACHT_OP: "U wacht op het COA: gevraagd op {verzoek.verzonden_op}.",
    },
    satisfied=lambda view: not any(empty(view)) and not expired(view),
    expired=expired,
    missing=lambda view: tuple(path for path, _ in empty(view)) or (CONFIRMED_ON,),
    particulars=particulars,
    reads=paths("opvang.locatie", "opvang.adres_id", CONFIRMED_ON, f"instellingen.{SETTING}"),
    examples=(
        Example("bekend, geen termijn ingesteld", BOTH, State.VOLDAAN),
        Example(
            "locatie onbekend",
            BOTH,
            State.ONTBREEKT,
            {"opvang.locatie": None},
            "Niet bekend waar de vreemdeling verblijft: de locatie is leeg. Vraag dit aan het COA.",
        ),
        Example(
            "60 dagen geleden bevestigd, 30 dagen ingesteld",
            ("asiel-aa",),
            State.VERLOPEN,
            {"opvang.bevestigd_op": "2026-01-01", "instellingen.adres_bevestiging_dagen": 30},
            "De verblijfplaats is lang niet bevestigd (do 1 jan. 2026, 60 dagen geleden). "
            "Vraag het COA om bevestiging.",
        ),
    ),
)
