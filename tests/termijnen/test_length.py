import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen import Length, Lengths, Unit, parse_length, parse_lengths

LENGTHS = st.builds(Length, st.integers(1, 9999), st.sampled_from(Unit), st.booleans())


@pytest.mark.parametrize(("text", "expected"), [
    ("3 werkdagen", Length(3, Unit.WERKDAG)),
    ("1 werkdag", Length(1, Unit.WERKDAG)),
    ("ten minste 6 dagen", Length(6, Unit.DAG, at_least=True)),
    ("  Ten minste  6 Dagen ", Length(6, Unit.DAG, at_least=True)),
    ("6 maanden", Length(6, Unit.MAAND)),
    ("12 weken", Length(12, Unit.WEEK)),
    ("48 uur", Length(48, Unit.UUR)),
    ("1 jaar", Length(1, Unit.JAAR)),
])
def test_reads_what_the_decision_table_says(text, expected):
    assert parse_length(text) == expected


def test_reads_another_length_for_a_ground():
    lengths = parse_lengths("2 maanden; grond e 10 werkdagen")
    assert lengths == Lengths(Length(2, Unit.MAAND), {"e": Length(10, Unit.WERKDAG)})
    assert lengths.for_ground("e") == Length(10, Unit.WERKDAG)
    assert lengths.for_ground("a") == lengths.for_ground(None) == Length(2, Unit.MAAND)
    assert str(lengths) == "2 maanden; grond e 10 werkdagen"


@pytest.mark.parametrize("text", [
    "", "drie dagen", "0 dagen", "-1 dagen", "3", "3 manen", "3 dagen 2 uur", "12345 dagen", "2 maanden;",
    "2 maanden; grond e", "2 maanden; grond e 1 dag; grond e 2 dagen", "٣ dagen", "x" * 10_000,
])
def test_says_in_dutch_what_it_cannot_read(text):
    with pytest.raises(InvalidInput) as error:
        parse_lengths(text)
    assert str(error.value).startswith("De lengte '")
    assert len(str(error.value)) < 300


@given(LENGTHS)
def test_writing_and_reading_a_length_gives_the_same(length):
    assert parse_length(str(length)) == length
