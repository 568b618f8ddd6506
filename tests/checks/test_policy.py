"""What a process owner can get wrong, and the sentence that says where."""

from datetime import date
from typing import Any

import pytest

from bedrijfsbureau import checks
from bedrijfsbureau.errors import PolicyInvalid
from tests.checks.kinds import KINDS, kind

ROW: dict[str, Any] = {
    "code": "EIG01",
    "titel": "Eigen punt",
    "thema": "Eigen",
    "basis": "[I]",
    "geldt_als": "planning.gehoor_op != null",
    "voldaan_als": 'opvang.locatie = "Ter Apel"',
    "tegenstrijdig_als": 'opvang.locatie = "Gilze"',
    "meldingen": {"ontbreekt": "Locatie: {opvang.locatie}.", "tegenstrijdig": "-", "niet van toepassing": "-"},
    "fase": "B",
    "blokkeert": True,
    "ontheffing": "senior",
    "partij": "COA",
    "taak": "t_verblijf",
}


def test_a_row_becomes_a_rule() -> None:
    (rule,) = checks.policy({"versie": "7", "punten": [ROW]}).rules

    assert (rule.phase, rule.blocking, rule.waiver, rule.four_eyes) == ("B", True, "senior", False)
    assert (rule.partij, rule.task) == ("COA", "t_verblijf")
    assert rule.check.reads == {("planning", "gehoor_op"), ("opvang", "locatie")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "eigen punt"}, "'eigen punt' is geen code van een punt"),
        ({"code": "BAS01"}, "Twee punten met code BAS01"),
        ({"voldaan_als": None}, "Punt EIG01 bestaat niet"),
        ({"voldaan_als": "opvang.locatie = "}, "Punt EIG01, 'voldaan_als': .*teken 17"),
        ({"geldt_als": "als het regent"}, "Punt EIG01, 'geldt_als'"),
        ({"titel": ""}, "Punt EIG01: 'titel' ontbreekt"),
        ({"meldingen": {"ontbreekt": "-"}}, "Punt EIG01: de melding voor 'niet van toepassing' ontbreekt"),
        ({"meldingen": {"kwijt": "-"}}, "Punt EIG01: een melding hoort bij een staat die niet bestaat"),
        ({"fase": "Q"}, "Punt EIG01: 'fase' moet P"),
        ({"blokkeert": "ja"}, "Punt EIG01: 'blokkeert' moet true of false zijn"),
        ({"ontheffing": "iedereen"}, "Punt EIG01: 'ontheffing' moet nee, n.v.t. of een van"),
        ({"vier_ogen": "ja"}, "Punt EIG01: 'vier_ogen' moet true of false zijn"),
        ({"vier_ogen": True, "ontheffing": "nee"}, "Punt EIG01: 'vier_ogen' kan alleen bij een punt dat iemand mag"),
        ({"partij": None}, "Punt EIG01: 'partij' ontbreekt"),
        ({"taak": None}, "Punt EIG01: 'taak' ontbreekt"),
        ({"voorbeelden": [{"naam": "x", "staat": "voldaan"}]}, "Punt EIG01: een voorbeeld is niet volledig"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyInvalid, match=message):
        checks.policy({"punten": [{**ROW, **change}]})


def test_a_point_that_occurs_twice_is_refused() -> None:
    with pytest.raises(PolicyInvalid, match="Punt EIG01 staat twee keer in het beleid"):
        checks.policy({"punten": [ROW, ROW]})


def test_a_misspelt_field_is_named() -> None:
    policy = checks.policy({"punten": [{**ROW, "voldaan_als": 'opvang.lokatie = "Ter Apel"'}]})

    assert checks.unknown_paths(policy, kind("asiel-aa").soort.record) == {"EIG01": ("opvang.lokatie",)}


def test_a_field_inside_a_filter_is_no_misspelt_field() -> None:
    filtered = 'count(documenten[onderzoek = "vals"]) = 0 and count(stukken[gegevens.taal != null]) = 0'
    policy = checks.policy({"punten": [{**ROW, "voldaan_als": filtered}]})

    assert checks.unknown_paths(policy, kind("asiel-aa").soort.record) == {}


def test_an_example_that_does_not_come_out_is_named() -> None:
    example = {"naam": "in Gilze", "op": "asiel-aa", "wijziging": {"opvang.locatie": "Gilze"}, "staat": "voldaan"}
    policy = checks.policy({"punten": [{**ROW, "voorbeelden": [example]}]})

    assert checks.failing(policy, kind("asiel-aa").soort) == [
        "EIG01 op asiel-aa, voorbeeld 'in Gilze': verwacht voldaan, gevonden tegenstrijdig. -"
    ]


@pytest.mark.parametrize("key", KINDS)
def test_a_policy_that_was_kept_as_json_is_the_same(key: str) -> None:
    """Dates in instellingen are text there."""
    settings = checks.instellingen({"begin": {"type": "datum", "waarde": "2026-06-12"}, "leeg": {"type": "datum"}})

    assert settings == {"begin": date(2026, 6, 12), "leeg": None}
    assert kind(key).policy.instellingen == kind(key).soort.settings()


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(PolicyInvalid, match="Instelling 'begin': 'morgen' is geen datum"):
        checks.instellingen({"begin": {"type": "datum", "waarde": "morgen"}})


def test_a_row_may_count_working_days() -> None:
    policy = checks.policy({"punten": [{**ROW, "geldt_als": "true", "voldaan_als": "werkdagen(vandaag, 5) > vandaag"}]})

    assert checks.judge(policy.rules[0], kind("asiel-aa").view()).state == checks.State.VOLDAAN
    assert checks.unknown_paths(policy, kind("asiel-aa").soort.record) == {}
