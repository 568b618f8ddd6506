"""Expressions of the kind the completeness checks use, on a small dossier."""

from datetime import date

import pytest

from bedrijfsbureau import feel

DOSSIER = feel.to_feel(
    {
        "vandaag": date(2026, 3, 2),
        "regime": "VW2000-2021",
        "aanvraag": {
            "soort": "eerste",
            "ondertekend": True,
            "datum_indiening": date(2025, 12, 1),
            "datum_loopbrief": None,
        },
        "persoon": {"geboortedatum": date(2012, 1, 1), "nationaliteiten": ["ERI"], "staatloos": False},
        "amv": {"is_amv": True},
        "gezin": {"reist_samen": None},
        "dublin": {"eurodac": "geen_treffer", "vis": "geen_treffer", "indicatie": "nee", "status": "geen"},
        "documenten": [
            {"soort": "paspoort", "kopie": True, "ingenomen": False, "geldig_tot": date(2026, 1, 31)},
            {"soort": "akte", "kopie": True, "ingenomen": True, "ontvangstbewijs": True},
        ],
        "stukken": [
            {"soort": "m35h", "staat": "aanwezig", "gegevens": {"geboortedatum": date(2012, 1, 1)}},
            {"soort": "paspoort", "staat": "aanwezig", "gegevens": {"geboortedatum": date(2013, 1, 1)}},
            {"soort": "foto", "staat": "ingetrokken", "in_gebruik": True, "gegevens": {}},
        ],
        "aanwezig": ["m35h", "eurodac_bericht"],
        "opvang": {"bevestigd_op": date(2026, 2, 18)},
        "planning": {"gehoor_op": None},
        "route": {"procedure": "AA", "spoor": "4"},
        "instellingen": {
            "adres_bevestiging_dagen": 14,
            "tbc_landen": ["ERI", "SOM"],
            "overgangsdatum_pact": date(2026, 6, 12),
        },
    }
)
ROWS = [
    ('aanvraag.soort = "eerste"', True),
    ('aanvraag.soort = "eerste" and aanvraag.ondertekend = true and list contains(aanwezig, "m35h")', True),
    ("aanvraag.datum_loopbrief > aanvraag.datum_indiening", None),
    ("aanvraag.datum_loopbrief != null and aanvraag.datum_loopbrief <= aanvraag.datum_indiening", False),
    (
        'dublin.eurodac in ("treffer","geen_treffer")'
        ' and (dublin.eurodac = "niet_mogelijk" or list contains(aanwezig, "vis_bericht"))',
        False,
    ),
    ('not(route.procedure in ("AA","AA+","VA"))', False),
    ("every d in documenten satisfies d.kopie = true and (d.ingenomen = false or d.ontvangstbewijs = true)", True),
    ("some d in documenten satisfies d.geldig_tot < vandaag", True),
    ("count(documenten[geldig_tot != null]) > 0", True),
    ("every d in documenten[geldig_tot != null] satisfies d.geldig_tot >= vandaag", False),
    ('count(stukken[staat = "ingetrokken" and in_gebruik = true]) = 0', False),
    (
        'count(distinct values(append(stukken[staat = "aanwezig" and gegevens.geboortedatum != null]'
        ".gegevens.geboortedatum, persoon.geboortedatum))) = 1",
        False,
    ),
    ("some n in persoon.nationaliteiten satisfies list contains(instellingen.tbc_landen, n)", True),
    (
        "if amv.is_amv then years and months duration(persoon.geboortedatum, vandaag).years < 18"
        " else gezin.reist_samen = true",
        True,
    ),
    (
        "years and months duration(persoon.geboortedatum,"
        " if planning.gehoor_op = null then vandaag else planning.gehoor_op)"
        ".years < 12",
        False,
    ),
    ('opvang.bevestigd_op >= vandaag - duration("P" + string(instellingen.adres_bevestiging_dagen) + "D")', True),
    ('(aanvraag.datum_indiening >= instellingen.overgangsdatum_pact) = (regime = "PACT-2026")', True),
    ('if regime = "PACT-2026" then maatwerk.rvt = true else route.spoor != "1" and route.spoor != "2"', True),
    ("instellingen.max_herinneringen = null or verzoek.herinneringen < instellingen.max_herinneringen", True),
    ("count(persoon.nationaliteiten) > 0 or persoon.staatloos = true", True),
    ("gezin.reist_samen != false", True),
    ("onbekende_groep.veld != null", False),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_check(text: str, expected: bool | None) -> None:
    assert feel.compile(text).evaluate(DOSSIER) is expected


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_an_empty_dossier_never_fails(text: str, expected: bool | None) -> None:
    assert feel.compile(text).evaluate({}) in (True, False, None)


READS = [
    ('aanvraag.soort = "eerste" or vandaag > x', {("aanvraag", "soort"), ("vandaag",), ("x",)}),
    ("every d in documenten satisfies d.kopie", {("documenten",), ("documenten", "kopie")}),
    ("for a in lijst, b in a.delen return b.x", {("lijst",), ("lijst", "delen"), ("lijst", "delen", "x")}),
    ('count(stukken[staat = "x"].gegevens.datum)',
     {("stukken",), ("stukken", "staat"), ("staat",), ("stukken", "gegevens", "datum")}),
    ("{a: b, c: a + 1}.c", {("b",)}),
    ("(function(x) x + y)(z)", {("y",), ("z",)}),
    ("werkdagen(start, 2)", {("start",)}),
    ("n[item > grens]", {("n",), ("grens",), ("n", "grens")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READS)
def test_reads(text: str, expected: set[tuple[str, ...]]) -> None:
    assert feel.compile(text).reads == expected


def test_explanation_shows_the_item_that_fails() -> None:
    explained = feel.compile("every d in docs satisfies d.kopie = true").explain(
        feel.to_feel({"docs": [{"kopie": True}, {"kopie": False}]})
    )
    assert (explained.text, explained.value) == ("every d in docs satisfies d.kopie = true", False)
    assert [(part.text, part.value) for part in explained.children[1:]] == [
        ("d.kopie = true", True),
        ("d.kopie = true", False),
    ]


def test_explanation_follows_the_chosen_branch_only() -> None:
    explained = feel.compile('if a = 1 then b + 1 else "nooit"').explain(feel.to_feel({"a": 1, "b": 2}))
    assert [(part.text, part.value) for part in explained.children] == [("a = 1", True), ("b + 1", feel.to_feel(3))]
