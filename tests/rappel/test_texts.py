"""The words of a rappel: what a process owner may write, and what comes out."""

from dataclasses import replace
from datetime import date

import pytest

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.rappel import DEFAULT, Point, Texts, compose, faults

DAY = date(2026, 11, 23)
FIRST = Point("D-2026-00001", "2912345678", "Identiteit vastgesteld", "", 0, date(2026, 11, 20))
AGAIN = Point("D-2026-00002", None, "Dublinonderzoek", "Graag voor vrijdag.", 2, date(2026, 11, 2))


def test_the_words_that_are_shipped() -> None:
    said = compose(DEFAULT, "AVIM", "Ter Apel", DAY, [FIRST, AGAIN])

    assert said.subject == "Openstaande vragen van het bedrijfsbureau, 23-11-2026"
    assert said.body == (
        "Aan AVIM,\n\n"
        "Wij wachten op 2 antwoorden van u. Het gaat om dossiers van onze locatie Ter Apel.\n\n"
        "- D-2026-00001: Identiteit vastgesteld.\n"
        "- D-2026-00002: Dublinonderzoek. Graag voor vrijdag. Herinnering 2, gevraagd op 02-11-2026.\n\n"
        "Hebt u al geantwoord, dan hoeft u niets te doen.\n\n"
        "Met vriendelijke groet,\nhet bedrijfsbureau\n"
    )


def test_a_v_nummer_is_said_to_who_may_have_it() -> None:
    said = compose(replace(DEFAULT, with_v_nummer=True), "AVIM", None, DAY, [FIRST])

    assert "\n- D-2026-00001 (V-nummer 2912345678): Identiteit vastgesteld.\n" in said.body


@pytest.mark.parametrize(
    "template",
    [
        "{{ partij.naam }}", "{{ partij['naam'] }}", "{{ partij() }}", "{{ onbekend }}", "{{ 'a' * 99 }}",
        "{% for a in partij %}x{% endfor %}", "{% set a = 1 %}", "{% include 'x' %}", "{% macro a() %}{% endmacro %}",
        "{{ partij|attr('x') }}", "{{ partij|e }}", "{{ partij", "{{ aantal > 'x' }}", "", "x" * 4001,
        "{{ dossier }}", "{{ self }}", "{{ partij ~ partij }}", "{{ [partij] }}",
    ],
)  # fmt: skip
def test_what_reaches_further_than_the_names_is_refused(template: str) -> None:
    texts = replace(DEFAULT, opening=template)

    assert list(faults(texts)) == ["opening"]
    with pytest.raises(InvalidInput):
        compose(texts, "AVIM", None, DAY, [FIRST])


def test_what_may_be_written() -> None:
    own = Texts(
        "{{ partij|upper }}\n{{ nieuw }} nieuw",
        "{% if locatie and aantal > 1 %}{{ locatie }}{% elif not locatie %}overal{% endif %}",
        "{{ dossier }}{{ ' (weer)' if herinnering >= 1 else '' }}", "",
    )  # fmt: skip

    assert faults(own) == {}
    said = compose(own, "Avim", None, DAY, [FIRST, AGAIN])
    assert (said.subject, said.body) == ("AVIM 1 nieuw", "overal\n\nD-2026-00001\nD-2026-00002 (weer)\n")


def test_what_was_typed_can_not_break_a_header_or_begin_markup() -> None:
    said = compose(replace(DEFAULT, subject="{{ partij }}"), "A\r\nBcc: x@y.nl\x07", None, DAY,
                   [replace(FIRST, remark="{{ partij }} <b>")])  # fmt: skip

    assert said.subject == "A Bcc: x@y.nl"
    assert "{{ partij }} <b>" in said.body
