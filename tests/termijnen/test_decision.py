"""The decision `termijnen` we ship, computed from lodging to last day."""

from datetime import date
from pathlib import Path

import pytest

from bedrijfsbureau import dmn, dossiersoort
from bedrijfsbureau.termijnen import rule_named
from bedrijfsbureau.termijnen.on_record import work_out

BPMN = Path(__file__).parents[2] / "bpmn"
AA, PACT = {"aa_telwijze": "werkdagen"}, {}


def terms(key, settings, changes):
    soort = dossiersoort.read(BPMN / key)
    gegevens = {**soort.basisdossier["gegevens"]}
    for path, value in changes.items():
        group, name = path.split(".")
        gegevens[group] = {**gegevens[group], name: value}
    settings = {**soort.settings(), **settings}
    context = {**soort.record.parse(gegevens), "regime": soort.regime, "instellingen": settings}
    rows = dmn.read(soort.files_ending(".dmn")["termijnen.dmn"]).decide("termijnen", context).value
    made = {row["termijn"]: work_out(rule_named(row["regel"]), gegevens, settings) for row in rows}
    return {term: worked.computed.due_on for term, worked in made.items() if worked}


@pytest.mark.parametrize(("key", "settings", "changes", "expected"), [
    ("asiel-aa", AA, {}, {
        "registratie": date(2025, 11, 27), "rvt": date(2025, 12, 8), "aa": date(2026, 3, 16),
        "beslistermijn": date(2026, 6, 1), "beslistermijn_loopbrief": date(2026, 5, 24),
    }),
    ("asiel-aa", AA, {"dublin.nl_verantwoordelijk_per": "2026-03-12"}, {
        "registratie": date(2025, 11, 27), "rvt": date(2025, 12, 8), "aa": date(2026, 3, 16),
        "beslistermijn": date(2026, 9, 12),
    }),
    ("asiel-pact", PACT, {}, {
        "registratie": date(2026, 7, 13), "indiening": date(2026, 7, 29), "waarborgen": date(2026, 8, 5),
        "beslissen": date(2027, 1, 20),
    }),
])
def test_last_days(key, settings, changes, expected):
    assert terms(key, settings, changes) == expected
