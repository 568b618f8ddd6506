"""Elk gezinslid dat meereist is aan een dossier gekoppeld.

Zonder koppeling worden gezinsleden los gepland en gehoord. De melding noemt de gezinsleden die nog niet zijn
gekoppeld.
"""

from collections.abc import Iterator

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl, plain

BOTH = ("asiel-aa", "asiel-pact")
CHECKED_ON, MEMBERS = "gezin.nagegaan_op", "gezin.leden"


def problems(view: DossierView) -> Iterator[tuple[str, str]]:
    """The path to look at, and what is to be done there."""
    if view[CHECKED_ON] is None:
        yield CHECKED_ON, "noteer wanneer het gezin is nagegaan"
    members = view[MEMBERS] or ()
    if not members:
        yield MEMBERS, "vul de gezinsleden in"
    unlinked = [plain(member.get("relatie") or "gezinslid") for member in members if member.get("dossier") is None]
    if unlinked:
        yield MEMBERS, f"koppel {enumerate_nl(unlinked)} aan een dossier, of noteer dat er geen dossier is"


check = Check(
    code="GEZ01",
    title="Meereizend gezin gekoppeld",
    theme="Amv en gezin",
    basis=(
        "[D] voorregistratie en Regietafel noteren meereizend gezin; gezinslid in VA is VA-reden [D] RefugeeHelp "
        "2024; "
        "Pact [D] Vo. 2024/1348 art. 27 lid 1 a"
    ),
    evidence="gezin.*, relaties",
    messages={
        State.ONTBREEKT: "Er is een meereizend gezin gemeld. Nog te doen: {problemen}.",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: er reist geen gezin mee.",
    },
    applies=lambda view: view["gezin.reist_samen"] is not False,
    satisfied=lambda view: not any(problems(view)),
    missing=lambda view: tuple(dict.fromkeys(path for path, _ in problems(view))),
    particulars=lambda view: {"problemen": "; ".join(problem for _, problem in problems(view))},
    reads=paths("gezin.reist_samen", CHECKED_ON, MEMBERS),
    examples=(
        Example(
            "echtgenoot gekoppeld",
            BOTH,
            State.VOLDAAN,
            {"gezin.reist_samen": True, "gezin.leden": [{"relatie": "echtgenoot", "dossier": "D-1"}]},
        ),
        Example("reist alleen", BOTH, State.NIET_VAN_TOEPASSING),
        Example(
            "kind zonder dossier",
            BOTH,
            State.ONTBREEKT,
            {"gezin.reist_samen": True, "gezin.leden": [{"relatie": "kind", "dossier": None}]},
            "Er is een meereizend gezin gemeld. "
            "Nog te doen: koppel kind aan een dossier, of noteer dat er geen dossier is.",
        ),
    ),
)
