from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bedrijfsbureau import web
from bedrijfsbureau.web.formats import TERM_WORDS
from tests.web.messages import extracted

CATALOGUE = Path(web.__file__).parent / "translations" / "en.po"


def test_every_sentence_has_its_english_and_nothing_else_is_there() -> None:
    with CATALOGUE.open("rb") as file:
        english = {message.id: message.string for message in read_po(file, locale="en") if message.id}
    assert set(english) == {message.id for message in extracted() if message.id}
    assert [key for key, text in english.items() if not text] == []


@pytest.mark.parametrize("text", TERM_WORDS)
def test_words_of_a_term_hold_at_most_their_number(text: str) -> None:
    assert text.count("%(num)s") in (0, 1)
    assert text.replace("%(num)s", "").count("%") == 0
