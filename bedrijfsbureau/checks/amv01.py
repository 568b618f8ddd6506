"""Een alleenstaande minderjarige heeft een voogd of vertegenwoordiger.

In het Pact moet die er uiterlijk 15 werkdagen na het verzoek zijn; de melding zegt welke dag dat is en hoeveel dagen
het te laat is. Onder het oude recht is er geen termijn: zo snel mogelijk.
"""

from collections.abc import Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.termijnen import pact, say_when, short_date

BOTH = ("asiel-aa", "asiel-pact")
WORKING_DAYS = 15
"""Vo. 2024/1348 art. 23 lid 2 b."""


def particulars(view: DossierView) -> Mapping[str, str]:
    asked_on = view["aanvraag.datum_verzoek"]
    if not view.is_pact or asked_on is None:
        return {"termijn": ""}
    due = pact.add_working_days(asked_on, WORKING_DAYS)
    when = say_when(due, view.today, pact)
    return {"termijn": f"Uiterlijk {short_date(due)} ({WORKING_DAYS} werkdagen na het verzoek): {when}."}


check = Check(
    code="AMV01",
    title="Voogd of vertegenwoordiger bekend",
    theme="Amv en gezin",
    basis=(
        "[D-2017] Vb 3.109d lid 1; [D] Nidos; Pact [D] Vo. 2024/1348 art. 23 lid 2: meteen een voorlopige persoon, "
        "vertegenwoordiger uiterlijk 15 werkdagen na het verzoek"
    ),
    evidence="stuk bericht_voogdij; amv.voogd_op, Pact ook amv.voorlopig_op",
    messages={
        State.ONTBREEKT: "Er is nog geen voogd of vertegenwoordiger bekend. Vraag Nidos om het bericht. {termijn}",
        State.WACHT_OP: "U wacht op {verzoek.partij}: gevraagd op {verzoek.verzonden_op}. {termijn}",
        State.NIET_VAN_TOEPASSING: "Geldt niet voor dit dossier: dit is geen alleenstaande minderjarige.",
    },
    applies=lambda view: view["amv.is_amv"] is True,
    satisfied=lambda view: view["amv.voogd_op"] is not None,
    missing=lambda view: ("amv.voogd_op",),
    particulars=particulars,
    reads=paths("amv.is_amv", "amv.voogd_op", "aanvraag.datum_verzoek"),
    examples=(
        Example("voogd bekend", BOTH, State.VOLDAAN, {"amv.is_amv": True, "amv.voogd_op": "2025-12-02"}),
        Example(
            "bericht gevraagd aan Nidos",
            ("asiel-aa",),
            State.WACHT_OP,
            {
                "amv.is_amv": True,
                "verzoeken": [{"punt": "AMV01", "partij": "Nidos", "verzonden_op": "2026-02-26", "open": True}],
            },
            "U wacht op Nidos: gevraagd op do 26 feb. 2026.",
        ),
        Example(
            "Pact: de termijn van 15 werkdagen was gisteren",
            ("asiel-pact",),
            State.ONTBREEKT,
            {"amv.is_amv": True, "aanvraag.datum_verzoek": "2026-06-12", "vandaag": "2026-07-04"},
            "Er is nog geen voogd of vertegenwoordiger bekend. Vraag Nidos om het bericht. "
            "Uiterlijk vr 3 jul. 2026 (15 werkdagen na het verzoek): 1 dag te laat.",
        ),
    ),
)
