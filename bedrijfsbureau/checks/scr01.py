"""Het screeningsformulier is er, is afgerond, en de punten a tot en met i zijn ingevuld.

De melding noemt de letters die leeg zijn. Wat er bij een punt staat, blijft in het stuk: d en e zijn medisch, h is
afgeschermd.
"""

from collections.abc import Iterator

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl

PACT = ("asiel-pact",)
POINTS = "abcdefghi"
FORM = "screeningsformulier"


def empty_points(view: DossierView) -> list[str]:
    return [point for point in POINTS if view[f"screening.{point}"] is not True]


def problems(view: DossierView) -> Iterator[str]:
    if FORM not in view.aanwezig:
        yield "het formulier ontbreekt"
    if view["screening.afgerond_op"] is None:
        yield "de datum van afronding is leeg"
    points = empty_points(view)
    if points:
        yield f"punt {enumerate_nl(points)} is leeg"


def missing(view: DossierView) -> tuple[str, ...]:
    unfinished = ("screening.afgerond_op",) if view["screening.afgerond_op"] is None else ()
    return (*unfinished, *(f"screening.{point}" for point in empty_points(view)))


check = Check(
    code="SCR01",
    title="Screeningsformulier volledig (art. 17 a–i)",
    theme="Pact: screening",
    basis=(
        "[D] Vo. 2024/1356 art. 17 lid 1: a personalia, b nationaliteit/landen/talen, c reden, d gezondheid, e "
        "kwetsbaarheid, "
        "f verzoek, g gezin, h treffers, i medewerking; aan de grens levert KMar"
    ),
    evidence="stuk screeningsformulier (punt h afgeschermd); screening.a … .i",
    messages={
        State.ONTBREEKT: (
            "De screening is niet volledig: {problemen}. Vul aan, of vraag KMar als de screening aan de grens was."
        ),
        State.WACHT_OP: "U wacht op {verzoek.partij}: het formulier is gevraagd op {verzoek.verzonden_op}.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er is geen screening nodig.",
    },
    applies=lambda view: view["screening.nodig"] is True,
    satisfied=lambda view: not any(problems(view)),
    missing=missing,
    particulars=lambda view: {"problemen": "; ".join(problems(view))},
    reads=paths("screening", "stukken"),
    needs=(FORM,),
    examples=(
        Example("geen screening nodig", PACT, State.NIET_VAN_TOEPASSING, {"screening.nodig": False, "aanwezig": []}),
        Example("volledig", PACT, State.VOLDAAN),
        Example(
            "punt e is leeg",
            PACT,
            State.ONTBREEKT,
            {"screening.e": None},
            "De screening is niet volledig: punt e is leeg. Vul aan, of vraag KMar als de screening aan de grens was.",
        ),
    ),
)
