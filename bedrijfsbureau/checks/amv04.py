"""De route past bij een alleenstaande minderjarige.

Oud recht: geen grensprocedure, en jonger dan 12 jaar geen gehoor in de AA. Pact: geen grensprocedure, behalve bij
gevaar voor de openbare orde. De leeftijd telt op de dag van het gehoor; is die nog niet bekend, dan vandaag.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import age

BOTH = ("asiel-aa", "asiel-pact")
PROCEDURE, BORN = "route.procedure", "persoon.geboortedatum"
TOO_YOUNG_FOR_AA = 12
"""Vb 3.113 lid 7 b."""


def age_at_gehoor(view: DossierView) -> int | None:
    born = view[BORN]
    return None if born is None else age(born, view["planning.gehoor_op"] or view.today)


def satisfied(view: DossierView) -> bool | None:
    if view[PROCEDURE] == "grens":
        return view.is_pact and view["openbare_orde.uitkomst"] == "gevaar"
    if view.is_pact:
        return True
    if view[PROCEDURE] not in ("AA", "AA+"):
        return True
    years = age_at_gehoor(view)
    return None if years is None else years >= TOO_YOUNG_FOR_AA


def particulars(view: DossierView) -> Mapping[str, str]:
    if view[PROCEDURE] == "grens":
        return {"waarom": "De grensprocedure past niet bij een alleenstaande minderjarige"}
    years = age_at_gehoor(view)
    return {"waarom": f"De minderjarige is bij het gehoor {years} jaar, en onder de 12 is er geen gehoor in de AA"}


check = Check(
    code="AMV04",
    title="Route past bij een amv",
    theme="Amv en gezin",
    basis=(
        "[D-2017] Vb 3.109b lid 7 (geen grensprocedure) en 3.113 lid 7 b (jonger dan 12: geen nader gehoor in het "
        "AC); "
        "[D-2018] Vc C1/2.4 (dan VA). Pact [D] Vo. 2024/1348 art. 44 lid 1 b en 53: alleen bij gevaar openbare orde"
    ),
    evidence="route.procedure, persoon.geboortedatum, planning.gehoor_op",
    messages={
        State.TEGENSTRIJDIG: "{waarom}. Laat de verkeerstoren de route aanpassen.",
        State.ONTBREEKT: "De geboortedatum of de route is leeg. Vul die eerst in.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: dit is geen alleenstaande minderjarige.",
    },
    applies=lambda view: view["amv.is_amv"] is True,
    satisfied=satisfied,
    contradictory=lambda view: view[PROCEDURE] is not None and view[BORN] is not None,
    missing=lambda view: tuple(path for path in (PROCEDURE, BORN) if view[path] is None) or (PROCEDURE,),
    particulars=particulars,
    reads=paths("amv.is_amv", PROCEDURE, BORN, "planning.gehoor_op", "openbare_orde.uitkomst"),
    examples=(
        Example("bijna 16 in de AA", BOTH, State.VOLDAAN, {"amv.is_amv": True, BORN: "2010-03-10"}),
        Example(
            "bij het gehoor 10 jaar, in de AA",
            ("asiel-aa",),
            State.TEGENSTRIJDIG,
            {"amv.is_amv": True, BORN: "2015-06-01"},
            "De minderjarige is bij het gehoor 10 jaar, en onder de 12 is er geen gehoor in de AA. "
            "Laat de verkeerstoren de route aanpassen.",
        ),
        Example("bij het gehoor net 12", ("asiel-aa",), State.VOLDAAN, {"amv.is_amv": True, BORN: "2014-03-09"}),
        Example(
            "grensprocedure in het Pact",
            ("asiel-pact",),
            State.TEGENSTRIJDIG,
            {"amv.is_amv": True, BORN: "2010-03-01", PROCEDURE: "grens"},
            "De grensprocedure past niet bij een alleenstaande minderjarige. Laat de verkeerstoren de route aanpassen.",
        ),
        Example(
            "grensprocedure in het Pact bij gevaar voor de openbare orde",
            ("asiel-pact",),
            State.VOLDAAN,
            {"amv.is_amv": True, BORN: "2010-03-01", PROCEDURE: "grens", "openbare_orde.uitkomst": "gevaar"},
        ),
        Example("geboortedatum onbekend", ("asiel-aa",), State.ONTBREEKT, {"amv.is_amv": True, BORN: None}),
    ),
)
