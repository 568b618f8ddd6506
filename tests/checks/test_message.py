"""The sentences that people read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bedrijfsbureau import checks
from tests.checks.kinds import kind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "(niet ingevuld)"),
        (True, "ja"),
        (False, "nee"),
        (date(2026, 2, 26), "do 26 feb. 2026"),
        (Decimal("2"), "2"),
        (Decimal("20"), "20"),
        (Decimal("1.50"), "1,5"),
        (["ERI", "ETH"], "ERI, ETH"),
        ([], "(niet ingevuld)"),
        ("Ter Apel", "Ter Apel"),
    ],
)
def test_a_value_is_written_as_people_write_it(value: Any, text: str) -> None:
    assert checks.show("opvang.locatie", value) == text


def test_a_message_is_filled_from_the_dossier() -> None:
    verdict = kind("asiel-aa").verdict("TAL02", {"tolk.datum": "2026-03-10"})

    assert verdict.message == (
        "De tolk is geboekt op di 10 mrt. 2026, maar het gehoor is op ma 9 mrt. 2026. Laat de boeking aanpassen."
    )


def test_a_message_is_filled_from_the_open_verzoek() -> None:
    asked = {"punt": "DUB01", "partij": "KMar", "verzonden_op": date(2026, 2, 26), "open": True}
    verdict = kind("asiel-aa").verdict("DUB01", {"dublin.eurodac": None}, verzoeken=(asked,))

    assert verdict.message == "U wacht op KMar: de uitslag van Eurodac is gevraagd op do 26 feb. 2026."


def test_what_is_still_empty_reads_as_empty() -> None:
    verdict = kind("asiel-aa").verdict("UIT01", {"uitnodiging.verzonden_op": None, "planning.gehoor_op": None})

    assert "Maak de brief voor (niet ingevuld)" in verdict.message


def test_a_display_that_knows_the_record_can_show_the_values() -> None:
    languages = {"amh": "Amhaars", "tir": "Tigrinya"}
    rule, view = kind("asiel-aa").policy.rule("TEG02"), kind("asiel-aa").view({"tolk.taal": "amh"})

    verdict = checks.judge(rule, view, lambda path, value: languages.get(value, checks.show(path, value)))

    assert verdict.message == (
        "De tolk is geboekt voor Amhaars, het gehoor is in Tigrinya. Laat de tolkenplanning de boeking aanpassen."
    )


def test_a_value_of_the_dossier_cannot_make_the_message_show_another() -> None:
    """Someone who types "{medisch.uitkomst}" into a free field reads those letters, not the medical outcome."""
    relatie = {"soort": "gezin", "gehoor_op": date(2026, 3, 11), "locatie": "{medisch.uitkomst}"}
    verdict = kind("asiel-aa").verdict("TEG04", {"opvang.locatie": "{dublin.eurodac}"}, relaties=(relatie,))

    assert "{medisch.uitkomst}" in verdict.message
    assert "{dublin.eurodac}" in verdict.message
